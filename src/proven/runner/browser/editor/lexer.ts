/** Tells the parts of Python apart as Pygments does, by Pygments' own rules. */

/** `kind` is a class of Pygments, which the page's style sheets colour. */
export interface Token {
  from: number;
  to: number;
  kind: string;
}

type Action = null | string | { groups: Action[] } | { use: string } | { within: string };
type Rule = [pattern: string, flags: string, action: Action, next: null | number | string[]];

/** What the build reads out of Pygments: the rules of each state of each language. */
export type Grammar = Record<string, Record<string, Rule[]>>;

export interface Lexed {
  tokens: Token[];
  anchors: number[];
}

interface Compiled {
  pattern: RegExp;
  action: Action;
  next: null | number | string[];
}

interface Span {
  from: number;
  to: number;
}

/** One pass over a text, or over a part of it. */
class Pass {
  readonly tokens: Token[] = [];
  /** The beginnings of lines that nothing before reaches into. */
  readonly anchors: number[] = [];
  private readonly apart = new Map<string, Span[]>();
  private readonly lexer: Lexer;
  private readonly text: string;

  constructor(lexer: Lexer, language: string, text: string, from: number, to: number) {
    this.lexer = lexer;
    this.text = text;
    this.scan(language, from, to);
    for (const [inner, spans] of this.apart) this.lexTogether(inner, spans);
    if (this.apart.size) this.tokens.sort((left, right) => left.from - right.from);
  }

  private scan(language: string, from: number, to: number): void {
    let stack = ["root"];
    let at = from;
    while (at < to) {
      if (stack.length === 1 && (at === 0 || this.text[at - 1] === "\n")) this.anchors.push(at);
      const rule = this.match(language, stack.at(-1)!, at);
      if (rule) {
        at = rule.pattern.lastIndex;
        stack = enter(stack, rule.next);
      } else {
        if (this.text[at] === "\n") stack = ["root"];
        at += 1;
      }
    }
  }

  private match(language: string, state: string, at: number): Compiled | undefined {
    return this.lexer.rules(language, state).find(({ pattern, action }) => {
      pattern.lastIndex = at;
      const match = pattern.exec(this.text);
      if (match) this.take(action, { from: at, to: pattern.lastIndex }, match);
      return match;
    });
  }

  private take(action: Action, span: Span, match?: RegExpExecArray): void {
    if (typeof action === "string") {
      if (action) this.tokens.push({ ...span, kind: action });
    } else if (action && "groups" in action) {
      for (const [index, inner] of action.groups.entries()) {
        const [from, to] = match!.indices![index + 1] ?? [0, 0];
        if (to > from) this.take(inner, { from, to });
      }
    } else if (action && "within" in action) {
      this.apart.set(action.within, [...(this.apart.get(action.within) ?? []), span]);
    } else if (action) {
      this.lexTogether(action.use, [span]);
    }
  }

  /** The spans as one text, and what is found in it put back to where it stands. */
  private lexTogether(language: string, spans: Span[]): void {
    const joined = spans.map(({ from, to }) => this.text.slice(from, to)).join("");
    const { tokens } = this.lexer.lex(language, joined);
    let start = 0;
    for (const { from, to } of spans) {
      const end = start + to - from;
      for (const token of tokens) {
        const [first, last] = [Math.max(token.from, start), Math.min(token.to, end)];
        if (first < last) this.tokens.push({ from: first - start + from, to: last - start + from, kind: token.kind });
      }
      start = end;
    }
  }
}

export class Lexer {
  private readonly grammar: Grammar;
  private readonly compiled = new Map<string, Compiled[]>();

  constructor(grammar: Grammar) {
    this.grammar = grammar;
  }

  /** The tokens of a text in order, from an anchor on; what has no class of its own is left out. */
  lex(language: string, text: string, from = 0, to = text.length): Lexed {
    return new Pass(this, language, text, from, to);
  }

  rules(language: string, state: string): Compiled[] {
    const key = `${language} ${state}`;
    let rules = this.compiled.get(key);
    if (!rules) this.compiled.set(key, (rules = this.grammar[language]![state]!.map(compile)));
    return rules;
  }
}

function compile([pattern, flags, action, next]: Rule): Compiled {
  const grouped = action !== null && typeof action === "object" && "groups" in action;
  return { pattern: new RegExp(pattern, `muy${flags}${grouped ? "d" : ""}`), action, next };
}

/** The states after a rule; one always stays. */
function enter(stack: string[], next: Compiled["next"]): string[] {
  if (next === null) return stack;
  if (typeof next === "number") return stack.slice(0, Math.max(1, stack.length + next));
  return [...stack, ...next];
}
