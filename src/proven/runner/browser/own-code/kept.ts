/** Files that stay for the visit when a reader follows a link and comes back. */

import type { Opened } from "../scan/files.ts";

/** Characters: browsers keep a few million for a site. */
const MOST = 1_000_000;

const key = (): string => `proven ${location.pathname}#scan`;

/** What is kept; nothing where the browser refuses. */
export function kept(): Opened[] {
  try {
    return JSON.parse(sessionStorage.getItem(key()) ?? "[]") as Opened[];
  } catch {
    return [];
  }
}

export function keep(files: Iterable<Opened>): void {
  const listed = [...files].map(({ name, text, crlf }) => ({ name, text, crlf }));
  const size = listed.reduce((sum, { text }) => sum + text.length, 0);
  try {
    if (size && size < MOST) sessionStorage.setItem(key(), JSON.stringify(listed));
    else sessionStorage.removeItem(key());
  } catch {
    // They are lost with the page.
  }
}
