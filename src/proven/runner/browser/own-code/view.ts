/** A page that finds in a reader's own code what the rules are about: `attach(form, editor, tools)`. */

import { confirmCopy, toClipboard } from "../document/clipboard.ts";
import { element } from "../document/element.ts";
import { Notice } from "../document/notice.ts";
import type { Loader } from "../loading/module.ts";
import type { Finding, Fix } from "../protocol.ts";
import { Controls } from "./controls.ts";
import { Desk, type OpenFile, type Tools } from "../scan/desk.ts";
import { dropped, type Given, type Opened, read } from "../scan/files.ts";
import type { Report, Violation } from "../scan/findings.ts";
import { mended } from "../scan/fixes.ts";
import { keep, kept } from "./kept.ts";
import { link, shared, TooLong } from "./link.ts";
import { List } from "./list.ts";
import { type EditorModule, Sheet } from "./sheet.ts";
import { Status, summary } from "./status.ts";

/** What this module gives the page. */
export interface ScanModule {
  attach: typeof attach;
}

/** How long a reader pauses before the code is read. */
const PAUSE_MS = 250;

/** What code is called that has no name. */
const PASTED = "pasted.py";

/** Offer to check code here.
 *
 * @param form - It is empty, and hidden; it has an example as JSON, and the versions of Python, the oldest first.
 */
export function attach(form: HTMLFormElement, editor: Loader<EditorModule>, tools: Tools): void {
  void new ScanView(form, editor, tools).begin();
}

class ScanView {
  private readonly form: HTMLFormElement;
  private readonly example: string;
  private readonly controls: Controls;
  private readonly sheet: Sheet;
  private readonly list: List;
  private readonly status = new Status();
  private readonly notice: Notice;
  private readonly desk: Desk;
  private shown: OpenFile;
  private timer?: ReturnType<typeof setTimeout>;

  constructor(form: HTMLFormElement, editor: Loader<EditorModule>, tools: Tools) {
    this.form = form;
    this.example = JSON.parse(form.dataset["example"]!) as string;
    this.desk = new Desk(tools, {
      busy: (what, done, total) => this.status.busy(what, done, total),
      updated: (file) => this.update(file),
      failed: (reason) => this.status.end(`${reason}. Check the connection, then change the code or reload the page.`),
    });
    this.shown = this.desk.put({ name: PASTED, text: "" });
    this.sheet = new Sheet(editor, {
      changed: (text) => this.changed(text),
      check: () => this.check(),
      leave: () => form.querySelector("button")?.focus(),
      leadToFindings: () => this.list.focus(),
    });
    this.list = new List({
      goTo: ({ name }, said) => void this.show(this.desk.files.get(name)!).then(() => this.sheet.goTo(said)),
      apply: ({ name }, fix) => this.apply(this.desk.files.get(name)!, fix),
    });
    this.controls = new Controls(form.dataset["pythons"]!.split(" "), {
      open: (files) => void this.open(files.map((file) => [file.name, file])),
      show: (name) => void this.show(this.desk.files.get(name)!),
      close: () => this.close(),
      example: () => void this.add([{ name: PASTED, text: this.example }]),
      settingsChanged: () => this.settingsChanged(),
      levelsChanged: () => this.update(this.shown),
      copy: (button) => void confirmCopy(button, this.status.said, this.copy(this.shown.text), "Copied the code"),
      copyLink: (button) => void confirmCopy(button, this.status.said, this.copyLink(), "Copied a link to this code"),
      download: () => download(this.shown),
    });
    this.desk.python = this.controls.python;
    form.append(this.controls.element, this.sheet.element, this.status.element, this.list.element, this.list.more);
    this.notice = new Notice(this.sheet.element);
    form.addEventListener("submit", (event) => event.preventDefault());
    takeDrops(form, (items) => void dropped(items).then((files) => this.open(files)));
    form.hidden = false;
  }

  /** Show what came with the address, or was here before. */
  async begin(): Promise<void> {
    addEventListener("hashchange", () => void this.receive());
    addEventListener("pagehide", () => keep(this.desk.files.values()));
    if (await this.receive()) return;
    const before = kept();
    if (before.length) await this.add(before);
    else await this.show(this.shown);
  }

  private async receive(): Promise<boolean> {
    const came = await shared(location.hash);
    if (came === null) return false;
    if (typeof came === "string") {
      await this.show(this.shown);
      this.notice.say(came);
    } else {
      this.controls.python = came.python;
      this.desk.python = this.controls.python;
      await this.add([{ name: PASTED, text: came.code }]);
      this.notice.say("This code came with the link. It is only read here, and not run.");
    }
    return true;
  }

