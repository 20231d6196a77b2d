/** Code in an address: `pack(code)`, `unpack(packed)`. */

/** More code than this is not carried, either way. */
const LONGEST = 100_000;

type Bytes = Uint8Array<ArrayBuffer>;

export class TooLong extends Error {}

/** Code for a fragment. Rejects with TooLong. */
export async function pack(code: string): Promise<string> {
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
