/** What was found, as a list: place, rule, harm, and how to mend it. */

import { element } from "../document/element.ts";
import type { Said } from "../editor/diagnostics.ts";
import type { Fix } from "../protocol.ts";
import type { Opened } from "../scan/files.ts";
import type { Remark, Report, Violation } from "../scan/findings.ts";
import { changedLines, mended } from "../scan/fixes.ts";

/** More than a reader goes through. */
const SHOWN = 200;

/** What a reader does with it. */
export interface Acts {
  goTo(file: Opened, place: Said): void;
  apply(file: Opened, fix: Fix): void;
}

/** A file, and what was found in it. */
export type Reported = Opened & { report: Report | null };

const SAFETY = {
  safe: "Fix",
  unsafe: "Fix (it may change what the code does)",
  unknown: "Fix (Ruff does not say here whether it is safe)",
};

export class List {
  readonly element = element("ol", { className: "pp-scanned" });
  readonly more = element("p", { className: "pp-about", hidden: true });
  private readonly acts: Acts;

  constructor(acts: Acts) {
    this.acts = acts;
  }

  /** @param several Whether files are to be named. */
  show(reported: Reported[], several: boolean): void {
    const items = reported.flatMap(({ report, ...file }) => [
      ...(report?.remarks ?? []).map((remark) => () => this.remark(file, several, remark)),
      ...(report?.violations ?? []).map((violation) => () => this.violation(file, several, violation)),
    ]);
    this.element.replaceChildren(...items.slice(0, SHOWN).map((make) => make()));
    this.more.hidden = items.length <= SHOWN;
    this.more.textContent = `The first ${SHOWN} of ${items.length} are shown; proven check lists all.`;
  }

  /** Lead to the first. */
  focus(): void {
    this.element.querySelector("button")?.focus();
  }

  private place(file: Opened, several: boolean, said: Said): HTMLButtonElement {
    const place = several ? `${file.name}:${said.line}` : `line ${said.line}`;
    const button = element("button", { type: "button", className: "pp-scan-place" }, place);
    button.addEventListener("click", () => this.acts.goTo(file, said));
    return button;
  }

  private remark(file: Opened, several: boolean, { line, message }: Remark): HTMLElement {
    return element("li", {}, this.place(file, several, { line, column: 1, message }), " ", message);
  }

  private violation(file: Opened, several: boolean, { rule, finding, harm }: Violation): HTMLElement {
    const { line, column, tool, code, message, fix } = finding;
    const said = tool === "ast-grep" ? `${tool} ${code}` : `${tool} ${code}: ${message}`;
    const item = element(
      "li",
      {},
      this.place(file, several, { line, column, message: harm }),
      " ",
      element("span", { className: "pp-code-name" }, rule.code),
      " ",
      element("a", { href: rule.url }, rule.title),
      element("span", { className: "pp-about" }, harm),
      element("span", { className: "pp-about" }, said),
    );
    item.dataset["level"] = rule.level;
    if (fix) item.append(this.fix(file, fix));
    return item;
  }

  /** The difference that a fix makes is worked out when a reader looks. */
  private fix(file: Opened, fix: Fix): HTMLElement {
    const apply = element("button", { type: "button", className: "pp-action" }, "Apply");
    apply.addEventListener("click", () => this.acts.apply(file, fix));
    const diff = element("pre", { className: "pp-scan-diff", tabIndex: 0 });
    diff.ariaLabel = "What the fix changes";
    const details = element("details", { className: "pp-scan-fix" }, element("summary", {}, SAFETY[fix.safety]), diff, apply);
    details.addEventListener("toggle", () => {
      const { before, after } = changedLines(file.text, mended(file.text, fix.edits));
      diff.replaceChildren(
        ...before.map((line) => element("del", {}, `- ${line}\n`)),
        ...after.map((line) => element("ins", {}, `+ ${line}\n`)),
      );
    });
    return details;
  }
}
