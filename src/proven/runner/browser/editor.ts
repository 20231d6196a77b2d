/** The code of one block, editable in place. */

import { element, find } from "./dom.ts";

export interface EditorListener {
  run(): void;
  leave(): void;
}

/** What makes typed text stand exactly where the highlighted text stood. */
const METRICS = ["font", "letter-spacing", "line-height", "padding", "tab-size"];

export class Editor {
  private readonly code: HTMLElement;
  private readonly original: string;
  private readonly highlighted: HTMLElement;
  private readonly textarea: HTMLTextAreaElement;
  private height = 0;

  constructor(code: HTMLElement, name: string, source: string, listener: EditorListener) {
    this.code = code;
    this.highlighted = find(code, "pre > code");
    this.original = source;
    this.textarea = element("textarea", {
      className: "pp-editor",
      ariaLabel: name,
      wrap: "off",
      spellcheck: false,
      autocomplete: "off",
      autocapitalize: "off",
    });
    this.textarea.addEventListener("input", () => this.grow());
    this.textarea.addEventListener("keydown", (event) => {
      const runs = event.key === "Enter" && (event.ctrlKey || event.metaKey);
      if (!runs && event.key !== "Escape") return;
      event.preventDefault();
      if (runs) listener.run();
      else listener.leave();
    });
  }

  get edited(): boolean {
    return this.textarea.isConnected && this.textarea.value !== this.shown;
  }

  get source(): string {
    return this.edited ? `${this.textarea.value}\n` : this.original;
  }

  open(): void {
    if (this.code instanceof HTMLDetailsElement) this.code.open = true; // a folded set-up
    const style = getComputedStyle(this.highlighted);
    for (const property of METRICS) this.textarea.style.setProperty(property, style.getPropertyValue(property));
    this.textarea.value = this.shown;
    this.height = this.highlighted.getBoundingClientRect().height;
    this.grow();
    this.highlighted.replaceWith(this.textarea);
    this.textarea.focus({ preventScroll: true });
    this.textarea.setSelectionRange(0, 0);
  }

  reset(): void {
    this.textarea.replaceWith(this.highlighted);
  }

  /** The source as a text area would have it: a last newline would show as an empty line. */
  private get shown(): string {
    return this.original.replace(/\n$/, "");
  }

  private grow(): void {
    const added = lineCount(this.textarea.value) - lineCount(this.shown);
    this.textarea.style.height = `calc(${this.height}px + ${added} * 1lh)`;
  }
}

function lineCount(text: string): number {
  return text.split("\n").length;
}
