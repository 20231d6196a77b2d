/** Page entry: makes the verified blocks of the page run. */

import type {} from "./disk/carried.ts";
import { element, find } from "./document/element.ts";
import { openFolds } from "./document/folds.ts";
import { hideButtonLandmarks } from "./document/landmarks.ts";
import { whenNear } from "./document/near.ts";
import { cueWhatScrolls, focusWhatScrolls } from "./document/scrollable.ts";
import { Loader } from "./loading/module.ts";
import type { MeasuredModule } from "./measured/view.ts";
import { Offline } from "./offline/service.ts";
import { restoreEdits } from "./page/restore.ts";
import { Block, type Modules } from "./page/block.ts";
import { Blocks } from "./page/blocks.ts";
import { addCopyButton } from "./page/copy.ts";
import { Edits } from "./page/edits.ts";
import { PythonChoice } from "./page/python.ts";
import type { Runtime, Tool } from "./protocol.ts";
import { InterpreterWorker } from "./python/client.ts";
import { Session } from "./python/session.ts";
import { makeTabs } from "./rules/compare.ts";
import { addCopyButtons } from "./rules/copy-buttons.ts";
import type { ScanModule } from "./own-code/view.ts";
import { Checker } from "./tools/client.ts";
import type { Checkers } from "./tools/panel.ts";

/** The folder of the runtimes, beside the runner's own, the version that starts without a snapshot, and Pyodide's script in each; written in when compiled. */
declare const RUNTIME: { folder: string; withoutSnapshot: string; scripts: Record<string, string> };

/** The folder of the packages, likewise. */
declare const PACKAGES: string;

/** The folder of mypy and Ruff, and the Python that mypy needs; null on a site that does not run that. */
declare const CHECKERS: { folder: string; python: string } | null;

function isSupported(): boolean {
  const reachable = location.protocol !== "file:" || globalThis.provenCarried; // else no module worker starts
  return Boolean(reachable) && [globalThis.Worker, globalThis.WebAssembly, globalThis.DecompressionStream].every(Boolean);
}

/** Load Python when a reader turns to a block; a finger may be there only to scroll, unless it is on a button. */
function warmUpOnIntent(root: HTMLElement, block: Block): void {
  const warmUp = (): void => block.warmUp();
  root.addEventListener("focusin", (event) => root.contains(event.relatedTarget as Node | null) || warmUp());
  root.addEventListener("pointerenter", (event) => event.pointerType === "touch" || warmUp());
  find(root, ".pp-actions").addEventListener("pointerdown", warmUp);
}

/** The choice of a Python, beside the page's title, or above its first block. */
function choosePython(roots: HTMLElement[]): PythonChoice {
  const runnable = roots.filter((root) => "runnable" in root.dataset);
  const data = runnable.map((root) => JSON.parse(find(root, ".pp-data").textContent) as { version: string; errors: object });
  const versions = [...new Set(data.flatMap(({ errors }) => Object.keys(errors)))].sort(inOrder);
  const offered = most(data.map(({ version }) => version));
  const place = document.querySelector<HTMLElement>(".pp-python") ?? element("p", { className: "pp-python" });
  if (!place.isConnected && isSupported() && versions.length > 1) runnable[0]?.before(place);
  return new PythonChoice(place, isSupported() ? versions : [], offered);
}

/** The value that there is most often; "" where there is none. */
function most(values: string[]): string {
  const count = (value: string): number => values.filter((other) => other === value).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best), "");
}

/** Versions have numbers: 3.9 is older than 3.10. */
const inOrder = new Intl.Collator("en", { numeric: true }).compare;

function sayUnsupported(root: HTMLElement): void {
  const reason = "This browser cannot run Python here; the output below was recorded.";
  find(root, ".pp-code").after(element("p", { className: "pp-reason" }, reason));
}

function runtimeOf(script: HTMLScriptElement, version: string): Runtime {
  const { href } = new URL(`../runtime/${RUNTIME.folder}/${version}/`, script.src);
  return { folder: href, script: RUNTIME.scripts[version]! };
}

function makeCheckers(script: HTMLScriptElement, { folder, python }: typeof CHECKERS & {}, offline: Offline): Checkers {
  const beside = (name: string): URL => new URL(name, script.src);
  const runtime = runtimeOf(script, python);
  const detectors = document.querySelector<HTMLElement>(".pp-facts")?.dataset["ruff"]?.split(" ") ?? [];
  const make = (tool: Tool, ...kept: string[]): Checker => {
    const own = beside(`../checkers/${folder}/${tool.toLowerCase()}/`).href;
    const folders = { site: beside("../../").href, runtime, tool: own };
    const started = (): void => [own, ...kept].forEach((folder) => void offline.keep(folder));
    return new Checker(tool, beside(`${tool.toLowerCase()}-worker.js`), folders, detectors, started);
  };
  return { Types: make("mypy", runtime.folder), Lint: make("Ruff") };
}

