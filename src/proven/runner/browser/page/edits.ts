/** What readers have made of the code that blocks rest on: the files of a page's program, and the blocks before them. */

import type { Source } from "../../job.ts";
import { element, find } from "../document/element.ts";
import { hasDraft } from "../editor/drafts.ts";
import { Editor, type EditorModule } from "../editor/host.ts";
import type { Loader } from "../loading/module.ts";
import type { Recorded } from "./verdict.ts";

export class Edits {
  private readonly files = new Map<string, Editor>();
  private readonly blocks: { number: number; original: string; editor: Editor }[] = [];

  /**
   * @param places - The elements that show files.
   * @param blocks - Those of the page's blocks: what they find can be edited.
   */
  constructor(places: NodeListOf<HTMLDetailsElement>, blocks: HTMLElement[], module: Loader<EditorModule>) {
    const found = places.length ? filesOf(blocks) : new Map<string, string>();
    for (const root of places) {
      const file = root.dataset["file"]!;
      const text = found.get(file);
      if (text !== undefined && file.endsWith(".py")) this.files.set(file, edit(root, file, text, module));
    }
  }

  /** Add a block, which others below it may continue. */
  add(number: number, original: string, editor: Editor): void {
    this.blocks.push({ number, original, editor });
    this.blocks.sort((one, other) => one.number - other.number); // what is folded is added when it is opened
  }

  /** What a block rests on as it is now: files, and blocks in the order of the page. */
  apply(sources: Source[]): Source[] {
    let next = 0;
    return sources.map((source) => {
      const file = this.files.get(source.file ?? "");
      if (file) return { ...source, source: file.source };
      const at = this.blocks.findIndex(({ original }, index) => index >= next && original === source.source);
      if (at >= 0) next = at + 1;
      return { ...source, source: this.blocks[at]?.editor.source ?? source.source };
    });
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
