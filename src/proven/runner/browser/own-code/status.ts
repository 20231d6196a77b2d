/** What is under way, and what it has come to. */

import { element } from "../document/element.ts";
import type { OpenFile } from "../scan/desk.ts";

export class Status {
  readonly element = element("div", { className: "pp-scan-status" });
  readonly said = element("p", { role: "status" });
  private readonly bar = element("progress", { hidden: true, ariaLabel: "What has been fetched" });

  constructor() {
    this.element.append(this.said, this.bar);
  }

  busy(what: string, done?: number, total?: number): void {
    this.say(what);
    this.bar.hidden = total === undefined;
    if (total !== undefined) Object.assign(this.bar, { max: total, value: done });
  }

  end(text: string): void {
    this.say(text);
    this.bar.hidden = true;
  }

  /** Said again, the same words would be announced again. */
  private say(text: string): void {
    if (this.said.textContent !== text) this.said.textContent = text;
  }
}

/** What all files come to. */
export function summary(files: OpenFile[]): string {
  const reports = files.flatMap(({ report }) => report ?? []);
  const sum = (count: (report: (typeof reports)[number]) => number): number => reports.reduce((all, report) => all + count(report), 0);
  const violations = sum((report) => report.violations.length);
  const remarks = sum((report) => report.remarks.length);
  const ignored = sum((report) => report.ignored);
  const rules = new Set(reports.flatMap((report) => report.violations.map(({ rule }) => rule.code))).size;
  const seconds = files.reduce((all, { scanned }) => all + (scanned?.result.milliseconds ?? 0), 0) / 1000;
  const found = violations ? `${counted(violations, "finding")}, of ${counted(rules, "rule")}` : "Nothing found";
  const others = [...(remarks ? [counted(remarks, "remark")] : []), ...(ignored ? [`${ignored} let pass by comments`] : [])];
  const where = files.length > 1 ? ` in ${files.length} files` : "";
  return `${[found + where, ...others].join("; ")}. Ruff and ast-grep took ${seconds.toFixed(2)} s.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
