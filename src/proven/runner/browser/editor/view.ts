/** The editor's own bundle: CodeMirror, set up to stand exactly where the code of a block stood. */

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, gutters, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import type { Source } from "../../job.ts";
import type { Finding } from "../protocol.ts";
import { diagnosticKeys, goTo, type Said, showFindings, withdrawOnEdit } from "./diagnostics.ts";
import { highlighting } from "./highlight.ts";
import { look } from "./look.ts";
import { markedLines } from "./marked.ts";
import type { Place } from "./intent.ts";

export interface Settings {
  /** What assistive technology calls it. */
  name: string;
  language: Source["language"];
  text: string;
  tabSize: number;
  /** The lines that are marked as changed, counted from 1. */
  marked: readonly number[];
  run(): void;
  leave(): void;
  /** Lead to the list of what was found. */
  leadToFindings(): void;
  changed(text: string): void;
}

function act(listener: () => void): () => boolean {
  return () => (listener(), true);
}

function keys({ run, leave, leadToFindings }: Settings): Extension {
  // Tab is left to the browser: it leads on, and Control+] indents.
  return keymap.of([
    { key: "Mod-Enter", run: act(run) },
    { key: "Ctrl-Enter", run: act(run) },
    { key: "Escape", run: act(leave) },
    { key: "Mod-Shift-m", run: act(leadToFindings), preventDefault: true },
    ...diagnosticKeys,
    ...defaultKeymap,
    ...historyKeymap,
  ]);
}

/** An editor that is in the page from construction to `close()`. */
export class View {
  private readonly view: EditorView;

  constructor(parent: HTMLElement, settings: Settings) {
    const { name, language, text, tabSize, changed } = settings;
    const extensions = [
      keys(settings),
      history(),
      bracketMatching(),
      indentOnInput(),
      indentUnit.of("    "),
      EditorState.tabSize.of(tabSize),
      language === "python" ? pythonLanguage : [],
      highlighting(language),
      highlightSpecialChars(),
      withdrawOnEdit,
      gutters({ fixed: false }),
      lineNumbers(),
      markedLines(settings.marked),
      look,
      EditorView.contentAttributes.of({ "aria-label": name, autocapitalize: "off", autocorrect: "off" }),
      EditorView.updateListener.of(({ docChanged }) => docChanged && changed(this.text)),
    ];
    this.view = new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  focus(): void {
    this.view.focus();
  }

  /** Put the cursor where a point of the window is. */
  moveTo(place: Place): void {
    this.view.dispatch({ selection: { anchor: this.view.posAtCoords(place, false) } });
  }

  /** Insert what the reader has typed where the cursor is. */
  type(text: string): void {
    this.view.dispatch(this.view.state.replaceSelection(text));
  }

  select(): void {
    this.view.focus();
    this.view.dispatch({ selection: { anchor: 0, head: this.view.state.doc.length } });
  }

  show(findings: Finding[]): void {
    showFindings(this.view, findings);
  }

  goTo(said: Said): void {
    goTo(this.view, said);
  }

  close(): void {
    this.view.destroy();
  }
}
