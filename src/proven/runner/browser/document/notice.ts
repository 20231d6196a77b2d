/** A message to the reader, under the code of a block or a row of buttons. */

import { element } from "./element.ts";

export class Notice {
  private readonly region = element("div", { className: "pp-notice", role: "status" });

  constructor(code: HTMLElement) {
    code.after(this.region);
  }

  say(text: string): void {
    this.region.replaceChildren(element("p", {}, text));
  }

  /** Say something, and offer to do something about it. */
  act(text: string, label: string, act: () => void): void {
    const button = element("button", { type: "button", className: "pp-action" }, label);
    button.addEventListener("click", act);
    this.region.replaceChildren(element("p", {}, text, " ", button));
  }

  /** Show text that the reader has to copy by hand. */
  offer(label: string, text: string): void {
    const field = text.includes("\n")
      ? element("textarea", { readOnly: true, value: text, rows: 8 })
      : element("input", { readOnly: true, value: text });
    field.addEventListener("focus", () => field.select());
    this.region.replaceChildren(element("label", {}, label, field));
    field.focus();
  }

  clear(): void {
    this.region.replaceChildren();
  }
}