function sayScanLacks(): void {
  document.querySelector(".pp-scan-none")?.classList.add("pp-scan-lacks");
}

/** The page for a reader's own code. */
function offerScan(form: HTMLFormElement, script: HTMLScriptElement, modules: Modules, mypy: Checker, offline: Offline): void {
  const beside = (name: string): URL => new URL(name, script.src);
  const folder = beside(`../checkers/${CHECKERS!.folder}/`).href;
  const kept = ["ruff/", "ast-grep/"].map((name) => folder + name);
  const tools = { script: beside("scan-worker.js"), folder, site: beside("../../").href, mypy };
  const started = (): void => kept.forEach((each) => void offline.keep(each));
  const offer = ({ attach }: ScanModule): void => attach(form, modules.editor, { ...tools, started });
  new Loader<ScanModule>(beside("scan.js")).load().then(offer, sayScanLacks);
}

/** What single kinds of pages have. */
function enhanceRules(script: HTMLScriptElement): void {
  const citations = document.querySelector<HTMLElement>(".pp-take");
  if (citations) addCopyButtons(citations, new URL("../../", script.src).href);
  const frame = document.querySelector<HTMLElement>(".pp-compare");
  if (frame) makeTabs(frame);
  if (document.querySelector(".pp-filter")) {
    document.head.append(element("script", { src: new URL("rules.js", script.src).href }));
  }
}

function enhance(script: HTMLScriptElement): void {
  const offline = new Offline(new URL("../../service-worker.js", script.src));
  const session = new Session((version) => {
    const packages = new URL(`../packages/${PACKAGES}/`, script.src).href;
    const folders = { runtime: runtimeOf(script, version), packages };
    const start = version === RUNTIME.withoutSnapshot ? "plain" : "snapshot";
    const started = (): void => void offline.keep(folders.runtime.folder);
    return new InterpreterWorker(new URL("worker.js", script.src), folders, start, started);
  });
  const modules: Modules = {
    editor: new Loader(new URL("editor.js", script.src)),
    terminal: new Loader(new URL("terminal.js", script.src)),
  };
  const measured = new Loader<MeasuredModule>(new URL("measured.js", script.src));
  const checkers = CHECKERS && makeCheckers(script, CHECKERS, offline);
  const roots = [...document.querySelectorAll<HTMLElement>(".pp-block:has(> .pp-data)")];
  const python = choosePython(roots);
  const edits = new Edits(document.querySelectorAll<HTMLDetailsElement>(".pp-program-file"), roots, modules.editor);
  const blocks = new Blocks();
  for (const root of roots) {
    const runnable = "runnable" in root.dataset;
    if (isSupported()) {
      blocks.add(root, () => {
        const number = Number(/\d+$/.exec(root.id));
        const block = new Block(root, number, session, python, modules, checkers, edits);
        if (runnable) warmUpOnIntent(root, block);
        const figure = document.getElementById(`measured-${number}`);
        if (figure && runnable) {
          const offer = (): Promise<void> => measured.load().then(({ attach }) => attach(figure, session, block));
          whenNear(figure, () => void offer().catch(() => {})); // it stays as it is
        }
        return block;
      });
    } else if (runnable) {
      sayUnsupported(root);
    }
  }
  document.querySelectorAll<HTMLElement>(".pp-block:not(:has(> .pp-data))").forEach(addCopyButton);
  enhanceRules(script);
  const form = document.querySelector<HTMLFormElement>(".pp-scan");
  if (form && checkers && isSupported()) offerScan(form, script, modules, checkers.Types, offline);
  else if (form) sayScanLacks();
  openFolds();
  hideButtonLandmarks(document.querySelector("article") ?? document.body);
  restoreEdits(blocks);
  cueWhatScrolls(document.querySelectorAll<HTMLElement>(".pp-code"));
  focusWhatScrolls(document.querySelectorAll<HTMLElement>(".pp-output > pre, .pp-table, pre > code"));
  // Themes wrap tables once they are loaded.
  addEventListener("load", () => focusWhatScrolls(document.querySelectorAll<HTMLElement>(".md-typeset__scrollwrap")));
  addEventListener("pagehide", () => {
    session.dispose();
    for (const checker of Object.values(checkers ?? {})) checker.dispose();
  });
}

enhance(document.currentScript as HTMLScriptElement);
