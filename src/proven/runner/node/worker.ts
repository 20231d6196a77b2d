/** Verifies blocks in one Pyodide build: a job a line on stdin, a report a line on stdout.
 *
 * Usage: node worker.ts PYODIDE_FOLDER HARNESS_JSON [SNAPSHOT]
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
import type { Source } from "../protocol.ts";
import { restored } from "../snapshot.ts";
import { bare, bound } from "./bare.ts";
import { Checkpoint } from "./checkpoint.ts";
import { keepTo } from "./files.ts";

const DIRECTORY = "/home/block";

const [folder, harnessFile, snapshotFile] = process.argv.slice(2) as [string, string, string?];
const harness = JSON.parse(readFileSync(harnessFile, "utf8")) as Harness;
const snapshot = snapshotFile ? gunzipSync(readFileSync(snapshotFile)) : null;

bound();
const { loadPyodide } = (await import(pathToFileURL(`${folder}/pyodide.mjs`).href)) as { loadPyodide: LoadPyodide };

/** An interpreter whose block may write in one directory and nowhere else. */
async function open() {
  const quiet = { stdout: () => {}, stderr: () => {} };
  const started = snapshot ? restored(loadPyodide, quiet, snapshot) : plain(loadPyodide, quiet, harness);
  const interpreter = new Interpreter(await started);
  interpreter.pyodide.runPython(
    `import os, proven.harness.confine as confine\nos.mkdir("${DIRECTORY}"); os.chdir("${DIRECTORY}")\n` +
      `confine.confine("${DIRECTORY}")`,
  );
  keepTo(interpreter.pyodide.FS as unknown as Parameters<typeof keepTo>[0], DIRECTORY);
  return { interpreter, checkpoint: new Checkpoint(interpreter.pyodide, DIRECTORY) };
}

const jobs = createInterface({ input: process.stdin });
const { interpreter, checkpoint } = await open();
bare();

/** Run a block; `last` when this process is not fit for another. */
function answer(sources: Source[]): { report?: string; crash?: string; last: boolean } {
  try {
    const report = withoutPowers(() => interpreter.report(sources));
    return { report, last: !checkpoint.restore() };
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
  const said = answer(sources);
  say(said);
  if (said.last) break;
}
