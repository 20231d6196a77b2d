/** The code of one block: as the page has it, or in an editor, which is fetched when it is first wanted. */

import type { RunError, Source } from "../../job.ts";
import { element, find } from "../document/element.ts";
import { Notice } from "../document/notice.ts";
import type { Loader } from "../loading/module.ts";
import type { Finding } from "../protocol.ts";
import { type Draft, Drafts } from "./drafts.ts";
import { FindingsList } from "./findings.ts";
import { editOnIntent, type Place } from "./intent.ts";
import type { View } from "./view.ts";

export type EditorModule = typeof import("./view.ts");

export interface EditorListener {
  opened(): void;
  run(): void;
  leave(): void;
  /** The code is another now. */
  changed(): void;
}

export class Editor {
  readonly notice: Notice;
  private readonly code: HTMLElement;
  private readonly name: string;
  private readonly given: Source;
  /** The lines that are marked as changed, counted from 1. */
  private readonly marked: readonly number[];
  private readonly module: Loader<EditorModule>;
  private readonly listener: EditorListener;
  private readonly highlighted: HTMLElement;
  private readonly drafts: Drafts;
  private readonly findingsList: FindingsList;
  /** Stands where the code stood, and looks the same. */
  private readonly place = element("code", { className: "pp-editor" });
  private view: View | null = null;
  private findings: Finding[] = [];
  /** Where the last run has ended. */
  private runErrors: Finding[] = [];
  private link = "";

  constructor(
    root: HTMLElement,
    name: string,
    given: Source,
    marked: readonly number[],
    module: Loader<EditorModule>,
    listener: EditorListener,
  ) {
    this.code = find(root, ".pp-code");
    this.name = name;
    this.given = given;
    this.marked = marked;
    this.module = module;
    this.listener = listener;
    this.highlighted = find(this.code, "pre > code");
    this.drafts = new Drafts(root.id, given.source);
    this.findingsList = new FindingsList(this.code, (finding) => this.view?.goTo(finding));
    this.notice = new Notice(this.code);
    editOnIntent(this.code, this.highlighted, (place, takeTyped) => this.edit(place, takeTyped));
  }

  /** The code as it stands, without the newline that ends it: that would show as an empty line. */
  get text(): string {
    return this.view?.text ?? this.original;
  }

  /** The code as the page has it, likewise. */
  get original(): string {
    return this.given.source.replace(/\n$/, "");
  }

  get edited(): boolean {
    return this.text !== this.original;
  }

  get source(): string {
    return this.edited ? `${this.text}\n` : this.given.source;
  }

  /** Open it with the page's code, and move the focus there unless it has gone elsewhere meanwhile.
   *
   * @param place - Where the cursor is put.
   * @param takeTyped - Gives what the reader has typed meanwhile.
   */
  async edit(place?: Place, takeTyped?: () => string): Promise<void> {
    const before = document.activeElement;
    if (!(await this.open())) return;
    if ([before, document.body].includes(document.activeElement)) this.view!.focus();
    if (place) this.view!.moveTo(place);
    const typed = takeTyped?.();
    if (typed) this.view!.type(typed);
  }

  /** Open it with what was there before a reset. */
  async bringBack(text: string): Promise<void> {
    if (!(await this.open(text))) return;
    this.view!.focus();
    if (this.edited) this.drafts.save(text, this.link);
  }

  /** Open it with code that came with a link. */
  async receive(text: string, link: string): Promise<void> {
    this.link = link;
    if (await this.open(text)) this.notice.say("This code came with the link. It has not been run.");
  }

  /** What the reader has left here earlier in this visit. */
  get draft(): Draft | null {
    return this.drafts.get();
  }

  async restore({ text, link }: Draft): Promise<void> {
    this.link = link;
    if (await this.open(text)) this.notice.say("This is your edit from before. Reset brings the example back.");
  }

  /** Select all of it. */
  select(): void {
    if (this.view) this.view.select();
    else getSelection()?.selectAllChildren(this.highlighted);
  }

  reset(): void {
    this.clearFindings();
    this.drafts.clear();
    this.view?.close();
    this.view = null;
    this.place.replaceWith(this.highlighted);
  }

  /** Show what has been found in the code in place of what was shown, in the editor and in a list. */
  async show(findings: Finding[]): Promise<void> {
    this.findings = findings;
    this.updateList();
    if (!findings.length || (await this.open())) this.updateMarks();
  }

  /** Mark where a run has ended, if the reader is editing. */
  markRunError({ type, message, line, span }: RunError): void {
    if (!this.view || line === null) return;
    const [column, endLine, endColumn] = span ?? [1, line, Infinity];
    this.runErrors = [{ line, column, endLine, endColumn, severity: "error", tool: "Python", code: type, message }];
    this.updateList();
    this.updateMarks();
  }

  /** Forget where the last run has ended. */
  clearRunError(): void {
    this.notice.clear();
    this.runErrors = [];
    this.updateList();
    this.updateMarks();
  }

  /** Forget what was said of the code as it was; an edit takes the marks away by itself. */
  private clearFindings(): void {
    this.notice.clear();
    this.findings = this.runErrors = [];
    this.updateList();
  }

  private get all(): Finding[] {
    return [...this.runErrors, ...this.findings];
  }

  private updateList(): void {
    this.findingsList.show(this.all);
  }

  private updateMarks(): void {
    this.view?.show(this.all);
  }

  /** Whether it is open now: it may be out of reach. Text that is given takes the place of what was there. */
  private async open(text?: string): Promise<boolean> {
    try {
      this.code.ariaBusy = "true"; // CSS says what it waits for
      const { View } = await this.module.load();
      if (!this.view) this.replace(View, text ?? this.original);
      else if (text !== undefined) this.view.text = text;
      return true;
    } catch {
      this.notice.say("The editor cannot be loaded. Check the connection, then try again.");
      return false;
    } finally {
      this.code.ariaBusy = null;
    }
  }

  private replace(ViewClass: EditorModule["View"], text: string): void {
    this.notice.clear();
    if (this.code instanceof HTMLDetailsElement) this.code.open = true; // a folded set-up
    const { tabSize } = getComputedStyle(this.highlighted);
    this.highlighted.replaceWith(this.place);
    const { run, leave } = this.listener;
    this.view = new ViewClass(this.place, {
      ...{ name: this.name, language: this.given.language, text, tabSize: parseInt(tabSize) },
      ...{ marked: text === this.original ? this.marked : [] },
      ...{ run, leave, leadToFindings: () => this.findingsList.focus(), changed: (now: string) => this.changed(now) },
    });
    this.listener.opened();
  }

  private changed(text: string): void {
    this.clearFindings();
    this.listener.changed();
    if (text === this.original) this.drafts.clear();
    else this.drafts.save(text, this.link);
  }
}
