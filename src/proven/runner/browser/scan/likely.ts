/** Whether a rule of ast-grep can fire in a text at all: `likely(rule, words)`.
 *
 * To try a rule takes a walk through the whole tree, and most rules are about names that most files lack.
 */

import type { AstGrepRule, Pattern } from "../protocol.ts";

/** The words of a text, keywords too. */
export function wordsOf(text: string): Set<string> {
  return new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu));
}

/** False only where a word is missing that every match has. */
export function likely({ rule, utils = {} }: AstGrepRule, words: Set<string>): boolean {
  return may(rule, utils, words);
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

function may(rule: Pattern, utils: Utils, words: Set<string>): boolean {
  return Object.entries(rule).every(([key, value]) => {
    switch (key) {
      case "pattern":
        return literal(value).every((word) => words.has(word));
      case "regex":
        return alternatives(value as string)?.some((word) => words.has(word)) ?? true;
      case "kind":
        return words.has(KEYWORDS[value as string] ?? "") || !((value as string) in KEYWORDS);
      case "all":
        return (value as Pattern[]).every((each) => may(each, utils, words));
      case "any":
        return (value as Pattern[]).some((each) => may(each, utils, words));
      case "inside":
      case "has":
      case "precedes":
      case "follows": {
        const { stopBy: _, ...wanted } = value as Pattern;
        return may(wanted, utils, words);
      }
      case "matches": {
        const { [value as string]: used, ...others } = utils; // one that uses itself is not followed
        return !used || may(used, others, words);
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

/** The names of which a text has to be one, at its end; null for an expression that says something else. */
function alternatives(expression: string): string[] | null {
  const match = /^\^(?:\(\\w\+\\\.\)[*?])?(?:\((?<several>\w+(?:\|\w+)*)\)|(?<only>\w+))\$$/.exec(expression);
  return (match?.groups!["several"] ?? match?.groups!["only"])?.split("|") ?? null;
}
