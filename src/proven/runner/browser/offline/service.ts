/** The service worker, where the build has made one: registers it, and asks it to keep what runs take. */

import type { ToServiceWorker } from "../protocol.ts";

/** What the reader came for goes first. */
const QUIET_MS = 3000;

const idle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work)); // Safari has none

/** A page that is never idle is kept all the same. */
const BUSY_MS = 2000;

/** Whether the site can be kept; in a window without HTTPS, or in some that are private, it cannot. */
export function isOffered(): boolean {
  const isMade = document.querySelector('meta[name="proven-offline"]') !== null;
  return isMade && "serviceWorker" in navigator && "caches" in globalThis;
}

function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData: boolean } };
  return Boolean(connection?.saveData);
}

/** Have all pages kept; the same as before where they are already.
 *
 * @throws When they cannot be fetched.
 */
export async function keepPages(script: URL): Promise<void> {
  const { active, installing, waiting } = await register(script);
  const worker = active ?? waiting ?? installing!;
  const settled = ["activated", "redundant"];
  if (!settled.includes(worker.state)) {
    await new Promise<void>((resolve) => {
      worker.addEventListener("statechange", () => settled.includes(worker.state) && resolve());
    });
  }
  if (worker.state === "redundant") throw new Error("The pages cannot be fetched");
}

function register(script: URL): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.register(script, { updateViaCache: "none" });
}

export class Offline {
  private readonly wanted = isOffered() && !savesData();

  constructor(script: URL) {
    if (!this.wanted) return;
    const start = (): void => void register(script).catch(() => {}); // a site that cannot be kept is still a site
    setTimeout(() => idle(start, { timeout: BUSY_MS }), QUIET_MS);
  }

  /** Keep the files that a run takes, since there has been one. */
  async keep(folder: string): Promise<void> {
    if (!this.wanted) return;
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ keep: folder } satisfies ToServiceWorker);
  }
}
