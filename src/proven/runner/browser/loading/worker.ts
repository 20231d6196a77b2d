/** Starts workers that the page's Content-Security-Policy holds for: from an address they would have none. */

import type {} from "../disk/carried.ts";

export function startWorker(url: URL, name: string): Worker {
  const { page } = globalThis.provenCarried ?? {};
  if (page) return page.startWorker(url, name);
  const script = new Blob([`import ${JSON.stringify(url.href)};`], { type: "text/javascript" });
  const address = URL.createObjectURL(script);
  const worker = new Worker(address, { type: "module", name });
  worker.addEventListener("message", () => URL.revokeObjectURL(address), { once: true });
  return worker;
}
