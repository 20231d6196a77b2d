/** A button that shows further buttons below it. */

import { element } from "./element.ts";

/** A menu; it closes when the reader turns to something else, or presses Escape.
 *
 * @param label - The word on its button.
 * @param name - What it is called aloud; begins with the label.
 */
export function menu(label: string, name: string, ...items: HTMLElement[]): HTMLDetailsElement {
  const summary = element("summary", { className: "pp-action", ariaLabel: name }, label);
  const made = element("details", { className: "pp-menu" }, summary, element("div", {}, ...items));
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !made.open) return;
    closeMenu(made);
  });
  for (const leaving of ["click", "focusin"]) {
    document.addEventListener(leaving, ({ target }) => {
      if (!made.contains(target as Node)) made.open = false;
    });
  }
  return made;
}

/** Close a menu; a focus in it goes to its button. */
export function closeMenu(made: HTMLDetailsElement): void {
  const hadFocus = made.contains(document.activeElement);
  made.open = false;
  if (hadFocus) made.querySelector("summary")?.focus();
}
