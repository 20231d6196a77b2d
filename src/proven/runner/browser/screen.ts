/** Shows what a program prints, as text, once per animation frame. */

import type { Stream } from "../protocol.ts";
import { element } from "./dom.ts";
import type { Piece } from "./messages.ts";

/** More than this would take the browser too long to lay out. */
const SHOWN_CHARACTERS = 100_000;
const SHOWN_LINES = 1_000;
const SHOWN_TRACEBACK = 20_000;

export class Screen {
  readonly element = element("pre", { className: "pp-screen" });
  /** Something was printed that is not shown. */
  cut = false;
  private pending: Piece[] = [];
  private frame = 0;
  private characters = 0;
  private lines = 0;

  get isEmpty(): boolean {
    this.flush();
    return !this.element.hasChildNodes();
  }

  clear(): void {
    this.takePending();
    this.cut = false;
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
    this.write("stderr", text.slice(0, SHOWN_TRACEBACK));
  }

  finish(): void {
    this.flush();
    const { scrollHeight, scrollWidth, clientHeight, clientWidth } = this.element;
    if (scrollHeight > clientHeight || scrollWidth > clientWidth) this.element.tabIndex = 0; // scrolled by keyboard
  }

  private takePending(): Piece[] {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    return this.pending.splice(0);
  }

  private flush(): void {
    for (const [stream, text] of this.takePending()) this.write(stream, this.fit(text));
  }

  private write(stream: Stream, text: string): void {
    if (!text) return;
    let last = this.element.lastElementChild;
    if (last?.className !== `pp-${stream}`) {
      last = element("span", { className: `pp-${stream}` });
      this.element.append(last);
    }
    last.append(text);
  }

  private fit(text: string): string {
    if (this.cut) return "";
    const lines = text.split("\n", SHOWN_LINES - this.lines + 1);
    const shown = lines.join("\n").slice(0, SHOWN_CHARACTERS - this.characters);
    this.lines += lines.length - 1;
    this.characters += shown.length;
    this.cut = shown.length < text.length;
    return shown;
  }
}
