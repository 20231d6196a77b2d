/** Whether a rule of ast-grep can fire in a text at all: `likely(rule, text)`.
 *
 * To try a rule takes a walk through the whole tree, and most rules are about names that most files lack.
 */

import type { AstGrepRule, Pattern } from "../protocol.ts";

/** A text, with its words, keywords too. */
export class Haystack {
  private readonly text: string;
  private readonly words: Set<string>;

  constructor(text: string) {
    this.text = text;
    this.words = new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu));
  }

  has(word: string): boolean {
    return this.words.has(word);
  }

  /** Whether what an expression says of the text of a node may hold somewhere. */
  matches(expression: string): boolean {
    return anywhere(expression)?.test(this.text) ?? true;
  }
}

/** False only where something is missing that every match has. */
export function likely({ rule, utils = {} }: AstGrepRule, text: Haystack): boolean {
  return may(rule, utils, text);
}

/** The keyword that a node of a kind begins with. */
const KEYWORDS: Record<string, string> = {
  assert_statement: "assert",
  await: "await",
  class_definition: "class",
  delete_statement: "del",
  elif_clause: "elif",
  except_clause: "except",
  finally_clause: "finally",
  for_statement: "for",
  global_statement: "global",
  import_from_statement: "from",
  lambda: "lambda",
  match_statement: "match",
  raise_statement: "raise",
  try_statement: "try",
  while_statement: "while",
  with_statement: "with",
  yield: "yield",
};

type Utils = Readonly<Record<string, Pattern>>;

function may(rule: Pattern, utils: Utils, text: Haystack): boolean {
  return Object.entries(rule).every(([key, value]) => {
    switch (key) {
      case "pattern":
        return literal(value).every((word) => text.has(word));
      case "regex":
        return text.matches(value as string);
      case "kind":
        return text.has(KEYWORDS[value as string] ?? "") || !((value as string) in KEYWORDS);
      case "all":
        return (value as Pattern[]).every((each) => may(each, utils, text));
      case "any":
        return (value as Pattern[]).some((each) => may(each, utils, text));
      case "inside":
      case "has":
      case "precedes":
      case "follows": {
        const { stopBy: _, ...wanted } = value as Pattern;
        return may(wanted, utils, text);
      }
      case "matches": {
        const { [value as string]: used, ...others } = utils; // one that uses itself is not followed
        return !used || may(used, others, text);
      }
      default:
        return true;
    }
  });
}

/** The words of a pattern that stand for themselves. */
function literal(pattern: unknown): string[] {
  const text = typeof pattern === "string" ? pattern : (pattern as { context: string }).context;
  return text.match(/(?<![$\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
}

const anywheres = new Map<string, RegExp | null>();

/** Ends, edges and what may be missing at the start are of no matter anywhere in a text; null for what only Rust reads. */
function anywhere(expression: string): RegExp | null {
  const made = anywheres.get(expression);
  if (made !== undefined) return made;
  let loose = expression.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]|[$^]/g, (part) => (/^(?:[$^]|\\b)$/.test(part) ? "" : part));
  for (let before = ""; before !== loose; ) {
    before = loose;
    loose = loose.replace(/^(?:\((?:\\.|[^()\\])*\)|\\.|\[(?:\\.|[^\]\\])*\])[*?]/, "");
  }
  loose = loose.replace(/^(\\w|\[(?:\\.|[^\]\\])*\])\+/, "$1");
  let compiled: RegExp | null = null;
  try {
    compiled = new RegExp(loose);
  } catch {
    // It is tried on every text.
  }
  anywheres.set(expression, compiled);
  return compiled;
}
