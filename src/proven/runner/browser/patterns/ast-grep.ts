/** ast-grep in WebAssembly: `AstGrep.load(file, rules)`, then what its rules find in one text after the other. */

import * as astGrep from "@ast-grep/wasm/wasm_bg.js";
import type { SgNode } from "@ast-grep/wasm";
import { Language, Parser } from "web-tree-sitter";
import { unzip } from "../loading/fetch.ts";
import type { AstGrepRule, Comment, Edit, Finding, Pattern, Span } from "../protocol.ts";
import { Haystack, likely } from "./likely.ts";

const LANGUAGE = "python";

/** As the command has it: what stands for `$` in patterns, which Python cannot read. */
const EXPANDO = "\u00b5";

/** A rule, and the same without what is only tested once the rest has matched: under names that no other rule has. */
interface Prepared {
  whole: AstGrepRule;
  loose: Pattern;
  utils: Record<string, Pattern>;
}

export class AstGrep {
  private readonly rules: Prepared[];

  private constructor(rules: AstGrepRule[]) {
    this.rules = rules.map(prepared);
  }

  /** @param file Gives its own module, that of tree-sitter and the grammar, each compressed. */
  static async load(file: (name: string) => Uint8Array<ArrayBuffer>, rules: AstGrepRule[]): Promise<AstGrep> {
    const names = ["ast-grep.bin", "tree-sitter.bin", "python.bin"];
    const [binary, treeSitter, grammar] = await Promise.all(names.map((name) => unzip(file(name))));
    const locateFile = (name: string): string => name; // it would look beside a module that has no address from disk
    await Parser.init({ wasmBinary: treeSitter!, locateFile });
    const { instance } = await WebAssembly.instantiate(binary!, { "./wasm_bg.js": astGrep });
    astGrep.__wbg_set_wasm(instance.exports);
    (instance.exports["__wbindgen_start"] as () => void)();
    await astGrep.initializeTreeSitter();
    const load = Language.load.bind(Language);
    Language.load = () => load(new Uint8Array(grammar!)); // it would fetch the path that it is given below
    await astGrep.registerDynamicLanguage({ [LANGUAGE]: { libraryPath: "", expandoChar: EXPANDO } });
    return new AstGrep(rules);
  }

  /** What is found in a text, and its comments that are for us. */
  check(text: string): { findings: Finding[]; comments: Comment[] } {
    const root = astGrep.parse(LANGUAGE, text).root();
    const haystack = new Haystack(text);
    const findings = [...search(root, this.rules.filter(({ whole }) => likely(whole, haystack)), new Places(text))];
    const nodes = /proven:/.test(text) ? root.findAll({ rule: { kind: "comment" } }) : [];
    return { findings, comments: nodes.map((node) => [node.range().start.line + 1, node.text()]) };
  }
}

/** What rules find; half of the rules is left out at once where none of them matches. */
function* search(root: SgNode, rules: Prepared[], places: Places): Iterable<Finding> {
  const [{ whole } = { whole: null }] = rules;
  if (!whole) return;
  if (rules.length === 1) {
    const { rule, constraints, utils } = whole;
    const nodes = root.findAll({ rule, constraints, utils });
    return yield* nodes.map((node) => finding(whole, node, places));
  }
  const utils = Object.assign({}, ...rules.map((each) => each.utils)) as Record<string, Pattern>;
  if (!root.find({ rule: { any: rules.map(({ loose }) => loose) }, utils })) return;
  const half = rules.length >> 1;
  yield* search(root, rules.slice(0, half), places);
  yield* search(root, rules.slice(half), places);
}

function prepared(whole: AstGrepRule): Prepared {
  const named = Object.entries(whole.utils ?? {}).map(([name, rule]) => [`${whole.id}/${name}`, renamed(rule, whole.id)]);
  return { whole, loose: renamed(whole.rule, whole.id), utils: Object.fromEntries(named) as Record<string, Pattern> };
}

/** A rule that uses others under names of its own. */
function renamed<Value>(value: Value, id: string): Value {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => renamed(each, id)) as Value;
  const entries = Object.entries(value).map(([key, each]) => [key, key === "matches" ? `${id}/${each}` : renamed(each, id)]);
  return Object.fromEntries(entries) as Value;
}

const SEVERITIES = { warning: "warning", error: "error" } as const;

function finding(rule: AstGrepRule & { severity?: string }, node: SgNode, places: Places): Finding {
  const span = places.span(node);
  const text = replacement(rule.fix, node);
  const safety = rule.metadata?.fix ?? "unsafe";
  const edits: Edit[] = text === null ? [] : [{ ...span, text }];
  return {
    ...span,
    severity: SEVERITIES[rule.severity as "error"] ?? "info",
    tool: "ast-grep",
    code: rule.id,
    message: rule.message,
    ...(edits.length ? { fix: { edits, safety } } : {}),
  };
}

const VARIABLE = /\$(?:\$\$)?([A-Z_][A-Z0-9_]*)/g;

/** What a fix puts in place of a node; null where lines would have to be indented anew, which only the command does. */
function replacement(fix: unknown, node: SgNode): string | null {
  if (typeof fix !== "string") return null;
  const text = fix.replaceAll(VARIABLE, (written, name: string) => {
    if (!written.startsWith("$$$")) return node.getMatch(name)?.text() ?? "";
    const nodes = node.getMultipleMatches(name);
    const [start, end] = [nodes[0]?.range().start.index ?? 0, nodes.at(-1)?.range().end.index ?? 0];
    const from = node.range().start.index;
    return node.text().slice(start - from, end - from);
  });
  return text.includes("\n") ? null : text;
}

/** Lines and columns, in characters: those of a node count halves of some. */
class Places {
  private readonly lines: string[];

  constructor(text: string) {
    this.lines = text.split("\n");
  }

  span(node: SgNode): Span {
    const { start, end } = node.range();
    const column = (at: typeof start): number => [...this.lines[at.line]!.slice(0, at.column)].length + 1;
    return { line: start.line + 1, column: column(start), endLine: end.line + 1, endColumn: column(end) };
  }
}
