/** Page entry: makes the verified blocks of the page run. */

import { arrive } from "./arrival.ts";
import { Block } from "./block.ts";
import { element, find } from "./dom.ts";
import type { EditorModule } from "./editor.ts";
import { InterpreterWorker } from "./interpreter-worker.ts";
import { Loader } from "./loader.ts";
import { Offline } from "./offline.ts";
import { reachWhatScrolls } from "./scrollable.ts";
import { Session } from "./session.ts";

/** The folder of the runtimes, beside the runner's own, and the version that starts without a snapshot; written in when compiled. */
declare const RUNTIME: { folder: string; withoutSnapshot: string };

/** The folder of the packages, likewise. */
declare const PACKAGES: string;

function isSupported(): boolean {
  const fromDisk = location.protocol === "file:"; // where no module worker starts
  return !fromDisk && [globalThis.Worker, globalThis.WebAssembly, globalThis.DecompressionStream].every(Boolean);
}

/** Load Python when a reader turns to a block; a finger may be there only to scroll, unless it is on a button. */
function warmUpOnIntent(root: HTMLElement, block: Block): void {
  const warmUp = (): void => block.warmUp();
  root.addEventListener("focusin", (event) => root.contains(event.relatedTarget as Node | null) || warmUp());
  root.addEventListener("pointerenter", (event) => event.pointerType === "touch" || warmUp());
  find(root, ".pp-actions").addEventListener("pointerdown", warmUp);
}

function sayUnsupported(root: HTMLElement): void {
  const reason = "This browser cannot run Python here; the output below was recorded.";
  find(root, ".pp-code").after(element("p", { className: "pp-reason" }, reason));
}

function enhance(script: HTMLScriptElement): void {
  const offline = new Offline(new URL("../../service-worker.js", script.src));
  const session = new Session((version) => {
    const folder = (name: string): string => new URL(`../${name}/`, script.src).href;
    const folders = { runtime: folder(`runtime/${RUNTIME.folder}/${version}`), packages: folder(`packages/${PACKAGES}`) };
    const start = version === RUNTIME.withoutSnapshot ? "plain" : "snapshot";
    const started = (): void => void offline.keep(folders.runtime);
    return new InterpreterWorker(new URL("worker.js", script.src), folders, start, started);
  });
  const editor = new Loader<EditorModule>(new URL("editor.js", script.src));
  const blocks = new Map<string, Block>();
  for (const [index, root] of document.querySelectorAll<HTMLElement>(".pp-block").entries()) {
    if (!("runnable" in root.dataset)) continue;
    if (!isSupported()) {
      sayUnsupported(root);
      continue;
    }
    const block = new Block(root, index + 1, session, editor);
    blocks.set(root.id, block);
    warmUpOnIntent(root, block);
  }
  arrive(blocks);
  reachWhatScrolls(document.querySelectorAll<HTMLElement>(".pp-output > pre"));
  addEventListener("pagehide", () => session.dispose());
}

enhance(document.currentScript as HTMLScriptElement);
