/** The two buttons in the corner of a block's code: Edit, and Copy. */

import { confirmCopy } from "../document/clipboard.ts";
import { element } from "../document/element.ts";

export interface CornerListener {
  edit(): void;
  /** Resolves to whether the clipboard has it. */
  copy(): Promise<boolean>;
}

export class Corner {
  private readonly editButton = element("button", { type: "button", className: "pp-action pp-edit" }, "Edit");

  constructor(code: HTMLElement, example: string, listener: CornerListener) {
    const copyButton = element("button", { type: "button", className: "pp-action pp-copy" }, "Copy");
    const status = element("span", { className: "pp-said", role: "status" });
    this.editButton.ariaLabel = `Edit ${example}`;
    copyButton.ariaLabel = `Copy ${example}`;
    this.editButton.addEventListener("click", () => listener.edit());
    copyButton.addEventListener("click", () => void confirmCopy(copyButton, status, listener.copy(), `Copied ${example}`));
    code.append(element("div", { className: "pp-corner" }, this.editButton, copyButton, status));
  }

  /** It is being edited: there is nothing to begin. */
  showEditing(editing: boolean): void {
    this.editButton.hidden = editing;
  }
}
