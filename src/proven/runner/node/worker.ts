/** Verifies blocks in one Pyodide build: a job a line on stdin, a report a line on stdout.
 *
 * Usage: node worker.ts PYODIDE_FOLDER HARNESS_JSON PACKAGES_JSON WHEELS_FOLDER [SNAPSHOT]
 *
 * Reports: {"ready": true} once, then for each job {"sources": [...]} one
 * {"report": "...", "last": false} or {"crash": "...", "last": true}. A report is text that
 * the block may have written itself; after the last one the process ends.
 */

import { readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { type Harness, Interpreter, type LoadPyodide, plain } from "../interpreter.ts";
import { withoutPowers } from "../isolation.ts";
import type { Source } from "../job.ts";
import { type Index, loadPackages } from "../packages.ts";
import { restored } from "../snapshot.ts";
import { stripNode, guardNode } from "./isolation.ts";
import { Checkpoint } from "./checkpoint.ts";
import { makeReadOnlyOutside } from "./read-only.ts";

const DIRECTORY = "/home/block";

const [folder, harnessFile, indexFile, wheels, snapshotFile] = process.argv.slice(2) as [
  ...[string, string, string, string],
  string?,
];
const harness = JSON.parse(readFileSync(harnessFile, "utf8")) as Harness;
const index = JSON.parse(readFileSync(indexFile, "utf8")) as Index;
const snapshot = snapshotFile ? gunzipSync(readFileSync(snapshotFile)) : null;

guardNode();
const { loadPyodide } = (await import(pathToFileURL(`${folder}/pyodide.mjs`).href)) as { loadPyodide: LoadPyodide };

/** An interpreter in a directory for its block, who may write there only. */
async function open() {
  const quiet = { stdin: () => null, stdout: () => {}, stderr: () => {} }; // Node's own may not be synchronised
  const started = snapshot ? restored(loadPyodide, quiet, snapshot) : plain(loadPyodide, quiet, harness);
  const interpreter = new Interpreter(await started);
  interpreter.limitStack();
  interpreter.pyodide.runPython(`import os; os.mkdir("${DIRECTORY}"); os.chdir("${DIRECTORY}")`);
  makeReadOnlyOutside(interpreter.pyodide.FS as unknown as Parameters<typeof makeReadOnlyOutside>[0], DIRECTORY);
  return { interpreter, checkpoint: new Checkpoint(interpreter.pyodide, DIRECTORY) };
}

const jobs = createInterface({ input: process.stdin });
const { interpreter, checkpoint } = await open();
stripNode();

/** Run a block; `last` when this process is not fit for another: packages are not undone. */
async function answer(sources: Source[]): Promise<{ report?: string; crash?: string; last: boolean }> {
  try {
    const loaded = await loadPackages(interpreter, sources, {
      index: async () => index,
      wheel: async (file) => readFileSync(`${wheels}/${file}`),
    });
    interpreter.pyodide.runPython(`import proven.harness.confine as it; it.confine("${DIRECTORY}"); del it`);
    const report = withoutPowers(() => interpreter.report(sources));
    return { report, last: loaded || !checkpoint.restore() };
  } catch (error) {
    return { crash: String(error), last: true };
  }
}

function say(message: object): void {
  writeSync(1, `${JSON.stringify(message)}\n`);
}

say({ ready: true });
for await (const line of jobs) {
  const { sources } = JSON.parse(line) as { sources: Source[] };
  const said = await answer(sources);
  say(said);
  if (said.last) break;
}
