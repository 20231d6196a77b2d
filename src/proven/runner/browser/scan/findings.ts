/** Violations of rules in a file, as `proven check` has them: `report(text, findings, comments, pack, tools)`. */

import type { Comment, Finding } from "../protocol.ts";
import { type Ignore, ignoresIn } from "./ignores.ts";
import { type Pack, type Rule, ruleOf, soughtBy } from "./pack.ts";

export interface Violation {
  rule: Rule;
  finding: Finding;
  /** What it comes to: what our own detector says, or the rule's summary. */
  harm: string;
}

/** What is said of a line beside violations: a comment that is wrong, or syntax that cannot be read. */
export interface Remark {
  line: number;
  message: string;
}

export interface Report {
  violations: Violation[];
  remarks: Remark[];
  /** How many a comment lets pass. */
  ignored: number;
}

/** The code of what says that a file cannot be parsed. */
export const UNREADABLE = "invalid-syntax";

/** @param tools The names of those that have been asked, as the pack has them. */
export function report(text: string, findings: Finding[], comments: Comment[], pack: Pack, tools: string[]): Report {
  const lines = text.split("\n");
  const ignores = ignoresIn(comments);
  const violations = new Map<string, Violation>();
  const remarks: Remark[] = [];
  let ignored = 0;
  for (const finding of [...findings].sort(inOrder)) {
    const rule = ruleOf(pack, finding.tool, finding.code);
    if (finding.code === UNREADABLE) {
      remarks.push({ line: finding.line, message: `cannot be parsed: ${finding.message}` });
    } else if (rule && isIgnored(ignores, lines, finding.line, rule.code)) {
      ignored += 1;
    } else if (rule) {
      const key = `${finding.line} ${rule.code}`;
      const former = violations.get(key);
      const harm = finding.tool === "ast-grep" ? finding.message : rule.summary;
      if (!former || (finding.fix && !former.finding.fix)) violations.set(key, { rule, finding, harm });
    }
  }
  const sought = soughtBy(pack, tools);
  for (const { line, codes, reason, problem } of ignores) {
    if (problem && (!codes.length || !reason || codes.every((code) => sought.has(code)))) remarks.push({ line, message: problem });
  }
  return { violations: [...violations.values()], remarks, ignored };
}

function inOrder(a: Finding, b: Finding): number {
  return a.line - b.line || a.column - b.column || a.endLine - b.endLine || a.endColumn - b.endColumn;
}

/** Whether a comment lets a finding pass: on its first line, or alone on the line above. */
function isIgnored(ignores: Ignore[], lines: string[], line: number, code: string): boolean {
  const match = ignores.find((each) => {
    const alone = lines[each.line - 1]!.trimStart().startsWith("#");
    const here = each.line === line || (alone && each.line === line - 1);
    return here && each.codes.includes(code) && each.reason;
  });
  if (match) match.used = true;
  return match !== undefined;
}
