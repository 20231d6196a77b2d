/** A field for what tools have reported, and the rules that it leads to. */

import { confirmCopy, toClipboard } from "../document/clipboard.ts";
import { element, find } from "../document/element.ts";
import { Notice } from "../document/notice.ts";
import type { Reported } from "./json.ts";
import { read } from "./read.ts";

/** A rule that is about what a tool reports; its address is whole. */
export interface Covering {
  code: string;
  title: string;
  url: string;
}

/** By tool and code. */
export type Coverage = Record<string, Record<string, Covering>>;

interface Group {
  rule: Covering;
  findings: Reported[];
}

const TOOLS = { ruff: "Ruff", mypy: "mypy", pyright: "Pyright" };

const NOTHING = "No finding of Ruff, mypy or Pyright is in this text. Paste what one of them prints, as text, JSON or SARIF.";

/** Places that are named; more are counted. */
const NAMED = 3;

export class ReportView {
  private readonly field: HTMLTextAreaElement;
  private readonly said: HTMLElement;
  private readonly list = element("ul", { className: "pp-reported" });
  private readonly rest = element("p", { className: "pp-about" });
  private readonly copy = element("button", { type: "button", className: "pp-action", hidden: true }, "Copy as Markdown");
  private readonly notice: Notice;
  private groups: Group[] = [];

  /**
   * @param form - It has a text area, an element that is announced, and a button with an example.
   * @param coverage - Gives the rules, when they are first wanted.
   */
  constructor(form: HTMLFormElement, coverage: () => Promise<Coverage>) {
    this.field = find(form, "textarea");
    this.said = find(form, "[role=status]");
    form.append(this.list, this.rest, this.copy);
    this.notice = new Notice(form);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => void this.update(coverage));
    find(form, "[data-example]").addEventListener("click", ({ currentTarget }) => {
      this.field.value = (currentTarget as HTMLElement).dataset["example"]!;
      void this.update(coverage);
    });
    this.copy.addEventListener("click", () => void this.offerCopy());
    form.hidden = false;
    if (this.field.value) void this.update(coverage); // the browser has kept it
  }

  private async update(coverage: () => Promise<Coverage>): Promise<void> {
    const { value } = this.field;
    try {
      const known = await coverage();
      if (value === this.field.value) this.show(read(value), known, value.trim() !== "");
    } catch {
      this.said.textContent = "The list of rules cannot be loaded; try again when there is a network.";
    }
  }

  private show(findings: Reported[], known: Coverage, asked: boolean): void {
    this.groups = grouped(findings, known);
    const covered = this.groups.reduce((sum, group) => sum + group.findings.length, 0);
    if (findings.length) this.said.textContent = summary(findings.length, this.groups.length, covered);
    else this.said.textContent = asked ? NOTHING : "";
    this.list.replaceChildren(...this.groups.map(shown));
    this.rest.textContent = others(findings.filter((each) => !known[each.tool]?.[each.code]));
    this.copy.hidden = this.groups.length === 0;
    this.notice.clear();
  }

  private async offerCopy(): Promise<void> {
    const text = this.groups.map(({ rule, findings }) => `- [${rule.code}](${rule.url}) ${rule.title}: ${places(findings)}\n`).join("");
    const copied = toClipboard(text);
    await confirmCopy(this.copy, this.said, copied, "Copied the rules");
    if (!(await copied)) this.notice.offer("The browser does not let this page copy. Here are the rules:", text);
  }
}

/** The rules that findings lead to, those with the most first. */
function grouped(findings: Reported[], known: Coverage): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const rule = known[finding.tool]?.[finding.code];
    if (!rule) continue;
    const group = groups.get(rule.code) ?? { rule, findings: [] };
    group.findings.push(finding);
    groups.set(rule.code, group);
  }
  return [...groups.values()].sort((a, b) => b.findings.length - a.findings.length || a.rule.code.localeCompare(b.rule.code));
}

function summary(findings: number, rules: number, covered: number): string {
  const are = rules === 1 ? "is" : "are";
  return `${count(findings, "finding")}; ${count(rules, "rule")} on this site ${are} about ${covered === 1 ? "one" : covered} of them.`;
}

function shown({ rule, findings }: Group): HTMLElement {
  const codes = [...new Set(findings.map(({ tool, code }) => `${TOOLS[tool]} ${code}`))].join(", ");
  const link = element("a", { href: rule.url }, rule.title);
  const about = element("span", { className: "pp-about" }, `${codes}: ${places(findings)}`);
  return element("li", {}, element("span", { className: "pp-code-name" }, rule.code), " ", link, about);
}

function places(findings: Reported[]): string {
  const named = findings.slice(0, NAMED).map(({ where }) => where).filter(Boolean);
  const more = findings.length - named.length;
  return [...named, ...(more ? [named.length ? `${more} more` : count(more, "finding")] : [])].join(", ");
}

/** The codes that no rule is about, those with the most first. */
function others(findings: Reported[]): string {
  const counts = new Map<string, number>();
  for (const { tool, code } of findings) {
    const name = `${TOOLS[tool]} ${code}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const listed = [...counts].sort(([, a], [, b]) => b - a).map(([name, times]) => (times > 1 ? `${name} (${times})` : name));
  return listed.length ? `No rule here is about ${listed.join(", ")}.` : "";
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
