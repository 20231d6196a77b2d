/** Registers the service worker, where the build has made one, and asks it to keep what runs take. */

import type { ToServiceWorker } from "../protocol.ts";

/** What the reader came for goes first. */
const QUIET_MS = 3000;

const idle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work)); // Safari has none

/** A page that is never idle is kept all the same. */
const BUSY_MS = 2000;

function isWanted(): boolean {
  const { connection } = navigator as { connection?: { saveData: boolean } };
  const isOffered = document.querySelector('meta[name="proven-offline"]') !== null;
  return isOffered && "serviceWorker" in navigator && !connection?.saveData;
}

export class Offline {
  private readonly wanted = isWanted();

  constructor(script: URL) {
    if (!this.wanted) return;
    const register = (): void => void navigator.serviceWorker.register(script, { updateViaCache: "none" }).catch(() => {});
    setTimeout(() => idle(register, { timeout: BUSY_MS }), QUIET_MS); // a site that cannot be kept is still a site
  }

  /** Keep the files that a run takes, since there has been one. */
  async keep(folder: string): Promise<void> {
    if (!this.wanted) return;
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ keep: folder } satisfies ToServiceWorker);
  }
}
