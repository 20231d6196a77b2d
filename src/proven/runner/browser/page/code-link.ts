/** Links that carry code: `#block-3&code=...&python=3.12`. */

import { pageAddress } from "../document/addresses.ts";
import { pack } from "../document/packed.ts";

export interface Shared {
  /** The block's own fragment: `block-3`. */
  block: string;
  /** The packed code, for `unpack()`; null in a link that leads to a block only. */
  code: string | null;
  version: string | null;
}

/** What a fragment says of a block's code; null for one that says nothing of it. */
export function parseFragment(fragment: string): Shared | null {
  const [block = "", ...fields] = fragment.replace(/^#/, "").split("&");
  if (!/^block-\d+$/.test(block) || !fields.length) return null;
  const given = new URLSearchParams(fields.join("&"));
  return { block, code: given.get("code"), version: given.get("python") };
}

/** The address of a block of this page, for others, with code that is not the page's own.
 *
 * Rejects with TooLong.
 */
export async function codeLink(block: string, code: string | null, version: string | null): Promise<string> {
  const fields = [block];
  if (code !== null) fields.push(`code=${await pack(code)}`);
  if (version !== null) fields.push(`python=${version}`);
  const url = new URL(pageAddress());
  url.hash = fields.join("&");
  return url.href;
}
