/** Links that carry code to this page: `#code=...&python=3.12`. */

import { pageAddress } from "../document/addresses.ts";
import { pack, TooLong, unpack } from "../document/packed.ts";

export { TooLong };

/** The address of this page with code. Rejects with TooLong. */
export async function link(code: string, python: string): Promise<string> {
  const url = new URL(pageAddress());
  url.hash = `code=${await pack(code)}&python=${python}`;
  return url.href;
}

/** The code that came with a fragment, or what is wrong with it; null where none came. */
export async function shared(fragment: string): Promise<{ code: string; python: string } | string | null> {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const code = given.get("code");
  if (code === null) return null;
  try {
    return { code: await unpack(code), python: given.get("python") ?? "" };
  } catch (error) {
    return error instanceof TooLong ? "The link carries more code than is taken from a link." : "The code in the link is damaged; ask for the link again.";
  }
}
