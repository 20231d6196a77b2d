/** The site's set of rules, and what leads to them, as `proven check` has it: `rules/pack.json`. */

import { getJson } from "../loading/fetch.ts";
import type { AstGrepRule } from "../protocol.ts";

export interface Rule {
  code: string;
  title: string;
  summary: string;
  level: "error" | "warning" | "note";
  url: string;
}

export interface Pack {
  rules: Map<string, Rule>;
  /** By tool and its code, the rules that a finding leads to, the closest first. */
  detectors: Record<string, Record<string, string[]>>;
  astGrep: AstGrepRule[];
}

interface Exported {
  rules: Record<string, Omit<Rule, "code" | "url"> & { path: string }>;
  detectors: Pack["detectors"];
  ast_grep: AstGrepRule[];
}

/** @param site The address of the site. */
export async function loadPack(site: string): Promise<Pack> {
  const { rules, detectors, ast_grep: astGrep } = await getJson<Exported>(`${site}rules/pack.json`);
  const named = Object.entries(rules).map(([code, { path, ...rule }]): [string, Rule] => {
    return [code, { ...rule, code, url: new URL(path, site).href }];
  });
  return { rules: new Map(named), detectors, astGrep };
}

/** The rule that a finding leads to. */
export function ruleOf(pack: Pack, tool: string, code: string): Rule | undefined {
  return pack.rules.get(pack.detectors[tool.toLowerCase()]?.[code]?.[0] ?? "");
}

/** The codes of a tool whose findings lead to a rule. */
export function codesOf(pack: Pack, tool: string): string[] {
  return Object.keys(pack.detectors[tool.toLowerCase()] ?? {}).sort();
}

/** The rules that no other tool than these leads to: what they do not find is not there. */
export function soughtBy(pack: Pack, tools: string[]): Set<string> {
  const others = Object.entries(pack.detectors).filter(([tool]) => !tools.includes(tool));
  const theirs = new Set(others.flatMap(([, codes]) => Object.values(codes).flat()));
  return new Set([...pack.rules.keys()].filter((code) => !theirs.has(code)));
}
