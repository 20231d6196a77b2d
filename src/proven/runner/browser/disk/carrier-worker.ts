/** Worker entry where scripts carry files: asks the page for them, then does what the worker at an address does. */

import type { Gift, InWorker, Wish } from "./carried.ts";
import { unpack } from "./unpack.ts";

interface Waiting {
  resolve(content: Blob): void;
  reject(problem: Error): void;
}

const waiting = new Map<string, Waiting>();
const asked = new Map<string, Promise<Blob>>();
const kept = new Map<string, Uint8Array>();

const post = postMessage.bind(globalThis);
const say = (wish: Wish): void => post({ carried: wish });

function get(url: string): Promise<Blob> {
  const there = asked.get(url);
  if (there) return there;
  const content = new Promise<Blob>((resolve, reject) => waiting.set(url, { resolve, reject }));
  asked.set(url, content);
  content.catch(() => asked.delete(url)); // it may be there the next time
  say({ wants: url });
  return content;
}

function take(gift: Exclude<Gift, { begin: string }>): void {
  const { resolve, reject } = waiting.get(gift.url)!;
  if ("problem" in gift) return reject(new Error(gift.problem));
  if (gift.content instanceof Blob) return resolve(gift.content);
  try {
    const content = unpack(gift.content, gift.url);
    say({ unpacked: gift.url, content });
    resolve(content);
  } catch (error) {
    reject(error as Error);
  }
}

async function importModule(url: string): Promise<unknown> {
  const address = URL.createObjectURL(await get(url));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

const worker: InWorker = {
  importModule,
  keep: async (url) => void kept.set(url, new Uint8Array(await (await get(url)).arrayBuffer())),
  read: (url) => kept.get(url),
};

/** What was said before there was anyone to hear it. */
const early: unknown[] = [];
let begun = false;

async function begin(url: string): Promise<void> {
  await importModule(url);
  begun = true;
  for (const data of early) dispatchEvent(new MessageEvent("message", { data }));
}

addEventListener("message", (event: MessageEvent<{ carried?: Gift }>) => {
  const gift = event.data?.carried;
  if (!gift) {
    if (!begun) early.push(event.data);
    return;
  }
  event.stopImmediatePropagation();
  if (!("begin" in gift)) return take(gift);
  begin(gift.begin).catch((error: Error) => setTimeout(() => { throw error; })); // the page hears it as the worker's
});

globalThis.provenCarried = { worker };
globalThis.fetch = async (input) => new Response(await get(input instanceof Request ? input.url : String(input)));

/** As in a worker that is a module: Pyodide looks whether it is one. */
Object.assign(globalThis, {
  importScripts() {
    throw new TypeError("a module does not import scripts");
  },
});
