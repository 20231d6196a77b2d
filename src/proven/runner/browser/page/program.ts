/** The files of the program that a page shows: each can be edited, and blocks run with what it has become. */

import type { Source } from "../../job.ts";
import { element, find } from "../document/element.ts";
import { hasDraft } from "../editor/drafts.ts";
import { Editor, type EditorModule } from "../editor/host.ts";
import type { Loader } from "../loading/module.ts";
import type { Recorded } from "./verdict.ts";

export class Program {
  private readonly editors = new Map<string, Editor>();

  /**
   * @param places - The elements that show files.
   * @param blocks - Those of the page's blocks: what they find can be edited.
   */
  constructor(places: NodeListOf<HTMLDetailsElement>, blocks: HTMLElement[], module: Loader<EditorModule>) {
    const found = places.length ? filesOf(blocks) : new Map<string, string>();
    for (const root of places) {
      const file = root.dataset["file"]!;
      const text = found.get(file);
      if (text !== undefined && file.endsWith(".py")) this.editors.set(file, edit(root, file, text, module));
    }
  }

  /** Sources, of which those that are files are as they are now. */
  apply(sources: Source[]): Source[] {
    return sources.map((source) => ({ ...source, source: this.editors.get(source.file ?? "")?.source ?? source.source }));
  }

  get edited(): boolean {
    return [...this.editors.values()].some((editor) => editor.edited);
  }
}

/** The text of the files that blocks find, by their paths. */
function filesOf(blocks: HTMLElement[]): Map<string, string> {
  const data = blocks.map((root) => JSON.parse(find(root, ".pp-data").textContent) as Recorded);
  const files = data.flatMap(({ sources }) => sources.filter(({ language }) => language === "file"));
  return new Map(files.map(({ file, source }) => [file!, source]));
}

/** Let a file be edited: by a click into it, by typing, or by its button. */
function edit(root: HTMLDetailsElement, file: string, text: string, module: Loader<EditorModule>): Editor {
  const status = element("span", { className: "pp-said", role: "status" });
  const button = (label: string, act: () => void): HTMLButtonElement => {
    const made = element("button", { type: "button", className: "pp-action", ariaLabel: `${label} ${file}` }, label);
    made.addEventListener("click", act);
    return made;
  };
  const begin = button("Edit", () => void editor.edit());
  const reset = button("Reset", () => {
    editor.reset();
    show();
    begin.focus();
  });
  const show = (): void => {
    reset.hidden = !editor.edited;
    root.toggleAttribute("data-edited", editor.edited);
    status.textContent = editor.edited ? "Edited: blocks on this page run with it" : "";
  };
  const source: Source = { language: "python", source: text };
  const listener = { opened: show, run: () => {}, leave: () => begin.focus(), changed: show };
  const editor = new Editor(root, file, source, [], module, listener);
  find(root, ".pp-code").before(element("p", { className: "pp-actions" }, begin, reset, status));
  if (hasDraft(root.id) && editor.draft) {
    root.open = true; // blocks run with it: that is not to be overlooked
    void editor.restore(editor.draft).then(show);
  }
  show();
  return editor;
}
