/** One block of the page: its code, its output, and the state that they are in. */

import type { Answer, Outcome, RunError, Source } from "../../job.ts";
import { find } from "../document/element.ts";
import { Editor, type EditorModule } from "../editor/host.ts";
import type { Loader } from "../loading/module.ts";
import type { Piece, Start } from "../protocol.ts";
import type { RunListener, Session } from "../python/session.ts";
import { type Checkers, Checks } from "../tools/panel.ts";
import { type Abilities, Actions } from "./actions.ts";
import { Output } from "./output.ts";
import { copy, share } from "./copy.ts";
import { Versions } from "./versions.ts";

/** What the build wrote into the page for a block. */
interface BlockData {
  sources: Source[];
  /** The version of Python that it is run on unless the reader chooses another. */
  version: string;
  stdout: string;
  /** The exception that ended it on each version that it was verified on. */
  errors: Record<string, string | null>;
}

type State = "idle" | "starting" | "running" | "asking" | "done" | "error" | "stopped";

export class Block implements RunListener {
  private readonly root: HTMLElement;
  private readonly session: Session;
  private readonly data: BlockData;
  private readonly actions: Actions;
  private readonly checks: Checks | null;
  private readonly versions: Versions;
  readonly editor: Editor;
  private readonly output: Output;
  private state: State = "idle";
  private original = true;
  private version = "";
  private ranText = "";
  private stdout = "";

  constructor(
    root: HTMLElement,
    number: number,
    session: Session,
    module: Loader<EditorModule>,
    checkers: Checkers | null,
  ) {
    this.root = root;
    this.session = session;
    this.data = JSON.parse(find(root, ".pp-data").textContent) as BlockData;
    this.output = new Output(find(root, ".pp-output"));
    const run = (): void => this.run();
    const name = `example ${number}`;
    this.versions = new Versions(Object.keys(this.data.errors), this.data.version, name, () => this.warmUp());
    const original = this.data.sources.at(-1)!;
    const abilities: Abilities = {
      runs: this.runs,
      checks: checkers && original.language === "python" ? ["Types", "Lint"] : [],
    };
    this.actions = new Actions(find(root, ".pp-actions"), name, abilities, {
      run,
      stop: () => session.stop(),
      edit: () => void this.editor.edit(),
      reset: () => this.reset(),
      copy: () => copy(this.editor),
      share: () => share(root.id, this.editor, this.versions.choice),
      check: (check, button) => this.checks?.check(check, button),
    });
    find(root, ".pp-actions").prepend(this.versions.element);
    const leave = (): void => this.actions.focusRun();
    const opened = (): void => this.actions.showEditing(true);
    const changed = (): void => this.checks?.clear();
    this.editor = new Editor(root, `Code of ${name}`, original, module, { opened, run, leave, changed });
    this.checks = checkers && new Checks(find(root, ".pp-code"), name, checkers, {
      code: () => ({ before: this.data.sources.slice(0, -1).map(({ source }) => source).join(""), own: this.editor.source }),
      show: (findings) => void this.editor.show(findings),
    });
  }

  fetching(names: string[], bytes: number): void {
    this.output.say(`Fetching ${names.join(", ")} (${(bytes / 1e6).toFixed(1)} MB)`);
  }

  running(start: Start): void {
    this.root.dataset.start = start;
    this.stdout = "";
    this.output.clear();
    this.enter("running");
  }

  printed(pieces: Piece[]): void {
    for (const [stream, text] of pieces) if (stream === "stdout") this.stdout += text;
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

  ended({ error }: Outcome): void {
    const version = this.version;
    const differs = this.stdout !== this.data.stdout || summary(error) !== this.data.errors[version];
    const same = error ? "Same output and exception as recorded" : "Same output as recorded";
    const where = version === this.data.version ? "." : ` on Python ${version}.`;
    const verdict = (differs ? "Differs from the recorded output" : same) + where;
    this.output.end(error?.traceback, this.original ? verdict : "", this.original && differs);
    if (error && this.editor.text === this.ranText) this.editor.markRunError(error);
    this.enter(error ? "error" : "done");
  }

  failed(reason: string): void {
    if (this.hasRun) {
      this.output.close(`Python broke down: ${reason}. Run starts it afresh.`, this.original);
    } else {
      const advice = `Python could not start: ${reason}. Check the connection, then press Run again.`;
      this.output.restore(this.original ? `${advice} This is the recorded output.` : advice);
    }
    this.enter("error");
  }

  stopped(): void {
    this.output.close("Stopped.", this.original && this.hasRun);
    this.enter("stopped");
  }

  /** Take the version that a link asks for, if there is a choice of it. */
  choose(version: string): void {
    this.versions.choose(version);
  }

  /** Show code that came with a link; nothing runs before the reader says so. */
  async receive(code: string, link: string): Promise<void> {
    this.rewind();
    await this.editor.receive(code, link);
  }

  /** Whether a browser can run it: it may be there to be checked only. */
  private get runs(): boolean {
    return "runnable" in this.root.dataset;
  }

  private run(): void {
    if (!this.runs) return;
    const version = this.versions.chosen;
    this.session.run(this.sources, version, this); // first: it may end a run of this block
    this.version = version;
    this.original = !this.editor.edited;
    this.ranText = this.editor.text;
    this.editor.clearRunError();
    this.output.begin();
    this.enter("starting");
  }

  /** Load the Python that it is to run on. */
  warmUp(): void {
    this.session.warmUp(this.versions.chosen, this.sources);
  }

  /** What it continues from, and its code as it is now. */
  private get sources(): Source[] {
    const last = this.data.sources.at(-1)!;
    return [...this.data.sources.slice(0, -1), { ...last, source: this.editor.source }];
  }

  private reset(): void {
    this.rewind();
    this.editor.reset();
    this.checks?.clear();
    this.actions.showEditing(false);
  }

  private rewind(): void {
    if (this.isBusy) this.session.stop();
    this.output.restore();
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

/** An exception as the build records it. */
function summary(error: RunError | null): string | null {
  return error && [error.type, error.message].filter(Boolean).join(": ");
}
