/** Shows findings where they are: CodeMirror's diagnostics, with the page's own marks. */

import {
  type Diagnostic,
  forEachDiagnostic,
  nextDiagnostic,
  previousDiagnostic,
  setDiagnostics,
  setDiagnosticsEffect,
} from "@codemirror/lint";
import { EditorState, type Extension, type Text } from "@codemirror/state";
import { type Command, EditorView, type KeyBinding } from "@codemirror/view";
import { element } from "../document/element.ts";
import type { Finding } from "../protocol.ts";

/** Lead to the next finding, and to the one before. */
export const diagnosticKeys: KeyBinding[] = [
  { key: "F8", run: announced(nextDiagnostic), shift: announced(previousDiagnostic) },
];

/** What was said of the code does not hold for what it is changed to. */
export const withdrawOnEdit: Extension = EditorState.transactionExtender.of(({ docChanged }) =>
  docChanged ? { effects: setDiagnosticsEffect.of([]) } : null,
);

export function showFindings(view: EditorView, findings: Finding[]): void {
  view.dispatch(setDiagnostics(view.state, findings.map((finding) => diagnostic(finding, view.state.doc))));
}

/** What is said of a place. */
export type Said = Pick<Finding, "line" | "column" | "message">;

/** Put the cursor where a finding is, and say what it is. */
export function goTo(view: EditorView, { line, column, message }: Said): void {
  const anchor = position(view.state.doc, line, column);
  view.dispatch({ selection: { anchor }, scrollIntoView: true, effects: EditorView.announce.of(message) });
  view.focus();
}

/** A tooltip is not read aloud by itself. */
function announced(move: Command): Command {
  return (view) => {
    if (!move(view)) return false;
    const { from } = view.state.selection.main;
    const messages: string[] = [];
    forEachDiagnostic(view.state, ({ message }, start) => void (start === from && messages.push(message)));
    view.dispatch({ effects: EditorView.announce.of(messages.join("\n")) });
    return true;
  };
}

function diagnostic(finding: Finding, doc: Text): Diagnostic {
  const { severity, tool, code } = finding;
  return {
    ...range(finding, doc),
    severity,
    source: tool,
    message: `${finding.message} (${code})`,
    markClass: `pp-mark pp-${severity}`,
    renderMessage: () => message(finding),
  };
}

function message({ message, code, page }: Finding): Node {
  const text = document.createDocumentFragment();
  text.append(`${message} (${code})`);
  if (page) text.append(" ", element("a", { href: page.url }, page.title));
  return text;
}

/** The place of a finding, with a character in it where the line has one. */
function range({ line, column, endLine, endColumn }: Finding, doc: Text): { from: number; to: number } {
  const from = position(doc, line, column);
  const to = Math.max(from, position(doc, endLine, endColumn));
  if (from < to) return { from, to };
  const { from: start, to: end } = doc.lineAt(from);
  return { from: from < end ? from : Math.max(start, from - 1), to: Math.min(end, from + 1) };
}

/** Where a line and a column are; tools count characters, and JavaScript halves of some. */
function position(doc: Text, line: number, column: number): number {
  if (line > doc.lines) return doc.length;
  const { from, text } = doc.line(Math.max(1, line));
  return from + [...text].slice(0, Math.max(0, column - 1)).join("").length;
}
