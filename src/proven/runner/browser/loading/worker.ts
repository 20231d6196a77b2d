/** Workers of the page, and what goes wrong with them as a message like others. */

import type {} from "../disk/carried.ts";
import type { Failed } from "../protocol.ts";

/** A worker that takes messages of one union, and gives those of another. */
export class PageWorker<To, From> {
  private readonly worker: Worker;

  constructor(url: URL, name: string, receive: (message: From | Failed) => void) {
    this.worker = start(url, name);
    this.worker.onmessage = ({ data }: MessageEvent<From>) => receive(data);
    this.worker.onerror = (event) => {
      event.preventDefault(); // the block reports it
      receive({ kind: "failed", reason: event.message || `${url} cannot be loaded` });
    };
  }

  send(message: To): void {
    this.worker.postMessage(message);
  }

  /** End it; nothing more is heard of it, not even what is on its way. */
  terminate(): void {
    this.worker.onmessage = this.worker.onerror = null;
    this.worker.terminate();
  }
}

/** A worker from an address would be without the page's Content-Security-Policy; one from a Blob has it. */
function start(url: URL, name: string): Worker {
  const { page } = globalThis.provenCarried ?? {};
  if (page) return page.startWorker(url, name);
  const script = new Blob([`import ${JSON.stringify(url.href)};`], { type: "text/javascript" });
  const address = URL.createObjectURL(script);
  const worker = new Worker(address, { type: "module", name });
  worker.addEventListener("message", () => URL.revokeObjectURL(address), { once: true });
  return worker;
}
