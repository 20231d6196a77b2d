/** The buttons of one block: Copy, Share, Edit or Reset, Types and Lint, and Run or Stop. */

import { confirmCopy } from "../document/clipboard.ts";
import { element } from "../document/element.ts";
import type { CheckName } from "../tools/panel.ts";

export interface ActionListener {
  run(): void;
  stop(): void;
  edit(): void;
  reset(): void;
  /** Resolves to whether the clipboard has it. */
  copy(): Promise<boolean>;
  share(): Promise<boolean>;
  check(name: CheckName, button: HTMLElement): void;
}

/** What a block can do besides being edited. */
export interface Abilities {
  runs: boolean;
  checks: readonly CheckName[];
}

export class Actions {
  private readonly runButton: HTMLButtonElement;
  private readonly stopButton: HTMLButtonElement;
  private readonly editButton: HTMLButtonElement;
  private readonly resetButton: HTMLButtonElement;
  private readonly status = element("span", { className: "pp-said", role: "status" });

  constructor(bar: HTMLElement, example: string, { runs, checks }: Abilities, listener: ActionListener) {
    const button = (label: string, act: () => void): HTMLButtonElement => {
      const made = element("button", { type: "button", textContent: label, ariaLabel: `${label} ${example}` });
      made.className = `pp-action pp-${label.toLowerCase()}`;
      // Stop takes the place of Run under the pointer: the rest of a double click, or a held key, is not meant for it.
      made.addEventListener("click", (event) => event.detail > 1 || act());
      made.addEventListener("keydown", (event) => event.repeat && event.key !== "Tab" && event.preventDefault());
      return made;
    };
    const copyButton = button("Copy", () => void confirmCopy(copyButton, this.status, listener.copy(), `Copied ${example}`));
    const shareButton = button("Share", () => {
      void confirmCopy(shareButton, this.status, listener.share(), `Copied a link to ${example}`);
    });
    this.editButton = button("Edit", () => listener.edit());
    this.resetButton = button("Reset", () => listener.reset());
    this.runButton = button("Run", () => listener.run());
    this.stopButton = button("Stop", () => listener.stop());
    const checkButtons = checks.map((name) => {
      const made = button(name, () => listener.check(name, made));
      return made;
    });
    bar.append(this.status, copyButton, shareButton, this.editButton, this.resetButton, ...checkButtons);
    if (runs) bar.append(this.runButton, this.stopButton);
    this.showBusy(false);
    this.showEditing(false);
  }

  showBusy(busy: boolean): void {
    toggle(busy, this.stopButton, this.runButton);
  }

  showEditing(editing: boolean): void {
    toggle(editing, this.resetButton, this.editButton);
  }

  /** Leave the editor: for Run, or what is in its place. */
  focusRun(): void {
    const buttons = [this.runButton, this.stopButton, this.resetButton];
    buttons.find((button) => button.isConnected && !button.hidden)?.focus();
  }
}

/** Show one of two buttons, in the same place and with the focus that the other had. */
function toggle(on: boolean, whenOn: HTMLButtonElement, whenOff: HTMLButtonElement): void {
  const [shown, hidden] = on ? [whenOn, whenOff] : [whenOff, whenOn];
  shown.hidden = false;
  if (document.activeElement === hidden) shown.focus(); // first: what is hidden has no focus to pass on
  hidden.hidden = true;
}
