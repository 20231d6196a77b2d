/** Shows what a program prints, as text, once per animation frame. */

import { element } from "../document/element.ts";
import { scrolls } from "../document/scrollable.ts";
import type { Loader } from "../loading/module.ts";
import type { Piece } from "../protocol.ts";
import { plain, type Writer } from "../terminal/writer.ts";

export type TerminalModule = typeof import("../terminal/terminal.ts");

/** More than this at a time would take the browser too long to lay out. */
const SHOWN_CHARACTERS = 100_000;
const SHOWN_LINES = 1_000;
const SHOWN_TRACEBACK = 20_000;

/** What is not text, but tells a terminal what to do. */
const CONTROL = /[\b\r\x1b]/;

export class Screen {
  readonly element = element("pre", { className: "pp-screen" });
  private readonly module: Loader<TerminalModule>;
  /** None while the module is on its way that some of what was printed waits for. */
  private writer: Writer | null = plain;
  /** Resolves when all that was printed is shown. */
  shown = Promise.resolve();
  private traceback: HTMLElement | null = null;
  private pending: Piece[] = [];
  private held: Piece[] = [];
  private frame = 0;
  private characters = 0;
  private lines = 0;

  constructor(module: Loader<TerminalModule>) {
    this.module = module;
  }

  get isEmpty(): boolean {
    this.flush();
    return !this.pending.length && !this.element.hasChildNodes();
  }

  clear(): void {
    this.takePending();
    this.writer = plain;
    this.held = [];
    this.traceback = null;
    this.characters = this.lines = 0;
    this.element.replaceChildren();
    this.element.removeAttribute("tabindex");
  }

  append(pieces: Piece[]): void {
    this.pending.push(...pieces);
    this.frame ||= requestAnimationFrame(() => this.flush());
  }

  appendTraceback(text: string): void {
    this.flush();
    this.traceback = element("span", { className: "pp-stderr" }, text.slice(0, SHOWN_TRACEBACK));
    this.element.append(this.traceback);
  }

  /** Show what was printed, and let it be reached by keyboard where it scrolls. */
  flush(): void {
    if (this.writer === plain && this.pending.some(([, text]) => CONTROL.test(text))) this.shown = this.load();
    if (!this.writer) return;
    for (const [stream, text] of this.takePending()) this.show(stream, text);
    if (this.element.tabIndex !== 0 && scrolls(this.element)) this.element.tabIndex = 0;
  }

  /** Whether something was printed that is not shown. */
  get cut(): boolean {
    return this.held.length > 0;
  }

  /** Show as much again of what is not shown. */
  more(): void {
    this.characters = this.lines = 0;
    for (const [stream, text] of this.held.splice(0)) this.show(stream, text);
    this.flush();
  }

  private takePending(): Piece[] {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    return this.pending.splice(0);
  }

  /** Fetch the module that knows what a terminal does; without it, everything is shown as it is. */
  private async load(): Promise<void> {
    this.writer = null;
    const writer = await this.module.load().then(({ terminal }) => terminal(), () => plain.bind(null));
    this.writer ??= writer; // what waited may have been cleared away
    this.flush();
  }

  private show(stream: Piece[0], text: string): void {
    for (let shown; text && !this.held.length && (shown = this.fit(text)); text = text.slice(shown)) {
      this.write(stream, text.slice(0, shown));
    }
    if (text) this.held.push([stream, text]);
  }

  private write(stream: Piece[0], text: string): void {
    let last = this.traceback ? this.traceback.previousElementSibling : this.element.lastElementChild;
    if (last?.className !== `pp-${stream}`) {
      last = element("span", { className: `pp-${stream}` });
      this.element.insertBefore(last, this.traceback);
    }
    const [characters, lines] = this.writer!(last, text);
    this.characters += characters;
    this.lines += lines;
  }

  /** How much of a text there is room for, if all of it is to be seen. */
  private fit(text: string): number {
    const lines = text.split("\n", SHOWN_LINES - this.lines + 1);
    return Math.min(lines.join("\n").length, SHOWN_CHARACTERS - this.characters);
  }
}
