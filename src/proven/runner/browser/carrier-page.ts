/** Page entry, before all others, where scripts carry files: gets them, and starts workers that ask for them. */

import type { Page } from "./disk/carried.ts";
import { typeOf, unpack } from "./disk/unpack.ts";
import type { Carried, FromCarrier, ToCarrier } from "./protocol.ts";

/** What such a worker runs first; written in when compiled. */
declare const CARRIER_WORKER: string;

/** Files by address, as they were carried, or unpacked once a worker has done that. */
const files = new Map<string, Promise<string | Blob>>();

type Carrier = HTMLScriptElement & { packed?: string };

globalThis.provenCarry = (packed) => void ((document.currentScript as Carrier).packed = packed);

function load(url: string): Promise<string> {
  const script: Carrier = document.createElement("script");
  script.src = `${url}.js`;
  return new Promise((resolve, reject) => {
    script.onload = () => (script.remove(), resolve(script.packed ?? ""));
    script.onerror = () => (script.remove(), reject(new Error(`${url} cannot be reached`)));
    document.head.append(script);
  });
}

function get(url: string): Promise<string | Blob> {
  const file = files.get(url) ?? load(url);
  files.set(url, file);
  file.catch(() => files.delete(url)); // it may be there the next time
  return file;
}

async function unpacked(url: string): Promise<Blob> {
  const content = await get(url);
  const blob = content instanceof Blob ? content : unpack(content, url);
  files.set(url, Promise.resolve(blob));
  return blob;
}

const BareWorker = globalThis.Worker;

function startWorker(url: URL, name = ""): Worker {
  const address = URL.createObjectURL(new Blob([CARRIER_WORKER], { type: typeOf(".js") }));
  const worker = new BareWorker(address, { name });
  const send = (message: ToCarrier): void => worker.postMessage({ carried: message } satisfies Carried<ToCarrier>);
  worker.addEventListener("message", (event: MessageEvent<Carried<FromCarrier>>) => {
    const message = event.data?.carried;
    if (!message) return;
    event.stopImmediatePropagation(); // it is not for those who use the worker
    const { url } = message;
    if (message.kind === "unpacked") return void files.set(url, Promise.resolve(message.content));
    get(url).then(
      (content) => send({ kind: "file", url, content }),
      ({ message: problem }: Error) => send({ kind: "missing", url, problem }),
    );
  });
  worker.addEventListener("message", () => URL.revokeObjectURL(address), { once: true });
  send({ kind: "begin", url: url.href });
  return worker;
}

async function importModule(url: string): Promise<unknown> {
  return import(URL.createObjectURL(await unpacked(url)));
}

/** The theme starts its search by itself. */
globalThis.Worker = new Proxy(BareWorker, {
  construct: (_, [url, options]: ConstructorParameters<typeof Worker>) =>
    startWorker(new URL(url, document.baseURI), options?.name),
});

const page: Page = { startWorker, importModule };
globalThis.provenCarried = { page };

const fetchAway = globalThis.fetch;
const site = new URL("../../", (document.currentScript as HTMLScriptElement).src).href;

globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input, document.baseURI).href;
  return url.startsWith(site) ? new Response(await unpacked(url)) : fetchAway(input, init);
};
