/** Links that carry code: `#block-3&code=...&python=3.12`. */

import { pageAddress } from "../document/addresses.ts";

/** More code than this is not carried, either way. */
const LONGEST = 100_000;

type Bytes = Uint8Array<ArrayBuffer>;

export class TooLong extends Error {}

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

async function pack(code: string): Promise<string> {
  const bytes = new TextEncoder().encode(code);
  if (bytes.length > LONGEST) throw new TooLong();
  const packed = await through(bytes, new CompressionStream("deflate"), Infinity);
  const binary = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The code that a link carries. Rejects with TooLong, or with whatever is wrong with it. */
export async function unpack(packed: string): Promise<string> {
  if (packed.length > 2 * LONGEST) throw new TooLong();
  const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const code = await through(bytes, new DecompressionStream("deflate"), LONGEST);
  return new TextDecoder("utf-8", { fatal: true }).decode(code);
}

/** No more than `limit` bytes are ever made of the input. */
async function through(bytes: BufferSource, change: GenericTransformStream, limit: number): Promise<Bytes> {
  const chunks: Bytes[] = [];
  let length = 0;
  const changed = new Blob([bytes]).stream().pipeThrough(change as ReadableWritablePair<Bytes>);
  for (const reader = changed.getReader(); ; ) {
    const { value, done } = await reader.read();
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    chunks.push(value);
    length += value.length;
    if (length > limit) {
      void reader.cancel();
      throw new TooLong();
    }
  }
}
