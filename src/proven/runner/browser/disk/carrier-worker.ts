/** Worker entry where scripts carry files: asks the page for them, then does what the worker at an address does. */

import type { Carried, FromCarrier, ToCarrier } from "../protocol.ts";
import type { InWorker } from "./carried.ts";
import { unpack } from "./unpack.ts";

interface Waiting {
  resolve(content: Blob): void;
  reject(problem: Error): void;
}

const waiting = new Map<string, Waiting>();
const asked = new Map<string, Promise<Blob>>();
const kept = new Map<string, Uint8Array>();

const post = postMessage.bind(globalThis);
const send = (message: FromCarrier): void => post({ carried: message } satisfies Carried<FromCarrier>);

function get(url: string): Promise<Blob> {
  const pending = asked.get(url);
  if (pending) return pending;
  const content = new Promise<Blob>((resolve, reject) => waiting.set(url, { resolve, reject }));
  asked.set(url, content);
  content.catch(() => asked.delete(url)); // it may be there the next time
  send({ kind: "wants", url });
  return content;
}

function receive(message: Exclude<ToCarrier, { kind: "begin" }>): void {
  const { url } = message;
  const { resolve, reject } = waiting.get(url)!;
  if (message.kind === "missing") return reject(new Error(message.problem));
  if (message.content instanceof Blob) return resolve(message.content);
  try {
    const content = unpack(message.content, url);
    send({ kind: "unpacked", url, content });
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

addEventListener("message", (event: MessageEvent<Carried<ToCarrier>>) => {
  const message = event.data?.carried;
  if (!message) {
    if (!begun) early.push(event.data);
    return;
  }
  event.stopImmediatePropagation();
  if (message.kind !== "begin") return receive(message);
  begin(message.url).catch((error: Error) => setTimeout(() => { throw error; })); // the page hears it as the worker's
});

globalThis.provenCarried = { worker };
globalThis.fetch = async (input) => new Response(await get(input instanceof Request ? input.url : String(input)));

/** As in a worker that is a module: Pyodide looks whether it is one. */
Object.assign(globalThis, {
  importScripts() {
    throw new TypeError("a module does not import scripts");
  },
});
