/** Asks the reader for a line of a program's input. */

import type { Answer } from "../../job.ts";
import { element } from "../document/element.ts";

export class Prompt {
  private form: HTMLFormElement | null = null;

  /** Ask below an element; a reader who is in the block, or nowhere, is taken to the field. */
  open(above: HTMLElement, reply: (answer: Answer) => void): void {
    const field = element("input", { className: "pp-answer", ariaLabel: "Input for the program", autocomplete: "off" });
    const enter = element("button", { type: "submit", className: "pp-action" }, "Enter");
    const end = element("button", { type: "button", className: "pp-action" }, "End of input");
    const answer = (given: Answer): void => {
      this.close();
      reply(given);
    };
    this.form = element("form", { className: "pp-ask" }, field, enter, end);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(field.value);
    });
    end.addEventListener("click", () => answer(null));
    above.after(this.form);
    const { activeElement } = document;
    if (activeElement === document.body || above.closest(".pp-block")?.contains(activeElement)) field.focus();
  }

  close(): void {
    this.form?.remove();
    this.form = null;
  }
}
