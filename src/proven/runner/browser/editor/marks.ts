/** Underlines what tools have found, where they have found it. */

import { type Extension, type Range, StateEffect, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Finding } from "../protocol.ts";

const found = StateEffect.define<Finding[]>();

const underlined = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { docChanged, effects, state }) {
    const shown = effects.find((effect) => effect.is(found));
    if (shown) return Decoration.set(shown.value.map((finding) => underline(finding, state.doc)), true);
    return docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const marks: Extension = underlined;

export function show(view: EditorView, findings: Finding[]): void {
  view.dispatch({ effects: found.of(findings) });
}

/** Put the cursor where a finding is, and say what it is. */
export function goTo(view: EditorView, { line, column, message }: Finding): void {
  const anchor = position(view.state.doc, line, column);
  view.dispatch({ selection: { anchor }, scrollIntoView: true, effects: EditorView.announce.of(message) });
  view.focus();
}

function underline({ line, column, endLine, endColumn, severity, message }: Finding, doc: Text): Range<Decoration> {
  let from = position(doc, line, column);
  let to = Math.max(from, position(doc, endLine, endColumn));
  if (from === to) {
    const { from: start, to: end } = doc.lineAt(from);
    if (start === end) return Decoration.line({ class: `pp-mark pp-${severity}` }).range(start);
    if (to < end) to += 1;
    else from -= 1;
  }
  return Decoration.mark({ class: `pp-mark pp-${severity}`, attributes: { title: message } }).range(from, to);
}

/** Where a line and a column are; tools count characters, and JavaScript halves of some. */
function position(doc: Text, line: number, column: number): number {
  if (line > doc.lines) return doc.length;
  const { from, text } = doc.line(Math.max(1, line));
  return from + [...text].slice(0, Math.max(0, column - 1)).join("").length;
}
