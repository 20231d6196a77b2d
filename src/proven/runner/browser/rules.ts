/** Entry for the pages that list all rules: the index, and the checklist. */

import { siteAddress } from "./document/addresses.ts";
import { find } from "./document/element.ts";
import { Notice } from "./document/notice.ts";
import { Checklist } from "./rules/checklist.ts";
import { Filter } from "./rules/filter.ts";

function start(form: HTMLFormElement, root: string): void {
  const list = find(document, ".pp-listed");
  const items = [...list.querySelectorAll<HTMLElement>("[data-code]")];
  const count = find(form, ".pp-count");
  const none = find(document, ".pp-none");
  const say = (): void => {
    const shown = items.filter((item) => !item.hidden).length;
    const rules = shown === items.length ? `${items.length} rules` : `${shown} of ${items.length} rules`;
    count.textContent = checklist?.ticked ? `${rules}, ${checklist.ticked} ticked` : rules;
  };
  let checklist: Checklist | undefined;
  if (form.querySelector(".pp-untick")) {
    checklist = new Checklist(form, list, siteAddress(root), new Notice(form), () => say());
  }
  new Filter(form, items, (shown) => {
    none.hidden = shown.length > 0;
    for (const part of list.querySelectorAll<HTMLElement>("section")) {
      part.hidden = !part.querySelector("[data-code]:not([hidden])");
    }
    say();
  });
}

start(find(document, ".pp-filter"), new URL("../../", (document.currentScript as HTMLScriptElement).src).href);
