/** Entry for the pages that list all rules: the index, and the checklist. */

import { enclosed, ruleAddress, siteAddress } from "./document/addresses.ts";
import { confirmCopy, toClipboard } from "./document/clipboard.ts";
import { find } from "./document/element.ts";
import { Notice } from "./document/notice.ts";
import { Filter } from "./rules/filter.ts";

function start(form: HTMLFormElement, root: string): void {
  const list = find(document, ".pp-listed");
  const items = list.querySelectorAll<HTMLElement>("[data-code]");
  const count = find(form, ".pp-count");
  const none = find(document, ".pp-none");
  new Filter(form, items, (shown) => {
    const all = shown.length === items.length;
    count.textContent = all ? `${items.length} rules` : `${shown.length} of ${items.length} rules`;
    none.hidden = shown.length > 0;
    for (const part of list.querySelectorAll<HTMLElement>("section")) {
      part.hidden = !part.querySelector("[data-code]:not([hidden])");
    }
  });
  const button = form.querySelector<HTMLElement>(".pp-copy-list");
  if (button) offerToCopy(button, list, siteAddress(root), find(form, ".pp-said"), new Notice(form));
}

function offerToCopy(button: HTMLElement, list: HTMLElement, site: string, status: HTMLElement, notice: Notice): void {
  const copy = async (): Promise<boolean> => {
    const text = taskList(list, site);
    const copied = await toClipboard(text);
    if (!copied) notice.offer("The browser does not let this page copy. Here is the checklist:", text);
    return copied;
  };
  button.addEventListener("click", () => {
    notice.clear();
    void confirmCopy(button, status, copy(), "Copied the checklist");
  });
}

/** What is shown, as a task list in Markdown. */
function taskList(list: HTMLElement, site: string): string {
  const parts = [...list.querySelectorAll("section:not([hidden])")].map((part) => {
    const items = [...part.querySelectorAll<HTMLElement>("[data-code]:not([hidden])")].map(({ dataset }) => {
      const { code, markdown } = dataset as { code: string; markdown: string };
      return `- [ ] [${code}](${enclosed(ruleAddress(site, code))}) ${markdown}\n`;
    });
    return `## ${find(part as HTMLElement, "h2").firstChild?.textContent?.trim()}\n\n${items.join("")}`;
  });
  return parts.join("\n");
}

start(find(document, ".pp-filter"), new URL("../../", (document.currentScript as HTMLScriptElement).src).href);
