/** The choice of the Python that a block is run on. */

import { element } from "../document/element.ts";

export class Versions {
  /** Nothing, when there is nothing to choose. */
  readonly element: HTMLElement | "";
  private readonly select: HTMLSelectElement;
  private readonly offered: string;

  constructor(versions: string[], offered: string, example: string, change: () => void) {
    const options = versions.map((version) => element("option", { value: version }, `Python ${version}`));
    this.select = element("select", { className: "pp-version", ariaLabel: `Python version of ${example}` }, ...options);
    this.select.value = this.offered = offered;
    this.select.addEventListener("change", change);
    this.element = versions.length > 1 ? this.select : "";
  }

  get chosen(): string {
    return this.select.value;
  }

  /** What the reader has chosen; null for what is offered. */
  get choice(): string | null {
    return this.chosen === this.offered ? null : this.chosen;
  }

  /** Choose a version, unless it is not among those that there are. */
  choose(version: string): void {
    if ([...this.select.options].some(({ value }) => value === version)) this.select.value = version;
  }
}