  private async open(files: Given[]): Promise<void> {
    const { opened, problems } = await read(files);
    if (opened.length) await this.add(opened);
    if (problems.length) this.notice.say(problems.join("\n"));
  }

  /** Open files beside the others; an empty sheet gives way. */
  private async add(files: Opened[]): Promise<void> {
    if (!this.desk.files.get(PASTED)?.text) this.desk.close(PASTED);
    const opened = files.map((file) => this.desk.put(file));
    await this.show(opened[0]!, true);
    await this.desk.read(opened);
  }

  private async show(file: OpenFile, anew = file !== this.shown): Promise<void> {
    this.shown = file;
    this.listFiles();
    try {
      if (anew || this.sheet.isEmpty) await this.sheet.show(file.name, file.text);
      if (anew) this.notice.clear();
      this.mark();
    } catch {
      this.notice.say("The editor cannot be loaded. Check the connection, then reload the page.");
    }
  }

  private close(): void {
    this.desk.close(this.shown.name);
    const next = this.desk.files.values().next().value ?? this.desk.put({ name: PASTED, text: "" });
    void this.show(next, true).then(() => this.sheet.focus());
    this.tell();
  }

  private changed(text: string): void {
    this.shown = this.desk.put({ name: this.shown.name, text });
    this.listFiles();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), PAUSE_MS);
  }

  private check(): void {
    clearTimeout(this.timer);
    void this.desk.read([this.shown]);
  }

  private settingsChanged(): void {
    this.desk.python = this.controls.python;
    this.desk.types = this.controls.types;
    void this.desk.read(this.desk.files.values());
  }

  private apply(file: OpenFile, fix: Fix): void {
    if (file.text !== file.scanned?.text) return; // it was found in another text, which is being read
    const text = mended(file.text, fix.edits);
    void this.show(file).then(() => {
      this.sheet.replace(text);
      this.check();
      this.sheet.focus();
    });
  }

  private update(file: OpenFile): void {
    if (file === this.shown) this.mark();
    this.tell();
  }

  private mark(): void {
    const { text, scanned } = this.shown;
    const report = this.wanted(this.shown);
    if (report && scanned?.text === text) this.sheet.mark(report.violations.map(marked));
  }

  /** What was found in a file of the levels that are shown. */
  private wanted({ report }: OpenFile): Report | null {
    const { levels } = this.controls;
    return report && { ...report, violations: report.violations.filter(({ rule }) => levels.includes(rule.level)) };
  }

  /** Show what is known of all files. */
  private tell(): void {
    const files = [...this.desk.files.values()].map((file) => ({ ...file, report: this.wanted(file) }));
    this.list.show(files, files.length > 1);
    if (this.desk.isIdle) this.status.end(files.some(({ text }) => text.trim()) ? summary(files) : "");
  }

  private listFiles(): void {
    const { files } = this.desk;
    this.form.toggleAttribute("data-empty", this.shown.text === "");
    this.controls.list([...files.keys()], this.shown.name, this.shown.text !== "" || files.size > 1);
  }

  private async copy(text: string): Promise<boolean> {
    const copied = await toClipboard(text);
    if (!copied) this.notice.offer("The browser does not let this page copy. Here is the text:", text);
    return copied;
  }

  private async copyLink(): Promise<boolean> {
    try {
      return await this.copy(await link(this.shown.text, this.desk.python));
    } catch (error) {
      this.notice.say(error instanceof TooLong ? "A link carries at most 100 kB of code." : "This browser cannot put code into a link.");
      return false;
    }
  }
}

/** Files that are dropped go to the page, not to the editor, which would insert their text. */
function takeDrops(form: HTMLElement, open: (items: DataTransferItemList) => void): void {
  const take = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    form.classList.toggle("pp-scan-over", event.type === "dragover");
    if (event.type === "drop") open(event.dataTransfer.items);
  };
  for (const type of ["dragover", "drop", "dragleave"] as const) form.addEventListener(type, take, true);
}

function download({ name, text, crlf }: Opened): void {
  const content = crlf ? text.replaceAll("\n", "\r\n") : text;
  const address = URL.createObjectURL(new Blob([content], { type: "text/x-python" }));
  element("a", { href: address, download: name.replace(/^.*\//, "") }).click();
  setTimeout(() => URL.revokeObjectURL(address));
}

const SEVERITIES = { error: "error", warning: "warning", note: "info" } as const;

/** A violation as the editor marks it. */
function marked({ rule, finding, harm }: Violation): Finding {
  return { ...finding, severity: SEVERITIES[rule.level], code: rule.code, message: harm, page: rule };
}
