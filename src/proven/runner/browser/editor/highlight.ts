/** Colours the code with the classes that Pygments gave it when the page was built. */

import type { Extension, Range, Text } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import grammar from "grammar";
import { Lexer, type Token } from "./lexer.ts";

const lexer = new Lexer(grammar);
const marks = new Map<string, Decoration>();

function mark(kind: string): Decoration {
  let made = marks.get(kind);
  if (!made) marks.set(kind, (made = Decoration.mark({ class: kind })));
  return made;
}

function tokens(language: string, doc: Text): Token[] {
  return lexer.lex(language, `${doc.toString()}\n`); // Pygments ends a text with a newline too
}

class Highlighter {
  decorations: DecorationSet;
  private readonly language: string;
  private tokens: Token[];

  constructor(view: EditorView, language: string) {
    this.language = language;
    this.tokens = tokens(language, view.state.doc);
    this.decorations = this.visible(view);
  }

  update({ docChanged, viewportChanged, state, view }: ViewUpdate): void {
    if (docChanged) this.tokens = tokens(this.language, state.doc);
    if (docChanged || viewportChanged) this.decorations = this.visible(view);
  }

  private visible(view: EditorView): DecorationSet {
    const { from, to } = view.viewport;
    const shown: Range<Decoration>[] = [];
    for (const token of this.tokens) {
      const [start, end] = [Math.max(token.from, from), Math.min(token.to, to)];
      if (start < end) shown.push(mark(token.kind).range(start, end));
    }
    return Decoration.set(shown);
  }
}

export function highlighting(language: string): Extension {
  return ViewPlugin.define((view) => new Highlighter(view, language), { decorations: (one) => one.decorations });
}
