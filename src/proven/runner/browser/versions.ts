/** The choice of the Python that a block is run on. */

import { element } from "./dom.ts";

export class Versions {
  /** Nothing, when there is nothing to choose. */
  readonly element: HTMLElement | "";
  private readonly select: HTMLSelectElement;

  constructor(versions: string[], offered: string, example: string, change: () => void) {
    const options = versions.map((version) => element("option", { value: version }, `Python ${version}`));
    this.select = element("select", { className: "pp-version", ariaLabel: `Python version of ${example}` }, ...options);
    this.select.value = offered;
    this.select.addEventListener("change", change);
    this.element = versions.length > 1 ? this.select : "";
  }

  get chosen(): string {
    return this.select.value;
  }
}
