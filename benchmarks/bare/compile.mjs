// Compiles the Python in wheels inside the Pyodide that will import it: node compile.mjs PYODIDE_FOLDER COMPILE.PY FOLDER

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [runtime, program, folder] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${runtime}/pyodide.mjs`).href);
const pyodide = await loadPyodide();
const compiled = pyodide.runPython(readFileSync(program, "utf8"));
for (const name of readdirSync(folder).filter((file) => file.endsWith(".whl"))) {
  pyodide.FS.writeFile("/tmp/wheel", readFileSync(`${folder}/${name}`));
  compiled("/tmp/wheel", "/tmp/compiled");
  writeFileSync(`${folder}/${name}`, pyodide.FS.readFile("/tmp/compiled"));
}
