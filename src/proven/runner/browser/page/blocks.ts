/** The blocks of the page by name; what is folded is made when it is first wanted. */

import type { Block } from "./block.ts";

export class Blocks {
  private readonly makers = new Map<string, () => Block>();
  private readonly made = new Map<string, Block>();

  /** Add a block: now, or when what folds it away is opened.
   *
   * @param root - Its element.
   * @param make - Makes it work; called once.
   */
  add(root: HTMLElement, make: () => Block): void {
    this.makers.set(root.id, make);
    const fold = root.closest("details.pp-fold:not([open])");
    if (fold) fold.addEventListener("toggle", () => void this.get(root.id), { once: true });
    else this.get(root.id);
  }

  get(name: string): Block | undefined {
    const make = this.makers.get(name);
    if (make && !this.made.has(name)) this.made.set(name, make());
    return this.made.get(name);
  }

  get names(): string[] {
    return [...this.makers.keys()];
  }
}
