/** Colours the code with the classes that Pygments gave it when the page was built. */

import type { ChangeSet, Extension, Range } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import grammar from "grammar";
import { type Lexed, Lexer } from "./lexer.ts";

const lexer = new Lexer(grammar);
const marks = new Map<string, Decoration>();

function mark(kind: string): Decoration {
  let made = marks.get(kind);
  if (!made) marks.set(kind, (made = Decoration.mark({ class: kind })));
  return made;
}

class Highlighter {
  decorations: DecorationSet;
  private readonly language: string;
  private lexed: Lexed = { tokens: [], anchors: [0] };
  /** How far the text has been lexed: no farther than it is shown. */
  private end = 0;

  constructor(view: EditorView, language: string) {
    this.language = language;
    this.lex(view, 0);
    this.decorations = this.visible(view);
  }

  update({ docChanged, viewportChanged, changes, view }: ViewUpdate): void {
    if (docChanged) this.lex(view, firstChange(changes));
    else if (viewportChanged && view.viewport.to > this.end) this.lex(view, this.end);
    if (docChanged || viewportChanged) this.decorations = this.visible(view);
  }

  /** Lex again what follows a place, and what may depend on it: the line, and the one before. */
  private lex({ state: { doc }, viewport }: EditorView, place: number): void {
    const before = doc.lineAt(Math.min(place, this.end, doc.length)).from - 1;
    const isWhole = this.language !== "python" || before < 0; // what a session shows is lexed together
    const reach = isWhole ? 0 : doc.lineAt(before).from;
    const from = this.lexed.anchors.findLast((anchor) => anchor <= reach) ?? 0;
    const text = `${doc.toString()}\n`; // Pygments ends a text with a newline too
    this.end = this.language === "python" ? Math.min(viewport.to + 1, text.length) : text.length;
    const { tokens, anchors } = lexer.lex(this.language, text, from, this.end);
    this.lexed = {
      tokens: [...this.lexed.tokens.filter(({ to }) => to <= from), ...tokens],
      anchors: [...this.lexed.anchors.filter((anchor) => anchor < from), ...anchors],
    };
  }

  private visible(view: EditorView): DecorationSet {
    const { from, to } = view.viewport;
    const shown: Range<Decoration>[] = [];
    for (const token of this.lexed.tokens) {
      const [start, end] = [Math.max(token.from, from), Math.min(token.to, to)];
      if (start < end) shown.push(mark(token.kind).range(start, end));
    }
    return Decoration.set(shown);
  }
}

function firstChange(changes: ChangeSet): number {
  let first = Infinity;
  changes.iterChangedRanges((_from, _to, place) => (first = Math.min(first, place)));
  return first;
}

export function highlighting(language: string): Extension {
  return ViewPlugin.define((view) => new Highlighter(view, language), { decorations: (highlighter) => highlighter.decorations });
}
