/** The list of findings under the code of a block. */

import { element } from "../document/element.ts";
import type { Finding } from "../protocol.ts";

export class FindingsList {
  private readonly region = element("div", { className: "pp-problems" });
  private readonly goTo: (finding: Finding) => void;

  constructor(code: HTMLElement, goTo: (finding: Finding) => void) {
    this.goTo = goTo;
    code.after(this.region);
  }

  show(findings: Finding[]): void {
    const fromRun = findings.some(({ tool }) => tool === "Python");
    this.region.ariaLive = fromRun ? "off" : "polite"; // the output says what a run has come to
    const items = findings.map((finding) => this.item(finding));
    this.region.replaceChildren(...(items.length ? [element("ul", { ariaLabel: "Findings" }, ...items)] : []));
  }

  /** Lead to the first, if there is one. */
  focus(): void {
    this.region.querySelector("button")?.focus();
  }

  private item(finding: Finding): HTMLLIElement {
    const { line, message, code, page } = finding;
    const place = element("button", { type: "button", textContent: `line ${line}` });
    place.addEventListener("click", () => this.goTo(finding));
    const item = element("li", { className: `pp-${finding.severity}` }, place, `: ${message} (${code})`);
    if (page) item.append(" ", element("a", { href: page.url }, page.title));
    return item;
  }
}
