/** Shows what a program prints, as text, once per animation frame. */

import { element } from "../document/element.ts";
import { scrolls } from "../document/scrollable.ts";
import type { Piece } from "../protocol.ts";

/** More than this at a time would take the browser too long to lay out. */
const SHOWN_CHARACTERS = 100_000;
const SHOWN_LINES = 1_000;
const SHOWN_TRACEBACK = 20_000;

export class Screen {
  readonly element = element("pre", { className: "pp-screen" });
  private traceback: HTMLElement | null = null;
  private pending: Piece[] = [];
  private held: Piece[] = [];
  private frame = 0;
  private characters = 0;
  private lines = 0;

  get isEmpty(): boolean {
    this.flush();
    return !this.element.hasChildNodes();
  }

  clear(): void {
    this.takePending();
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

  finish(): void {
    this.flush();
    this.reach();
  }

  private reach(): void {
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
    this.finish();
  }

  private takePending(): Piece[] {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    return this.pending.splice(0);
  }

  private flush(): void {
    const pending = this.takePending();
    for (const [stream, text] of pending) this.show(stream, text);
    if (pending.length) this.reach();
  }

  private show(stream: Piece[0], text: string): void {
    const shown = this.held.length ? 0 : this.fit(text);
    this.write(stream, text.slice(0, shown));
    if (shown < text.length) this.held.push([stream, text.slice(shown)]);
  }

  private write(stream: Piece[0], text: string): void {
    if (!text) return;
    let last = this.traceback ? this.traceback.previousElementSibling : this.element.lastElementChild;
    if (last?.className !== `pp-${stream}`) {
      last = element("span", { className: `pp-${stream}` });
      this.element.insertBefore(last, this.traceback);
    }
    last.append(text);
  }

  /** How much of a text there is room for. */
  private fit(text: string): number {
    const lines = text.split("\n", SHOWN_LINES - this.lines + 1);
    const shown = Math.min(lines.join("\n").length, SHOWN_CHARACTERS - this.characters);
    this.lines += lines.length - 1;
    this.characters += shown;
    return shown;
  }
}
