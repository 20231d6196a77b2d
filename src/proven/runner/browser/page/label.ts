/** What a block's head says of it: its label, whether it was edited, and a Python that is not the chosen one. */

import { element } from "../document/element.ts";

export class Label {
  private readonly head: HTMLElement;
  private readonly edited = element("span", { className: "pp-label pp-edited" }, "Edited");
  private readonly python = element("span", { className: "pp-versions" });
  private readonly versions: string[];

  /** @param versions - Those that it can be run on, oldest first. */
  constructor(head: HTMLElement, versions: string[]) {
    this.head = head;
    this.versions = versions;
  }

  /** Whether it is still what the label says. */
  showEdited(edited: boolean): void {
    if (edited) this.head.prepend(this.edited);
    else this.edited.remove();
  }

  /** The version that it runs on although another is chosen; "" where it runs on that. */
  showPython(version: string): void {
    this.python.textContent = version && `Runs on Python ${version}${this.versions.length > 1 ? "" : " only"}`;
    if (version) this.head.querySelector(".pp-actions")?.before(this.python);
    else this.python.remove();
  }
}
