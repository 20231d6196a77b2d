/** The buttons of a block: in its head Edit, Run or Stop, and a menu; in the corner of its code Copy. */

import { confirmCopy } from "../document/clipboard.ts";
import { element } from "../document/element.ts";
import { closeMenu, menu } from "../document/menu.ts";
import type { CheckName } from "../tools/panel.ts";

export interface ActionListener {
  run(): void;
  stop(): void;
  edit(): void;
  reset(): void;
  /** Resolves to whether the clipboard has it. */
  copy(): Promise<boolean>;
  copyLink(): Promise<boolean>;
  share(): Promise<boolean>;
  check(name: CheckName, button: HTMLElement): void;
}

/** What a block can do besides being edited. */
export interface Abilities {
  runs: boolean;
  checks: readonly CheckName[];
}

export class Actions {
  private readonly example: string;
  private readonly runButton: HTMLButtonElement;
  private readonly stopButton: HTMLButtonElement;
  private readonly editButton: HTMLButtonElement;
  private readonly resetButton: HTMLButtonElement;
  private readonly menu: HTMLDetailsElement;
  private readonly status = element("span", { className: "pp-said", role: "status" });

  /**
   * @param bar - Where the buttons of the head are put.
   * @param code - In whose corner Copy is put.
   */
  constructor(bar: HTMLElement, code: HTMLElement, example: string, { runs, checks }: Abilities, listener: ActionListener) {
    this.example = example;
    this.runButton = this.button("Run", () => listener.run());
    this.stopButton = this.button("Stop", () => listener.stop());
    this.editButton = this.button("Edit", () => listener.edit());
    this.resetButton = this.item("Reset", () => listener.reset());
    const opener = (): HTMLElement => this.menu.querySelector("summary")!;
    this.menu = menu(
      "More",
      `More for ${example}`,
      this.copier("Copy link", () => listener.copyLink(), `Copied the link to ${example}`),
      this.copier("Share", () => listener.share(), `Copied a link to ${example}`),
      ...checks.map((name) => this.item(name, () => listener.check(name, opener()))),
      this.resetButton,
    );
    if (runs) bar.append(this.runButton, this.stopButton);
    bar.append(this.menu, this.editButton, this.status);
    code.append(this.copier("Copy", () => listener.copy(), `Copied ${example}`));
    this.showBusy(false);
    this.showEdited(false);
  }

  showBusy(busy: boolean): void {
    toggle(busy, this.stopButton, this.runButton);
  }

  /** While it is being edited there is nothing to begin. */
  showEditing(editing: boolean): void {
    this.editButton.style.visibility = editing ? "hidden" : ""; // its room stays: nothing is to move
  }

  /** Whether there is something to reset. */
  showEdited(edited: boolean): void {
    this.resetButton.hidden = !edited;
  }

  /** Leave the editor: for Run, or what is in its place. */
  focusRun(): void {
    const buttons = [this.runButton, this.stopButton, this.menu.querySelector("summary")];
    buttons.find((button) => button?.isConnected && !button.hidden)?.focus();
  }

  private button(label: string, act: (button: HTMLButtonElement) => void): HTMLButtonElement {
    const made = element("button", { type: "button", textContent: label, ariaLabel: `${label} ${this.example}` });
    made.className = `pp-action pp-${label.toLowerCase().replace(" ", "-")}`;
    // Stop takes the place of Run under the pointer: the rest of a double click, or a held key, is not meant for it.
    made.addEventListener("click", (event) => event.detail > 1 || act(made));
    made.addEventListener("keydown", (event) => event.repeat && event.key !== "Tab" && event.preventDefault());
    return made;
  }

  private item(label: string, act: () => void): HTMLButtonElement {
    return this.button(label, () => {
      closeMenu(this.menu);
      act();
    });
  }

  /** It stays open, to say that it is done. */
  private copier(label: string, copy: () => Promise<boolean>, done: string): HTMLButtonElement {
    return this.button(label, (button) => void confirmCopy(button, this.status, copy(), done));
  }
}

/** Show one of two buttons, in the same place and with the focus that the other had. */
function toggle(on: boolean, whenOn: HTMLButtonElement, whenOff: HTMLButtonElement): void {
  const [shown, hidden] = on ? [whenOn, whenOff] : [whenOff, whenOn];
  shown.hidden = false;
  if (document.activeElement === hidden) shown.focus(); // first: what is hidden has no focus to pass on
  hidden.hidden = true;
}
