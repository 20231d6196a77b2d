/** Unpacks what a script carries: a file, compressed with Zstandard, in base64. */

import { decompress } from "fzstd";

const TYPES: Record<string, string> = { wasm: "application/wasm", json: "application/json", md: "text/markdown" };

/** What a server would say of a file. */
export function typeOf(url: string): string {
  const end = url.slice(url.lastIndexOf(".") + 1);
  return TYPES[end] ?? (/^m?js$/.test(end) ? "text/javascript" : "application/octet-stream");
}

export function unpack(packed: string, url: string): Blob {
  const bytes = decompress(Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)));
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: typeOf(url) });
}
