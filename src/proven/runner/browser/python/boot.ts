/** Starts an interpreter in a worker from the files of a runtime folder. */

import { type Harness, Interpreter, type LoadPyodide, plain, type Pyodide } from "../../interpreter.ts";
import { restored } from "../../snapshot.ts";
import { importModule } from "../disk/carried.ts";
import { type Count, counted, get, getJson, type Progress } from "../loading/fetch.ts";
import type { Runtime, Start } from "../protocol.ts";
import { type Beat, heartbeat } from "./heartbeat.ts";
import { fetchLibraryLazily } from "./lazy-library.ts";
import { meter } from "./meter.ts";

export interface Booted {
  interpreter: Interpreter;
  beat: Beat;
  start: Start;
}

const QUIET = { stdout: () => {}, stderr: () => {} };

/** What a script carries has the same modules at other places than the file that a snapshot was made with. */
const FORGET_LIBRARY = "import importlib; importlib.invalidate_caches(); del importlib";

const LIBRARY = "python_stdlib.zip";
const BINARY = "pyodide.asm.wasm";

async function getSnapshot(folder: string, count: Count): Promise<Uint8Array> {
  const { body } = counted(await get(`${folder}snapshot.bin`), count);
  const memory = new Response(body!.pipeThrough(new DecompressionStream("gzip")));
  return new Uint8Array(await memory.arrayBuffer());
}

async function compile(url: string, count: Count): Promise<WebAssembly.Module> {
  const response = counted(await get(url), count);
  const named = response.headers.get("content-type")?.startsWith("application/wasm");
  return named ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Calls `lose` when a file that Pyodide fetches is missing, which Pyodide waits for without end. */
function watchFetches(count: Count, lose: (reason: Error) => void): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    try {
      const response = await fetch(input, init);
      if (!response.ok) lose(new Error(`${url} answers ${response.status}`));
      return counted(response, count);
    } catch (error) {
      lose(new Error(`${url} cannot be reached`));
      throw error;
    }
  };
}

/** Answer nothing to Pyodide's own requests for files that it gets otherwise; gives back what undoes it. */
function withhold(...names: string[]): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return names.some((name) => url.endsWith(name)) ? new Response() : fetch(input, init);
  };
  return () => void (globalThis.fetch = fetch);
}

async function startFromSnapshot(load: LoadPyodide, folder: string, parts: Parts): Promise<Pyodide> {
  const undo = withhold(BINARY, LIBRARY);
  try {
    const carried = globalThis.provenCarried?.worker;
    await carried?.keep(`${folder}${LIBRARY}`); // nothing can be got while a program waits
    const pyodide = await restored(load, QUIET, parts.snapshot, parts.compiled);
    fetchLibraryLazily(pyodide, `${folder}${LIBRARY}`);
    if (carried) pyodide.runPython(FORGET_LIBRARY);
    return pyodide;
  } finally {
    undo();
  }
}

interface Main {
  loadPyodide: LoadPyodide;
}

/** Before Python 3.14 it leaves what it makes where Pyodide looks for it. */
interface Script {
  default?: unknown;
}

/** What is fetched while Pyodide's own script is on its way. */
interface Parts {
  snapshot: Promise<Uint8Array>;
  compiled: Promise<WebAssembly.Module>;
}

async function start({ folder, script }: Runtime, parts: Parts | null): Promise<Booted> {
  const modules = [importModule(`${folder}pyodide.js`), importModule(`${folder}${script}`)];
  const [{ loadPyodide }, { default: createPyodideModule }] = (await Promise.all(modules)) as [Main, Script];
  let beat: Beat;
  const load: LoadPyodide = async (options) => {
    const pyodide = await loadPyodide({ indexURL: folder, createPyodideModule, ...options });
    beat = heartbeat(pyodide);
    return pyodide;
  };
  if (parts) {
    try {
      const interpreter = new Interpreter(await startFromSnapshot(load, folder, parts));
      return { interpreter, beat: beat!, start: "snapshot" };
    } catch {} // whatever it was, there is another way
  }
  const harness = await getJson<Harness>(`${folder}harness.json`);
  const interpreter = new Interpreter(await plain(load, QUIET, harness));
  return { interpreter, beat: beat!, start: "plain" };
}

function fetchParts({ folder }: Runtime, count: Count): Parts {
  const parts = { snapshot: getSnapshot(folder, count), compiled: compile(`${folder}${BINARY}`, count) };
  for (const part of Object.values(parts)) part.catch(() => {}); // handled where it is awaited, which may be after it fails
  return parts;
}

/** Start from the snapshot where there is one, or plainly if that fails for whatever reason. */
export function boot(runtime: Runtime, how: Start, progress: Progress = () => {}): Promise<Booted> {
  const count = meter(runtime.folder, progress);
  const parts = how === "snapshot" ? fetchParts(runtime, count) : null;
  return new Promise((resolve, reject) => {
    watchFetches(count, reject);
    start(runtime, parts).then(resolve, reject);
  });
}
