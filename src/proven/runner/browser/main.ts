/** Page entry: makes the verified blocks of the page run. */

import { Block } from "./block.ts";
import { element, find } from "./dom.ts";
import { Session } from "./session.ts";

/** The folder of the runtime, beside the runner's own; written in when it is compiled. */
declare const RUNTIME: string;

function isSupported(): boolean {
  const fromDisk = location.protocol === "file:"; // where no module worker starts
  return !fromDisk && [globalThis.Worker, globalThis.WebAssembly, globalThis.DecompressionStream].every(Boolean);
}

/** Load Python when a reader turns to a block; a finger may be there only to scroll, unless it is on a button. */
function warmUpOnIntent(root: HTMLElement, session: Session): void {
  const warmUp = (): void => session.warmUp();
  root.addEventListener("focusin", (event) => root.contains(event.relatedTarget as Node | null) || warmUp());
  root.addEventListener("pointerenter", (event) => event.pointerType === "touch" || warmUp());
  find(root, ".pp-actions").addEventListener("pointerdown", warmUp);
}

function sayUnsupported(root: HTMLElement): void {
  const reason = "This browser cannot run Python here; the output below was recorded.";
  find(root, ".pp-code").after(element("p", { className: "pp-reason" }, reason));
}

function enhance(script: HTMLScriptElement): void {
  const runtime = new URL(`../runtime/${RUNTIME}/`, script.src);
  const session = new Session(new URL("worker.js", script.src), runtime);
  for (const [index, root] of document.querySelectorAll<HTMLElement>(".pp-block").entries()) {
    if (!("runnable" in root.dataset)) continue;
    if (!isSupported()) {
      sayUnsupported(root);
      continue;
    }
    new Block(root, index + 1, session);
    warmUpOnIntent(root, session);
  }
  addEventListener("pagehide", () => session.dispose());
}

enhance(document.currentScript as HTMLScriptElement);
