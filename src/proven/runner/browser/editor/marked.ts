/** Marks the lines that the page marks as changed, until the code is another. */

import { type Extension, RangeSetBuilder, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

const line = Decoration.line({ class: "hll" }); // as Pygments has it

/** @param marked - Lines, counted from 1. */
export function markedLines(marked: readonly number[]): Extension {
  return StateField.define<DecorationSet>({
    create({ doc }) {
      const builder = new RangeSetBuilder<Decoration>();
      for (const number of marked) builder.add(doc.line(number).from, doc.line(number).from, line);
      return builder.finish();
    },
    update: (lines, { docChanged }) => (docChanged ? Decoration.none : lines),
    provide: (field) => EditorView.decorations.from(field),
  });
}
