/** Verifies blocks in one Pyodide build: a job a line on stdin, a report a line on stdout.
 *
 * Usage: node worker.ts PYODIDE_FOLDER HARNESS_JSON [SNAPSHOT]
 *
 * Reports: {"ready": true} once, then for each job {"sources": [...]} one
 * {"outcome": {...}, "output": [[stream, text], ...]} or {"crash": "..."}.
 */

import { readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { type Harness, Interpreter, type LoadPyodide } from "../interpreter.ts";
import type { Source, Stream } from "../protocol.ts";

const [folder, harnessFile, snapshotFile] = process.argv.slice(2) as [string, string, string?];
const harness = JSON.parse(readFileSync(harnessFile, "utf8")) as Harness;
const { loadPyodide } = (await import(pathToFileURL(`${folder}/pyodide.mjs`).href)) as { loadPyodide: LoadPyodide };

const quiet = { stdout: () => {}, stderr: () => {} };

const snapshot = snapshotFile ? gunzipSync(readFileSync(snapshotFile)) : null;

function report(message: object): void {
  writeSync(1, `${JSON.stringify(message)}\n`);
}

async function verify(sources: Source[]): Promise<object> {
  const interpreter = snapshot
    ? await Interpreter.fromSnapshot(loadPyodide, quiet, snapshot)
    : await Interpreter.plain(loadPyodide, quiet, harness);
  interpreter.confine();
  const output: [Stream, string][] = [];
  const outcome = interpreter.run(sources, (stream, text) => output.push([stream, text]));
  return { outcome, output };
}

report({ ready: true });
for await (const line of createInterface({ input: process.stdin })) {
  const { sources } = JSON.parse(line) as { sources: Source[] };
  report(await verify(sources).catch((error: unknown) => ({ crash: String(error) })));
}
