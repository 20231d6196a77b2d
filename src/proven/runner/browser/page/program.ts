/** The files of the program that a page shows: each can be edited, and blocks run with what it has become. */

import type { Source } from "../../job.ts";
import { element, find } from "../document/element.ts";
import { hasDraft } from "../editor/drafts.ts";
import { Editor, type EditorModule } from "../editor/host.ts";
import type { Loader } from "../loading/module.ts";

export class Program {
  private readonly editors = new Map<string, Editor>();

  /**
   * @param places - The elements that show files.
   * @param blocks - The sources of the page's blocks: what they find can be edited.
   */
  constructor(places: Iterable<HTMLDetailsElement>, blocks: Source[][], module: Loader<EditorModule>) {
    const found = new Map(blocks.flat().flatMap((source) => (source.file ? [[source.file, source.source] as const] : [])));
    for (const root of places) {
      const file = root.dataset["file"]!;
      const text = found.get(file);
      if (text && file.endsWith(".py")) this.editors.set(file, edit(root, file, text, module));
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
