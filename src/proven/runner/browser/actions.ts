/** The buttons of one block: Run or Stop, and Edit or Reset. */

import { element } from "./dom.ts";

export interface ActionListener {
  run(): void;
  stop(): void;
  edit(): void;
  reset(): void;
}

export class Actions {
  private readonly runButton: HTMLButtonElement;
  private readonly stopButton: HTMLButtonElement;
  private readonly editButton: HTMLButtonElement;
  private readonly resetButton: HTMLButtonElement;

  constructor(bar: HTMLElement, example: string, listener: ActionListener) {
    const button = (label: string, act: () => void): HTMLButtonElement => {
      const made = element("button", { type: "button", textContent: label, ariaLabel: `${label} ${example}` });
      made.className = `pp-action pp-${label.toLowerCase()}`;
      // Stop takes the place of Run under the pointer: the rest of a double click, or a held key, is not meant for it.
      made.addEventListener("click", (event) => event.detail > 1 || act());
      made.addEventListener("keydown", (event) => event.repeat && event.key !== "Tab" && event.preventDefault());
      return made;
    };
    this.editButton = button("Edit", () => listener.edit());
    this.resetButton = button("Reset", () => listener.reset());
    this.runButton = button("Run", () => listener.run());
    this.stopButton = button("Stop", () => listener.stop());
    bar.append(this.editButton, this.resetButton, this.runButton, this.stopButton);
    this.showBusy(false);
    this.showEditing(false);
  }

  showBusy(busy: boolean): void {
    toggle(busy, this.stopButton, this.runButton);
  }

  showEditing(editing: boolean): void {
    toggle(editing, this.resetButton, this.editButton);
  }

  focusRun(): void {
    (this.runButton.hidden ? this.stopButton : this.runButton).focus();
  }
}

/** Show one of two buttons, in the same place and with the focus that the other had. */
function toggle(on: boolean, whenOn: HTMLButtonElement, whenOff: HTMLButtonElement): void {
  const [shown, hidden] = on ? [whenOn, whenOff] : [whenOff, whenOn];
  shown.hidden = false;
  if (document.activeElement === hidden) shown.focus(); // first: what is hidden has no focus to pass on
  hidden.hidden = true;
}
