/** Types and Lint of one block: what is under way, what was found, and how to go on. */

import type { Source } from "../../job.ts";
import { element } from "../document/element.ts";
import { megabytes } from "../loading/fetch.ts";
import type { Code, Finding, Report, Tool } from "../protocol.ts";
import type { Checker, CheckListener, Job } from "./client.ts";

/** The tools of the page, by the words on their buttons. */
export type Checkers = Readonly<Record<CheckName, Checker>>;
export type CheckName = keyof typeof TOOLS;

/** What can be asked of a block: mypy has the packages of no environment here, and the files of no program. */
export function checksOf({ environment }: DOMStringMap, sources: Source[]): CheckName[] {
  const rests = environment ?? sources.find(({ language }) => language === "file");
  return rests ? ["Lint"] : ["Types", "Lint"];
}

/** What Ruff says of imports in a part of a program: as in the build, cells of a notebook are not held to it. */
export function passedOf({ role }: DOMStringMap): string[] {
  return role === "cell" ? ["E402", "F401"] : [];
}

const TOOLS = { Types: "mypy", Lint: "Ruff" } as const satisfies Record<string, Tool>;

export interface ChecksListener {
  code(): Code;
  show(findings: Finding[]): void;
}

export class Checks {
  private readonly rows: Record<CheckName, Row>;
  private readonly listener: ChecksListener;

  /** @param after What the reports stand under. */
  constructor(after: HTMLElement, example: string, checkers: Checkers, listener: ChecksListener) {
    this.listener = listener;
    const row = (name: CheckName): Row => new Row(name, example, checkers[name], () => this.show());
    this.rows = { Types: row("Types"), Lint: row("Lint") };
    after.after(element("div", { className: "pp-checks" }, this.rows.Types.element, this.rows.Lint.element));
  }

  check(name: CheckName, button: HTMLElement): void {
    this.rows[name].check(this.listener.code(), button);
  }

  /** The code has changed: nothing that was said of it holds. */
  clear(): void {
    for (const row of Object.values(this.rows)) row.clear();
  }

  private show(): void {
    const findings = Object.values(this.rows).flatMap((row) => row.findings);
    this.listener.show(findings.sort((left, right) => left.line - right.line || left.column - right.column));
  }
}

/** One tool's line under the block. */
class Row implements CheckListener {
  findings: Finding[] = [];
  readonly element = element("div", { className: "pp-check" });
  private readonly status = element("p", { className: "pp-check-status", role: "status" });
  private readonly bar = element("progress", { className: "pp-check-bar" });
  private readonly bytes = element("span", { className: "pp-check-bytes" });
  private readonly cancelButton: HTMLButtonElement;
  private readonly name: CheckName;
  private readonly tool: Tool;
  private readonly checker: Checker;
  private readonly changed: () => void;
  private job: Job | null = null;
  private button: HTMLElement | null = null;
  private started = false;

  constructor(name: CheckName, example: string, checker: Checker, changed: () => void) {
    this.name = name;
    this.tool = TOOLS[name];
    this.checker = checker;
    this.changed = changed;
    this.bar.ariaLabel = `Fetching ${this.tool}`;
    this.bytes.ariaHidden = "true"; // the bar says it
    this.cancelButton = element("button", { type: "button", className: "pp-action", textContent: "Cancel" });
    this.cancelButton.ariaLabel = `Cancel ${name} of ${example}`;
    this.cancelButton.addEventListener("click", () => this.job && this.checker.cancel(this.job));
    this.element.append(this.status);
  }

  check(code: Code, button: HTMLElement): void {
    if (this.job) return;
    this.button = button;
    this.started = false;
    this.findings = [];
    this.changed();
    this.say(`Waiting for ${this.tool}\u2026`);
    this.element.append(this.cancelButton);
    this.job = this.checker.check(code, this);
  }

  clear(): void {
    if (this.job) this.checker.forget(this.job);
    this.end("");
    this.findings = [];
  }

  fetching(done: number, total: number): void {
    this.say(`Fetching ${this.tool}\u2026`);
    Object.assign(this.bar, { max: total, value: done });
    this.bytes.textContent = `${megabytes(done)} of ${megabytes(total)} MB`;
    this.status.after(this.bar, this.bytes);
  }

  starting(): void {
    this.busy(`Starting ${this.tool}\u2026`);
  }

  checking(): void {
    this.started = true;
    this.busy(`${this.tool} reads the code\u2026`);
  }

  checked(report: Report): void {
    this.end(`${this.tool} ${summary(report)}`);
    this.findings = report.findings;
    this.changed();
  }

  failed(reason: string): void {
    const end = this.started
      ? `${this.tool} broke down: ${reason}. ${this.name} starts it afresh.`
      : `${this.tool} could not start: ${reason}. Check the connection, then press ${this.name} again.`;
    this.end(end);
  }

  cancelled(): void {
    this.end("Cancelled.");
  }

  private busy(text: string): void {
    this.bar.remove();
    this.bytes.remove();
    this.say(text);
  }

  private end(text: string): void {
    this.job = null;
    this.busy(text);
    if (document.activeElement === this.cancelButton) this.button?.focus();
    this.cancelButton.remove();
  }

  /** Said again, the same words would be announced again. */
  private say(text: string): void {
    if (this.status.textContent !== text) this.status.textContent = text;
  }
}

function summary({ findings, total, version, built }: Report): string {
  const count = total === 1 ? "finds one thing." : `finds ${total} things.`;
  const some = total > findings.length ? ` The first ${findings.length} are shown.` : "";
  const other = version === built ? "" : ` This is version ${version}; the page was built with ${built}.`;
  return (total ? count + some : "finds nothing.") + other;
}
