/** The Python that blocks are run on: one choice for the site, in the head of each page. */

import { element } from "../document/element.ts";

const KEY = "proven-python";

export class PythonChoice {
  private readonly select: HTMLSelectElement;
  private readonly offered: string;
  private readonly followers: (() => void)[] = [];
  /** What a link has asked for; it is not remembered. */
  private asked: string | null = null;

  /**
   * @param place - Where the choice is shown.
   * @param versions - Those that some block of the page can be run on, oldest first.
   * @param offered - What blocks are run on unless the reader chooses.
   */
  constructor(place: HTMLElement, versions: string[], offered: string) {
    this.offered = offered;
    const options = versions.map((version) => element("option", { value: version }, `Python ${version}`));
    this.select = element("select", { className: "pp-version", ariaLabel: "Python version of the examples" }, ...options);
    this.select.addEventListener("change", () => this.choose(this.select.value));
    addEventListener("storage", ({ key }) => key === KEY && this.show());
    if (versions.length > 1) place.append(this.select);
    this.show();
  }

  /** What is chosen. */
  get version(): string {
    return this.asked ?? remembered() ?? this.offered;
  }

  /** Take what a link asks for, for as long as this page is shown. */
  ask(version: string): void {
    this.asked = version;
    this.show();
  }

  /** Be told when the choice is another. */
  follow(follower: () => void): void {
    this.followers.push(follower);
  }

  private choose(version: string): void {
    this.asked = null;
    try {
      if (version === this.offered) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, version);
    } catch {
      this.asked = version; // storage may be refused: it is kept for this page
    }
    this.show();
  }

  private show(): void {
    const known = [...this.select.options].some(({ value }) => value === this.version);
    this.select.value = known ? this.version : this.offered;
    for (const follower of this.followers) follower();
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
