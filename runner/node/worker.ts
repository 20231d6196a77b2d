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
import { Checkpoint } from "./checkpoint.ts";

const DIRECTORY = "/home/block";

const [folder, harnessFile, snapshotFile] = process.argv.slice(2) as [string, string, string?];
const harness = JSON.parse(readFileSync(harnessFile, "utf8")) as Harness;
const snapshot = snapshotFile ? gunzipSync(readFileSync(snapshotFile)) : null;
const { loadPyodide } = (await import(pathToFileURL(`${folder}/pyodide.mjs`).href)) as { loadPyodide: LoadPyodide };

interface Workplace {
  interpreter: Interpreter;
  checkpoint: Checkpoint;
}

/** An interpreter whose block may write in one directory and nowhere else. */
async function open(): Promise<Workplace> {
  const quiet = { stdout: () => {}, stderr: () => {} };
  const interpreter = snapshot
    ? await Interpreter.fromSnapshot(loadPyodide, quiet, snapshot)
    : await Interpreter.plain(loadPyodide, quiet, harness);
  interpreter.pyodide.runPython(
    `import os, proven.harness.confine as confine\nos.mkdir("${DIRECTORY}"); os.chdir("${DIRECTORY}")\n` +
      `confine.confine("${DIRECTORY}")`,
  );
  return { interpreter, checkpoint: new Checkpoint(interpreter.pyodide, DIRECTORY) };
}

let workplace: Workplace | null = await open();

async function verify(sources: Source[]): Promise<object> {
  const { interpreter, checkpoint } = workplace ?? (await open());
  workplace = null; // until it is known to be as it was
  const output: [Stream, string][] = [];
  const outcome = interpreter.run(sources, (stream, text) => output.push([stream, text]));
  if (checkpoint.restore()) workplace = { interpreter, checkpoint };
  return { outcome, output };
}

function report(message: object): void {
  writeSync(1, `${JSON.stringify(message)}\n`);
}

report({ ready: true });
for await (const line of createInterface({ input: process.stdin })) {
  const { sources } = JSON.parse(line) as { sources: Source[] };
  report(await verify(sources).catch((error: unknown) => ({ crash: String(error) })));
}
