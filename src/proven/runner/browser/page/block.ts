/** One block of the page: its code, its output, and the state that they are in. */

import type { Answer, Outcome, Source } from "../../job.ts";
import { find } from "../document/element.ts";
import { Editor, type EditorModule } from "../editor/host.ts";
import { megabytes } from "../loading/fetch.ts";
import type { Loader } from "../loading/module.ts";
import type { Ending, Piece, Start } from "../protocol.ts";
import type { RunListener, Session } from "../python/session.ts";
import { type Checkers, Checks, checksOf, passedOf } from "../tools/panel.ts";
import { type Abilities, Actions } from "./actions.ts";
import { copy, copyLink, share } from "./copy.ts";
import type { Edits } from "./edits.ts";
import { Label } from "./label.ts";
import { Output } from "./output.ts";
import type { PythonChoice } from "./python.ts";
import type { TerminalModule } from "./screen.ts";
import { continued, type Recorded, Said } from "./verdict.ts";

/** What is fetched when it is first wanted. */
export interface Modules {
  editor: Loader<EditorModule>;
  terminal: Loader<TerminalModule>;
}

type State = "idle" | "starting" | "running" | "asking" | "done" | "error" | "stopped";

export class Block implements RunListener {
  private readonly root: HTMLElement;
  private readonly session: Session;
  private readonly data: Recorded;
  private readonly actions: Actions;
  private readonly checks: Checks | null;
  private readonly label: Label;
  private readonly python: PythonChoice;
  private readonly edits: Edits;
  readonly editor: Editor;
  private readonly output: Output;
  private state: State = "idle";
  private original = true;
  /** The version of the run under way, or of the last. */
  private ranOn = "";
  private ranText = "";
  /** The code whose output is shown. */
  private shownText: string;
  private said = new Said();

  constructor(
    root: HTMLElement,
    number: number,
    session: Session,
    python: PythonChoice,
    modules: Modules,
    checkers: Checkers | null,
    edits: Edits,
  ) {
    this.root = root;
    this.session = session;
    this.python = python;
    this.edits = edits;
    this.data = JSON.parse(find(root, ".pp-data").textContent) as Recorded;
    this.output = new Output(find(root, ".pp-output"), modules.terminal);
    const [name, original] = [`example ${number}`, this.data.sources.at(-1)!];
    this.label = new Label(find(root, ".pp-head"), Object.keys(this.data.errors));
    const abilities: Abilities = {
      runs: this.runs,
      checks: checkers && original.language === "python" ? checksOf(root.dataset, this.data.sources) : [],
    };
    const run = (): void => this.run();
    const code = find(root, ".pp-code");
    this.actions = new Actions(find(root, ".pp-actions"), code, name, abilities, {
      ...{ run, stop: () => session.stop(), reset: () => this.reset() },
      ...{ edit: () => void this.editor.edit(), copy: () => copy(this.editor) },
      copyLink: () => copyLink(root.id, this.editor),
      share: () => share(root.id, this.editor, this.version === this.data.version ? null : this.version),
      check: (check, button) => this.checks?.check(check, button),
    });
    const opened = (): void => {
      this.actions.showEditing(true);
      this.sayWhatIsShown();
    };
    this.editor = new Editor(root, `Code of ${name}`, original, this.data.changed, modules.editor, {
      ...{ opened, run, changed: () => this.changed() },
      leave: () => this.actions.focusRun(),
    });
    edits.add(number, original.source, this.editor);
    const rest = { shows: original.shows !== undefined, passed: passedOf(root.dataset) };
    this.checks = checkers && new Checks(code, name, checkers, {
      code: () => ({ before: continued(this.sources), own: this.editor.source, ...rest }),
      show: (findings) => void this.editor.show(findings),
    });
    this.shownText = this.editor.text;
    python.follow(() => this.followPython());
    this.followPython();
  }

  loading(done: number, total: number): void {
    this.output.load(`${megabytes(done)} of ${megabytes(total)}`);
  }

  fetching(names: string[], bytes: number): void {
    this.output.say(`Fetching ${names.join(", ")} (${megabytes(bytes)} MB)`);
  }

  running(start: Start): void {
    this.root.dataset.start = start;
    this.said = new Said();
    this.output.clear();
    this.shownText = this.ranText;
    this.sayWhatIsShown();
    this.enter("running");
  }

  printed(pieces: Piece[]): void {
    this.said.add(pieces);
    this.output.append(pieces);
  }

