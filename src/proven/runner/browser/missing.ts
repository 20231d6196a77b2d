/** Entry for the 404 page: leads to the page that was meant, or suggests pages.
 *
 * It is part of the page, which cannot know how deep it is served: the site's root is where redirects.json is.
 */

import { element, find } from "./document/element.ts";
import { asked, exact, similar, type Table, words } from "./lost/suggest.ts";

/** A site is not looked for further up. */
const DEEPEST = 8;

/** The folders that the site may be in: the one that it was built for, then those above the address. */
function candidates(): string[] {
  const parts = location.pathname.split("/").slice(1, -1).slice(0, DEEPEST);
  const above = parts.map((_, index) => `/${parts.slice(0, parts.length - index).join("/")}/`);
  const { root } = document.documentElement.dataset;
  const own = root && URL.canParse(root) ? [new URL(root).pathname] : [];
  return [...new Set([...own, ...above, "/"])];
}

async function tableAt(root: string): Promise<Table | null> {
  try {
    const response = await fetch(`${root}redirects.json`);
    const table = (await response.json()) as Partial<Table>;
    return table.pages && table.redirects && table.removed ? (table as Table) : null;
  } catch {
    return null;
  }
}

function linkTo(root: string, target: string): URL {
  return new URL(root + target, location.origin);
}

/** Redirect; false for a page that should exist and does not, which would lead to itself. */
function goTo(target: URL): boolean {
  if (target.pathname === location.pathname) return false;
  target.search = location.search;
  if (location.hash) target.hash = location.hash;
  location.replace(target);
  return true;
}

function show(root: string, path: string, table: Table): void {
  const place = find(document, "#found");
  place.append(element("p", {}, "There is nothing at ", element("code", {}, `/${path}`), "."));
  const near = similar(path, table);
  if (near.length > 0) {
    const items = near.map(({ target, title }) =>
      element("li", {}, element("a", { href: linkTo(root, target).href }, title)),
    );
    place.append(element("p", {}, "Was it one of these?"), element("ul", {}, ...items));
  }
  const query = words(path).join(" ");
  if (query) {
    const { href } = linkTo(root, `?q=${encodeURIComponent(query)}`);
    place.append(element("p", {}, element("a", { href }, `Search for “${query}”`)));
  }
}

async function start(): Promise<void> {
  for (const root of candidates()) {
    const table = await tableAt(root);
    if (!table) continue;
    find<HTMLAnchorElement>(document, "#home").href = root;
    const path = asked(location.pathname, root);
    const target = exact(path, table);
    if (target === null || !goTo(linkTo(root, target))) show(root, path, table);
    return;
  }
}

void start();
