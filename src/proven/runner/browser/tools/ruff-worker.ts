/** Web Worker entry: Ruff, for one check after the other. */

import { importModule } from "../disk/carried.ts";
import type { Finding } from "../protocol.ts";
import { serve, type ToolSettings } from "./server.ts";

interface RuffSettings extends ToolSettings {
  selection: string[];
  settings: Record<string, unknown>;
}

/** The part of Ruff's API that is used here. */
interface RuffModule {
  default(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  Workspace: new (settings: object, encoding: number) => Workspace;
  PositionEncoding: { Utf32: number };
}

interface Workspace {
  check(text: string): Diagnostic[];
  format(text: string): string;
}

interface Location {
  row: number;
  column: number;
}

interface Diagnostic {
  /** None for a syntax error. */
  code: string | null;
  message: string;
  start_location: Location;
  end_location: Location;
}

/** Lines that `ruff format --diff` shows before a change, which the build takes for its place. */
const CONTEXT_LINES = 3;

serve<RuffSettings>("Ruff", async ({ tool }, { selection, settings }, detectors, files) => {
  const ruff = (await importModule(`${tool}ruff.js`)) as RuffModule;
  const [packed] = (await files).values();
  const binary = new Blob([packed!]).stream().pipeThrough(new DecompressionStream("gzip"));
  await ruff.default({ module_or_path: await WebAssembly.compile(await new Response(binary).arrayBuffer()) });
  const lint = { select: [...selection, ...detectors] };
  const workspace = new ruff.Workspace({ ...settings, lint }, ruff.PositionEncoding.Utf32);
  return (text, before, shows) => {
    const findings = workspace
      .check(text)
      .filter(({ message }) => !LATER_SYNTAX.test(message))
      .map(finding)
      .filter((each) => !(shows && isShown(each, text)));
    const parses = findings.every(({ code }) => code !== SYNTAX_ERROR);
    return parses ? [...findings, ...reformatted(text, workspace.format(text), before)] : findings;
  };
});

const SYNTAX_ERROR = "invalid-syntax";

/** What Ruff says of syntax that it can read: the interpreters decide what a block may take, as in the build. */
const LATER_SYNTAX = /\(syntax was (added|changed) in Python [\d.]+\)/;

/** What Ruff says of an expression that nothing is done with, but for the last of a notebook's cell. */
const USELESS = "B018";

/** Whether it is about the expression that a text ends in: nothing but blanks and comments follows. */
function isShown({ code, endLine, endColumn }: Finding, text: string): boolean {
  const [last, ...after] = text.split("\n").slice(endLine - 1);
  const rest = [[...(last ?? "")].slice(endColumn - 1).join(""), ...after];
  return code === USELESS && rest.every((line) => /^[\s)]*(#.*)?$/.test(line));
}

function finding({ code, message, start_location: start, end_location: end }: Diagnostic): Finding {
  return {
    line: start.row,
    column: start.column,
    endLine: end.row,
    endColumn: end.column,
    severity: code === SYNTAX_ERROR || code === null ? "error" : "warning",
    tool: "Ruff",
    code: code ?? SYNTAX_ERROR,
    message,
  };
}

/** Where the formatter first differs, unless that is due to what comes before the block. */
function reformatted(text: string, formatted: string, before: number): Finding[] {
  const [lines, wanted] = [text.split("\n"), formatted.split("\n")];
  const index = lines.findIndex((line, at) => line !== wanted[at]);
  if (text === formatted || index + 1 - CONTEXT_LINES <= before - (before ? 0 : CONTEXT_LINES)) return [];
  const line = index + 1;
  return [
    {
      line,
      column: 1,
      endLine: line,
      endColumn: [...lines[index]!].length + 1,
      severity: "info",
      tool: "Ruff",
      code: "format",
      message: "Not as ruff format writes it",
    },
  ];
}
