/** The row above the code: which file, for which Python, with types or without, and what to do with it. */

import { element } from "../document/element.ts";
import type { Rule } from "../scan/pack.ts";

/** How rules bind, and what is shown of them. */
const LEVELS: [name: string, levels: Rule["level"][]][] = [
  ["all rules", ["error", "warning", "note"]],
  ["must and should", ["error", "warning"]],
  ["must", ["error"]],
];

/** What a reader asks for. */
export interface Wishes {
  open(files: File[]): void;
  show(name: string): void;
  close(): void;
  example(): void;
  /** Another Python, or types. */
  settingsChanged(): void;
  /** Other levels. */
  levelsChanged(): void;
  copy(button: HTMLButtonElement): void;
  copyLink(button: HTMLButtonElement): void;
  download(): void;
}

export class Controls {
  readonly element = element("div", { className: "pp-scan-bar" });
  private readonly select = element("select", { ariaLabel: "File" });
  private readonly versions = element("select", { className: "pp-scan-python" });
  private readonly levelled = element("select", {}, ...LEVELS.map(([name]) => element("option", {}, name)));
  private readonly box = element("input", { type: "checkbox" });
  private readonly forCode: HTMLElement[];

  /** @param pythons Versions, the oldest first. */
  constructor(pythons: string[], wishes: Wishes) {
    const button = (label: string, act: (button: HTMLButtonElement) => void): HTMLButtonElement => {
      const made = element("button", { type: "button", className: "pp-action" }, label);
      made.addEventListener("click", () => act(made));
      return made;
    };
    const chooser = element("input", { type: "file", multiple: true, accept: ".py,.pyi,.pyw", hidden: true });
    chooser.addEventListener("change", () => {
      wishes.open([...(chooser.files ?? [])]);
      chooser.value = ""; // the same file can be opened again
    });
    this.versions.append(...pythons.map((version) => element("option", {}, version)));
    this.levelled.addEventListener("change", () => wishes.levelsChanged());
    this.select.addEventListener("change", () => wishes.show(this.select.value));
    for (const control of [this.versions, this.box]) control.addEventListener("change", () => wishes.settingsChanged());
    this.forCode = [
      button("Copy code", wishes.copy),
      button("Copy link", wishes.copyLink),
      button("Download", wishes.download),
      button("Close", wishes.close),
    ];
    this.element.append(
      this.select,
      button("Open files\u2026", () => chooser.click()),
      chooser,
      button("Example", wishes.example),
      element("label", {}, "Python ", this.versions),
      element("label", {}, "Show ", this.levelled),
      element("label", {}, this.box, " Types (mypy)"),
      ...this.forCode,
    );
  }

  get python(): string {
    return this.versions.value;
  }

  set python(version: string) {
    if ([...this.versions.options].some(({ value }) => value === version)) this.versions.value = version;
  }

  get types(): boolean {
    return this.box.checked;
  }

  get levels(): Rule["level"][] {
    return LEVELS[this.levelled.selectedIndex]![1];
  }

  /** Show which files there are, and which is shown. */
  list(names: string[], shown: string | null, hasCode: boolean): void {
    this.select.hidden = names.length < 2;
    this.select.replaceChildren(...names.map((name) => element("option", { value: name, selected: name === shown }, name)));
    for (const button of this.forCode) button.hidden = !hasCode;
  }
}
