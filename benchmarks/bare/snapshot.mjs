// Writes the memory snapshot that Pyodide itself makes: node snapshot.mjs PYODIDE_FOLDER OUT_FILE

import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [folder, file] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const pyodide = await loadPyodide({ _makeSnapshot: true });
writeFileSync(file, gzipSync(pyodide.makeMemorySnapshot(), { level: 9 }));