  asks(reply: (answer: Answer) => void): void {
    this.output.ask((answer) => {
      if (answer !== null) this.output.append([["stdin", `${answer}\n`]]);
      this.enter("running");
      reply(answer);
    });
    this.enter("asking");
  }

  ended({ error, shown }: Outcome, ending: Ending): void {
    const { differs, text } = this.said.judge(this.data, error, shown, this.ranOn);
    const verdict = { status: `${text} ${ending.status}`.trim(), note: differs ? ending.note : "" };
    if (shown) this.output.show(shown, this.original ? this.data.alt! : "What the code draws as it is now");
    this.output.end({ ...ending, ...(this.original && verdict) }, this.original && differs);
    if (error && this.editor.text === this.ranText) this.editor.markRunError(error);
    this.enter(error ? "error" : "done");
  }

  failed(reason: string): void {
    if (this.hasRun) {
      this.output.close(`Python broke down: ${reason}. Run starts it afresh.`, this.original);
    } else {
      const advice = `Python could not start: ${reason}. Check the connection, then press Run again.`;
      this.output.restore(this.original ? `${advice} This is the recorded output.` : advice);
      this.shownText = this.editor.original;
      this.sayWhatIsShown();
    }
    this.enter("error");
  }

  stopped(): void {
    this.output.close("Stopped.", this.original && this.hasRun);
    this.enter("stopped");
  }

  /** Take the version that a link asks for, if there is a choice of it. */
  choose(version: string): void {
    if (version in this.data.errors) this.python.ask(version);
  }

  /** Show code that came with a link, without any output: nothing runs before the reader says so. */
  async receive(code: string, link: string): Promise<void> {
    this.rewind();
    await this.editor.receive(code, link);
    if (this.editor.edited) this.output.withhold();
  }

  /** Whether a browser can run it: it may be there to be checked only. */
  private get runs(): boolean {
    return "runnable" in this.root.dataset;
  }

  private run(): void {
    if (!this.runs) return;
    const { version, editor: { edited } } = this;
    this.session.run(this.sources, version, edited, this); // first: it may end a run of this block
    this.ranOn = version;
    this.original = !edited && this.sources.every(({ source }, at) => source === this.data.sources[at]!.source);
    this.ranText = this.editor.text;
    this.editor.clearRunError();
    this.output.begin();
    this.enter("starting");
  }

  /** Load the Python that it is to run on. */
  warmUp(): void {
    this.session.warmUp(this.version, this.sources);
  }

  /** The Python that it runs on: what the reader has chosen for the site, where it can be run on that. */
  get version(): string {
    const { version } = this.python;
    return version in this.data.errors ? version : this.data.version;
  }

  private followPython(): void {
    this.label.showPython(this.runs && this.version !== this.python.version ? this.version : "");
  }

  /** The code is another now: nothing that was said of it holds. */
  private changed(): void {
    this.checks?.clear();
    this.sayWhatIsShown();
  }

  /** Say whose output is shown, if it is not that of the code above it; an edited block is neither Avoid nor Prefer. */
  private sayWhatIsShown(): void {
    const { text, edited } = this.editor;
    this.root.toggleAttribute("data-edited", edited);
    this.label.showEdited(edited);
    this.actions.showEdited(edited);
    const isOriginal = this.shownText === this.editor.original;
    this.output.showSource(text === this.shownText ? "" : isOriginal ? "of the original" : "before the last change");
  }

  /** What it continues from, and its code as it is now. */
  get sources(): Source[] {
    const { sources } = this.data;
    return [...this.edits.apply(sources.slice(0, -1)), { ...sources.at(-1)!, source: this.editor.source }];
  }

  private reset(): void {
    const { text } = this.editor;
    this.rewind();
    this.editor.reset();
    this.actions.showEditing(false);
    this.changed();
    this.editor.notice.act("This is the example as it stands on the page.", "Undo", () => void this.editor.bringBack(text));
  }

  private rewind(): void {
    if (this.isBusy) this.session.stop();
    this.output.restore();
    this.shownText = this.editor.original;
    this.enter("idle");
  }

  private enter(state: State): void {
    this.state = state;
    this.root.dataset.state = state;
    this.actions.showBusy(this.isBusy);
  }

  private get isBusy(): boolean {
    return this.state === "starting" || this.hasRun;
  }

  /** Whether the program has begun, and not ended. */
  private get hasRun(): boolean {
    return this.state === "running" || this.state === "asking";
  }
}
