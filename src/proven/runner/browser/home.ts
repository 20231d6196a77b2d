/** Entry for pages with a field for the search, for what tools have reported, or for what is to be kept. */

import { getJson } from "./loading/fetch.ts";
import { OfflineView } from "./offline/view.ts";
import { type Coverage, ReportView } from "./report/view.ts";

/** Search in the theme's own dialog, as soon as something is typed into a form that would ask for it anew. */
function searchInDialog(form: HTMLFormElement): void {
  const dialog = document.querySelector<HTMLInputElement>("[data-md-component=search-query]");
  if (!dialog) return;
  const search = (text: string): void => {
    dialog.focus();
    dialog.value = text;
    dialog.dispatchEvent(new Event("input"));
  };
  const field = form.querySelector<HTMLInputElement>("[name=q]")!;
  field.addEventListener("input", () => {
    search(field.value);
    field.value = "";
  });
  for (const link of form.querySelectorAll("a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      search(link.textContent!);
    });
  }
}

/** The rules by what tools report, whose addresses are whole. */
async function coverage(root: string): Promise<Coverage> {
  const known = await getJson<Coverage>(`${root}assets/rules/map.json`);
  for (const rule of Object.values(known).flatMap((codes) => Object.values(codes))) rule.url = new URL(rule.url, root).href;
  return known;
}

function start(root: string): void {
  let known: Promise<Coverage> | undefined;
  const once = (): Promise<Coverage> => {
    known ??= coverage(root);
    known.catch(() => (known = undefined)); // it may be there the next time
    return known;
  };
  document.querySelectorAll<HTMLFormElement>("form.pp-report").forEach((form) => new ReportView(form, once));
  document.querySelectorAll<HTMLFormElement>("form.pp-search").forEach(searchInDialog);
  document.querySelectorAll<HTMLFormElement>("form.pp-keep").forEach((form) => new OfflineView(form, root));
}

start(new URL("../../", (document.currentScript as HTMLScriptElement).src).href);
