/** Verifies blocks in one Pyodide build: a job a line on stdin, a report a line on stdout.
 *
 * Usage: node worker.ts PYODIDE_FOLDER HARNESS_JSON PACKAGES_JSON WHEELS_FOLDER [SNAPSHOT]
 *
 * Reports: {"ready": true} once, then for each job {"sources": [...]} one
 * {"report": "...", "last": false} or {"crash": "...", "last": true}, or {"again": true, "last": true}
 * where the packages of an earlier job are in the way: a fresh process has to do it. A report is text
 * that the block may have written itself; after the last one the process ends.
 */

import { readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { openChannel } from "../channel.ts";
import { type Harness, Interpreter, type LoadPyodide, plain, type Pyodide } from "../interpreter.ts";
import { withoutPowers } from "../isolation.ts";
import type { Source } from "../job.ts";
import { type Index, resolve, unpack } from "../packages.ts";
import { restored } from "../snapshot.ts";
import { stripNode, guardNode } from "./isolation.ts";
import { Checkpoint } from "./checkpoint.ts";
import { makeReadOnlyOutside } from "./read-only.ts";

const DIRECTORY = "/home/block";

/** Modules of the standard library that take long to import, by a word of the code that does so.
 *
 * Not `mailbox`: pages import it lazily, to show when that is done.
 */
const SLOW_MODULES = new Map([
  ["mock", "unittest.mock"],
  ["sqlite3", "sqlite3"],
  ["email.message", "email.message"],
  ["http.client", "http.client"],
  ["multiprocessing", "multiprocessing"],
  ["pickle", "pickle"],
  ["subprocess", "subprocess"],
  ["tempfile", "tempfile"],
  ["zoneinfo", "zoneinfo"],
  ["argparse", "argparse"],
  ["xml.etree", "xml.etree.ElementTree"],
]);

/** What packages import only when they are used, and which takes long. */
const LATE_IMPORTS = new Map([
  ["django", ["import django.views.debug", "import django.db.backends.sqlite3.base, django.db.models.sql.compiler"]],
]);

const [folder, harnessFile, indexFile, wheels, snapshotFile] = process.argv.slice(2) as [
  ...[string, string, string, string],
  string?,
];
const harness = JSON.parse(readFileSync(harnessFile, "utf8")) as Harness;
const index = JSON.parse(readFileSync(indexFile, "utf8")) as Index;
const snapshot = snapshotFile ? readFileSync(snapshotFile) : null;

guardNode();
const { loadPyodide } = (await import(pathToFileURL(`${folder}/pyodide.mjs`).href)) as { loadPyodide: LoadPyodide };

/** Let event loops sleep without work for the processor. */
function sleepIdly(pyodide: Pyodide): void {
  const never = new Int32Array(new SharedArrayBuffer(4));
  const idle = openChannel(pyodide.FS, "idle", (text) => void Atomics.wait(never, 0, 0, Number(text) * 1000), Infinity);
  pyodide.runPython(`import proven.harness.loop as it; it.idle = ${idle}; del it`);
}

/** An interpreter in a directory for its block, who may write there only. */
async function open() {
  const quiet = { stdin: () => null, stdout: () => {}, stderr: () => {} }; // Node's own may not be synchronised
  const started = snapshot ? restored(loadPyodide, quiet, snapshot) : plain(loadPyodide, quiet, harness);
  const interpreter = new Interpreter(await started);
  interpreter.limitStack();
  sleepIdly(interpreter.pyodide);
  interpreter.pyodide.runPython(`import os; os.mkdir("${DIRECTORY}"); os.chdir("${DIRECTORY}")`);
  interpreter.import([]); // collections pass over what is there by now
  makeReadOnlyOutside(interpreter.pyodide.FS as unknown as Parameters<typeof makeReadOnlyOutside>[0], DIRECTORY);
  return { interpreter, checkpoint: new Checkpoint(interpreter.pyodide, DIRECTORY) };
}

const jobs = createInterface({ input: process.stdin });
const opened = await open();
const { interpreter } = opened;
let { checkpoint } = opened;
stripNode();

const source = {
  index: async () => index,
  wheel: async (file: string) => readFileSync(`${wheels}/${file}`),
};

/** How many libraries of compiled code there are: what a block has loaded cannot be undone. */
function libraries(): number {
  const { LDSO } = interpreter.pyodide._module as unknown as { LDSO: { loadedLibsByName: object } };
  return Object.keys(LDSO.loadedLibsByName).length;
}

function confine(): void {
  interpreter.pyodide.runPython(`import proven.harness.confine as it; it.confine("${DIRECTORY}"); del it`);
}

/** The packages that this process is for, once a block has taken some: others are not run here any more. */
let taken = "";

/** The imports whose modules stay for the blocks to come. */
const kept = new Set<string>();

function keep(imports: string[]): void {
  const missing = imports.filter((statement) => !kept.has(statement));
  if (!missing.length) return;
  interpreter.import(missing);
  for (const statement of missing) kept.add(statement);
  checkpoint = new Checkpoint(interpreter.pyodide, DIRECTORY);
}

/** Imports of the modules that take long, as far as sources name them. */
function slowImports(sources: Source[]): string[] {
  const words = [...SLOW_MODULES.keys()].filter((word) => sources.some(({ source }) => source.includes(word)));
  return words.map((word) => `import ${SLOW_MODULES.get(word)}`);
}

interface Report {
  report?: string;
  crash?: string;
  again?: boolean;
  last: boolean;
}

/** Run a block; `last` when this process is not fit for another, `again` when it is not even for this one. */
async function answer(sources: Source[]): Promise<Report> {
  try {
    const { modules, needed, offered } = await resolve(interpreter, sources, source);
    const files = needed.map(({ file }) => file);
    const wanted = files.length ? JSON.stringify([modules, files]) : "";
    if (taken && wanted !== taken) return { again: true, last: true };
    if (!taken) {
      keep(slowImports(sources));
      if (offered) interpreter.offer(offered);
      await unpack(interpreter, needed, source);
    }
    if (wanted) {
      const named = interpreter.importsOf(sources, modules); // a name's module may be imported when it is asked for
      keep([...named, ...modules.flatMap((name) => LATE_IMPORTS.get(name) ?? [])]);
      taken = wanted;
    }
    confine(); // not before: a package may write beside itself when it is imported, as Matplotlib its list of fonts
    const before = libraries();
    const report = withoutPowers(() => interpreter.report(sources));
    return { report, last: libraries() !== before || !checkpoint.restore() };
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
