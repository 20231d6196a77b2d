/** The code of one file, in the editor, with what was found in it. */

import { element } from "../document/element.ts";
import type { Said } from "../editor/diagnostics.ts";
import type { View } from "../editor/view.ts";
import type { Loader } from "../loading/module.ts";
import type { Finding } from "../protocol.ts";

export type EditorModule = typeof import("../editor/view.ts");

export interface SheetListener {
  changed(text: string): void;
  check(): void;
  leave(): void;
  leadToFindings(): void;
}

export class Sheet {
  readonly element: HTMLElement;
  private readonly place = element("code", { className: "pp-editor" });
  private readonly module: Loader<EditorModule>;
  private readonly listener: SheetListener;
  private view: View | null = null;

  constructor(module: Loader<EditorModule>, listener: SheetListener) {
    this.module = module;
    this.listener = listener;
    const code = element("div", { className: "pp-code" }, element("pre", {}, this.place));
    this.element = element("div", { className: "pp-block pp-scan-sheet highlight" }, code);
  }

  /** Show a text in place of another. Rejects when the editor cannot be loaded. */
  async show(name: string, text: string): Promise<void> {
    const { View } = await this.module.load();
    this.view?.close();
    const { changed, check, leave, leadToFindings } = this.listener;
    this.view = new View(this.place, {
      ...{ name: `Code of ${name}`, language: "python", text, tabSize: 4, marked: [] },
      ...{ run: check, leave, leadToFindings, changed },
    });
  }

  get isEmpty(): boolean {
    return this.view === null;
  }

  /** Change the text so that the reader can undo it. */
  replace(text: string): void {
    if (this.view) this.view.text = text;
  }

  mark(findings: Finding[]): void {
    this.view?.show(findings);
  }

  goTo(said: Said): void {
    this.view?.goTo(said);
  }

  focus(): void {
    this.view?.focus();
  }
}
