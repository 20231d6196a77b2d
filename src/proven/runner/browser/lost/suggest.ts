/** What an address that does not exist was meant for: `exact(path, table)`; else what is `similar(path, table)`. */

/** What the build says of the site's addresses in redirects.json. */
export interface Table {
  /** Titles of pages. */
  pages: Record<string, string>;
  /** Where other addresses lead. */
  redirects: Record<string, string>;
  /** Why there is nothing any more. */
  removed: Record<string, string>;
}

export interface Near {
  target: string;
  title: string;
}

const MOST = 5;

/** Less in common than this is no likeness. */
const LIKE = 0.5;

/** The address below the site's root, as it was typed. */
export function asked(pathname: string, root: string): string {
  const path = pathname.slice(root.length);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The words of an address, without what servers and editors add: `async/task_references.html`. */
export function words(path: string): string[] {
  const plain = path.replace(/(^|\/)index\.html?$|\.(html?|md)$/, "").replace(/[?#].*$/, "");
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** The same for all ways to write an address: `px-017`, `PX17`, `Task_References`. */
function key(path: string): string {
  const parts = path.split("/").map((part) => words(part).join("").toLowerCase());
  return parts.filter(Boolean).join("/").replace(/^px0*(?=\d)/, "px").replace(/^(px\d+ex)0*(?=\d)/, "$1");
}

/** What is at each address: pages, what leads to them, and what says why something is gone. */
function targets({ pages, redirects, removed }: Table): Map<string, string> {
  const own = [...Object.keys(pages), ...Object.keys(removed)].map((address) => [address, address] as const);
  return new Map([...Object.entries(redirects), ...own]);
}

/** Where an address leads that is written in another way, or stands below folders that are not the site's. */
export function exact(path: string, table: Table): string | null {
  const byKey = new Map([...targets(table)].map(([address, target]) => [key(address), target]));
  const parts = path.split("/").filter(Boolean);
  for (const index of parts.keys()) {
    const target = byKey.get(key(parts.slice(index).join("/")));
    if (target !== undefined && key(target) !== "") return target;
  }
  return null;
}

/** How many characters have to be changed to make one text of the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [above, letter] of [...from].entries()) {
    const next = [above + 1];
    for (const [index, wanted] of [...to].entries()) {
      next.push(Math.min(row[index]! + Number(letter !== wanted), row[index + 1]! + 1, next[index]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}

/** From 0 to 1: how near two names are as they are written, or how many words they share. */
function likeness(asked: string[], name: string[]): number {
  const [address, title] = [asked.join("-"), name.join("-")];
  const letters = 1 - distance(address, title) / Math.max(address.length, title.length, 1);
  const shared = asked.filter((word) => word.length > 2 && name.includes(word)).length;
  return Math.max(letters, shared / Math.max(asked.length, 1));
}

/** The pages whose addresses or titles are most like an address, the most like first. */
export function similar(path: string, table: Table): Near[] {
  const lower = (text: string): string[] => words(text.toLowerCase()).slice(0, 12);
  const asked = lower(path.slice(0, 200).split("/").filter(Boolean).at(-1) ?? "");
  const best = new Map<string, number>();
  const consider = (target: string, name: string): void => {
    if (target) best.set(target, Math.max(best.get(target) ?? 0, likeness(asked, lower(name))));
  };
  for (const [address, target] of targets(table)) consider(target, address.split("/").at(-2) ?? "");
  for (const [target, title] of Object.entries(table.pages)) consider(target, title);
  const near = [...best].filter(([, value]) => value >= LIKE).sort(([, left], [, right]) => right - left);
  return near.slice(0, MOST).map(([target]) => ({ target, title: title(target, table) }));
}

function title(target: string, { pages, removed }: Table): string {
  const [page = "", fragment] = target.split("#");
  const name = pages[page] ?? (page in removed ? `${page.replace("/", "")} was removed` : page);
  return fragment ? `${name}: ${fragment}` : name;
}
