/** Writes the memory snapshot that browsers start from, compressed with gzip.
 *
 * Usage: node snapshot.ts PYODIDE_FOLDER HARNESS_JSON OUT_FILE
 */

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { type Harness, Interpreter, type LoadPyodide } from "../interpreter.ts";
import { makeSnapshot, restored } from "../snapshot.ts";

/** What a snapshot with damaged memory does not get through. */
const WORK = `
import asyncio, unittest.mock, http

async def main():
    async with asyncio.TaskGroup() as group:
        for _ in range(100):
            group.create_task(asyncio.sleep(0))

asyncio.run(main())
print(sum(map(len, [bytes(1000) for _ in range(10_000)])))
`;

const [folder, harnessFile, outFile] = process.argv.slice(2) as [string, string, string];
const harness = JSON.parse(readFileSync(harnessFile, "utf8")) as Harness;
const { loadPyodide } = (await import(pathToFileURL(`${folder}/pyodide.mjs`).href)) as { loadPyodide: LoadPyodide };

const snapshot = await makeSnapshot(loadPyodide, {}, harness);
const packed = gzipSync(snapshot, { level: 9 });
await tryOut(snapshot);
const partial = `${outFile}.${process.pid}.partial`; // in the same folder, so that the rename is atomic
writeFileSync(partial, packed);
renameSync(partial, outFile);

/** A snapshot is used up by it; throws if it does not run. */
async function tryOut(snapshot: Uint8Array): Promise<void> {
  const quiet = { stdin: () => null, stdout: () => {}, stderr: () => {} };
  const interpreter = new Interpreter(await restored(loadPyodide, quiet, snapshot));
  const report = interpreter.report([{ language: "python", source: WORK }]);
  if (!report.includes("10000000")) throw new Error(`a new snapshot cannot be used: ${report}; start again`);
}
