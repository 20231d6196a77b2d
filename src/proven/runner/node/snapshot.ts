/** Writes the memory snapshot that browsers start from, compressed with gzip.
 *
 * Usage: node snapshot.ts PYODIDE_FOLDER HARNESS_JSON OUT_FILE
 */

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Harness, LoadPyodide } from "../interpreter.ts";
import { makeSnapshot } from "../snapshot.ts";

const [folder, harnessFile, outFile] = process.argv.slice(2) as [string, string, string];
const harness = JSON.parse(readFileSync(harnessFile, "utf8")) as Harness;
const { loadPyodide } = (await import(pathToFileURL(`${folder}/pyodide.mjs`).href)) as { loadPyodide: LoadPyodide };

const snapshot = await makeSnapshot(loadPyodide, {}, harness);
const partial = `${outFile}.${process.pid}.partial`; // in the same folder, so that the rename is atomic
writeFileSync(partial, gzipSync(snapshot, { level: 9 }));
renameSync(partial, outFile);
