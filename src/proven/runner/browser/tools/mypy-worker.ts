/** Web Worker entry: an interpreter with mypy in it, for one check after the other. */

import type { Pyodide } from "../../interpreter.ts";
import type { Finding } from "../protocol.ts";
import { boot } from "../python/boot.ts";
import { serve, type ToolSettings } from "./server.ts";

interface MypySettings extends ToolSettings {
  options: string[];
  /** The Python that asks mypy, in the build too. */
  server: string;
}

interface Files extends Pyodide {
  FS: Pyodide["FS"] & {
    writeFile(path: string, content: string | Uint8Array): void;
    utime(path: string, accessed: number, modified: number): void;
  };
}

/** One line of what mypy says; columns count from 0. */
interface Said {
  line: number;
  column: number;
  end_line: number | null;
  end_column: number | null;
  message: string;
  code: string;
  severity: "error" | "note";
}

const HOME = "/lib/mypy";
/** What mypy has read before: of the standard library in the build, then of what it is asked. */
const KNOWN = "/tmp/mypy";
const ARCHIVES = "/tmp/archives";
const FOLDER = "/tmp/checked";
const FILE = "example.py";

serve<MypySettings>("mypy", async ({ runtime }, { options, server }, _, files) => {
  const [{ interpreter }, archives] = await Promise.all([boot(runtime, "snapshot"), files]);
  const pyodide = interpreter.pyodide as Files;
  for (const folder of [ARCHIVES, HOME, FOLDER]) pyodide.FS.mkdirTree(folder);
  for (const [name, content] of archives) pyodide.FS.writeFile(`${ARCHIVES}/${name}`, content);
  pyodide.FS.writeFile(`${HOME}/mypy_server.py`, server);
  pyodide.runPython(
    `import glob, os, sys, zipfile\nsys.path.append("${HOME}")\nfor name in glob.glob("${ARCHIVES}/*"):\n` +
      `    zipfile.ZipFile(name).extractall("${HOME}" if name.endswith(".whl") else "${KNOWN}")\n    os.remove(name)`,
  );
  const ask = pyodide.pyimport("mypy_server").answer as (question: string) => string;
  let asked = 0;
  return (text) => {
    pyodide.FS.writeFile(`${FOLDER}/${FILE}`, text);
    // Of the same second and size, mypy would take it for what it has read before.
    pyodide.FS.utime(`${FOLDER}/${FILE}`, ++asked * 1000, asked * 1000);
    const question = { folder: FOLDER, arguments: [...options, `--cache-dir=${KNOWN}`, FILE] };
    const { said, complaint } = JSON.parse(ask(JSON.stringify(question))) as { said: string; complaint: string };
    if (complaint) throw new Error(complaint.trim().split("\n").at(-1));
    const lines = text.split("\n");
    return said.split("\n").filter(Boolean).map((line) => finding(JSON.parse(line) as Said, lines));
  };
});

function finding(said: Said, lines: string[]): Finding {
  const note = said.severity === "note";
  return {
    ...place(said, lines),
    severity: note ? "info" : "error",
    tool: "mypy",
    code: note ? "note" : said.code,
    message: said.message,
  };
}

type Place = Pick<Finding, "line" | "column" | "endLine" | "endColumn">;

/** Within the text, and not empty; the whole line where mypy miscounts columns, which is beside characters beyond ASCII. */
function place(said: Said, lines: string[]): Place {
  const line = Math.min(Math.max(said.line, 1), lines.length);
  const text = lines[line - 1]!;
  const endLine = Math.min(Math.max(said.end_line ?? line, line), lines.length);
  if (/[^\0-\x7f]/.test(text + lines[endLine - 1]!)) {
    return { line, column: text.search(/\S|$/) + 1, endLine: line, endColumn: [...text].length + 1 };
  }
  const column = Math.max(said.column, 0) + 1;
  const end = (said.end_column ?? column) + 1;
  return { line, column, endLine, endColumn: endLine === line ? Math.max(end, column + 1) : end };
}
