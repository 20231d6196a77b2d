/** Starts an interpreter in a worker from the files of a runtime folder. */

import { type Harness, Interpreter, type LoadPyodide, type Pyodide } from "../interpreter.ts";
import { type Beat, heartbeat } from "./heartbeat.ts";
import type { Start } from "./messages.ts";

export interface Booted {
  interpreter: Interpreter;
  beat: Beat;
  start: Start;
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response;
}

async function getSnapshot(runtime: string): Promise<Uint8Array> {
  const { body } = await get(`${runtime}snapshot.bin`);
  const memory = new Response(body!.pipeThrough(new DecompressionStream("gzip")));
  return new Uint8Array(await memory.arrayBuffer());
}

/** Rejects when a file that Pyodide fetches is missing, which Pyodide waits for without end. */
function missingFile(): Promise<never> {
  const { fetch } = globalThis;
  return new Promise((_, reject) => {
    globalThis.fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      try {
        const response = await fetch(input, init);
        if (!response.ok) reject(new Error(`${url} answers ${response.status}`));
        return response;
      } catch (error) {
        reject(new Error(`${url} cannot be reached`));
        throw error;
      }
    };
  });
}

async function startPyodide(runtime: string, snapshot: Promise<Uint8Array>): Promise<Booted> {
  const { loadPyodide } = (await import(`${runtime}pyodide.mjs`)) as { loadPyodide: LoadPyodide };
  let beat: Beat;
  const load: LoadPyodide = async (options) => {
    const pyodide: Pyodide = await loadPyodide(options);
    beat = heartbeat(pyodide);
    return pyodide;
  };
  const quiet = { stdout: () => {}, stderr: () => {} };
  try {
    const interpreter = await Interpreter.fromSnapshot(load, quiet, snapshot);
    return { interpreter, beat: beat!, start: "snapshot" };
  } catch {
    const harness = (await (await get(`${runtime}harness.json`)).json()) as Harness;
    const interpreter = await Interpreter.plain(load, quiet, harness);
    return { interpreter, beat: beat!, start: "plain" };
  }
}

/** Start from the snapshot, or plainly if that fails for whatever reason. */
export function boot(runtime: string): Promise<Booted> {
  const snapshot = getSnapshot(runtime);
  snapshot.catch(() => {}); // handled where it is awaited, which may be after it fails
  return Promise.race([missingFile(), startPyodide(runtime, snapshot)]);
}
