/** The rules to tick off: what is ticked is kept in this browser, and copied as a task list. */

import { enclosed, ruleAddress } from "../document/addresses.ts";
import { confirmCopy, toClipboard } from "../document/clipboard.ts";
import { find } from "../document/element.ts";
import type { Notice } from "../document/notice.ts";

const KEPT = "proven-checklist";

interface Item {
  element: HTMLElement;
  box: HTMLInputElement;
  code: string;
}

export class Checklist {
  private readonly items: Item[];
  private readonly list: HTMLElement;
  private readonly form: HTMLElement;
  private readonly site: string;
  private readonly notice: Notice;
  private readonly changed: () => void;

  /**
   * @param form - It has the buttons.
   * @param list - It has a section for each topic, and in it the rules.
   * @param site - The site's address, for links.
   * @param changed - Told that something else is ticked.
   */
  constructor(form: HTMLElement, list: HTMLElement, site: string, notice: Notice, changed: () => void) {
    this.form = form;
    this.list = list;
    this.site = site;
    this.notice = notice;
    this.changed = changed;
    this.items = [...list.querySelectorAll<HTMLElement>("[data-code]")].map((element) => {
      return { element, box: find<HTMLInputElement>(element, "input"), code: element.dataset["code"]! };
    });
    this.tick(kept());
    list.addEventListener("change", () => this.keep());
    addEventListener("storage", ({ key }) => key === KEPT && this.tick(kept())); // of another tab
    this.on(".pp-copy-list", (button) => this.copy(button, false));
    this.on(".pp-copy-ticked", (button) => this.copy(button, true));
    this.on(".pp-untick", () => this.clear());
  }

  /** How many rules are ticked. */
  get ticked(): number {
    return this.codes().length;
  }

  private on(selector: string, act: (button: HTMLElement) => void): void {
    const button = find(this.form, selector);
    button.addEventListener("click", () => {
      this.notice.clear();
      act(button);
    });
  }

  private codes(): string[] {
    return this.items.filter(({ box }) => box.checked).map(({ code }) => code);
  }

  private tick(codes: string[]): void {
    for (const { element, box, code } of this.items) {
      box.checked = codes.includes(code);
      element.dataset["ticked"] = box.checked ? "yes" : "no";
    }
    this.changed();
  }

  private keep(): void {
    const codes = this.codes();
    try {
      localStorage.setItem(KEPT, JSON.stringify(codes));
    } catch {} // where nothing can be kept, it is ticked until the page is left
    this.tick(codes);
  }

  private clear(): void {
    const before = this.codes();
    if (!before.length) return;
    this.tick([]);
    this.keep();
    this.notice.act("Nothing is ticked any more.", "Undo", () => {
      this.tick(before);
      this.keep();
      this.notice.clear();
    });
  }

  private copy(button: HTMLElement, onlyTicked: boolean): void {
    const text = this.taskList(onlyTicked);
    if (!text) return this.notice.say("Nothing is ticked.");
    const done = toClipboard(text).then((copied) => {
      if (!copied) this.notice.offer("The browser does not let this page copy. Here is the checklist:", text);
      return copied;
    });
    void confirmCopy(button, find(this.form, ".pp-said"), done, "Copied the checklist");
  }

  /** What is shown, as a task list in Markdown. */
  private taskList(onlyTicked: boolean): string {
    const parts = [...this.list.querySelectorAll<HTMLElement>("section:not([hidden])")].flatMap((part) => {
      const items = this.items
        .filter(({ element, box }) => part.contains(element) && !element.hidden && (box.checked || !onlyTicked))
        .map(({ element, box, code }) => {
          const link = `[${code}](${enclosed(ruleAddress(this.site, code))})`;
          return `- [${box.checked ? "x" : " "}] ${link} ${element.dataset["markdown"]}\n`;
        });
      return items.length ? [`## ${find(part, "h2").firstChild?.textContent?.trim()}\n\n${items.join("")}`] : [];
    });
    return parts.join("\n");
  }
}

function kept(): string[] {
  try {
    const codes: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(codes) ? codes.map(String) : [];
  } catch {
    return [];
  }
}
