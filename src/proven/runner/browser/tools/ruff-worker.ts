/** Web Worker entry: Ruff, for one check after the other. */

import type { Finding } from "../protocol.ts";
import { check, load, SYNTAX_ERROR } from "./ruff.ts";
import { serve, type ToolSettings } from "./server.ts";

interface RuffSettings extends ToolSettings {
  selection: string[];
  settings: Record<string, unknown>;
}

/** Lines that `ruff format --diff` shows before a change, which the build takes for its place. */
const CONTEXT_LINES = 3;

serve<RuffSettings>("Ruff", async ({ tool }, { selection, settings }, detectors, files) => {
  const ruff = await load(tool, (await files).get("ruff.bin")!);
  const lint = { select: [...selection, ...detectors] };
  const workspace = new ruff.Workspace({ ...settings, lint }, ruff.PositionEncoding.Utf32);
  return (text, before, shows) => {
    const findings = check(workspace, text).filter((each) => !(shows && isShown(each, text)));
    const parses = findings.every(({ code }) => code !== SYNTAX_ERROR);
    return parses ? [...findings, ...reformatted(text, workspace.format(text), before)] : findings;
  };
});

/** What Ruff says of an expression that nothing is done with, but for the last of a notebook's cell. */
const USELESS = "B018";

/** Whether it is about the expression that a text ends in: nothing but blanks and comments follows. */
function isShown({ code, endLine, endColumn }: Finding, text: string): boolean {
  const [last, ...after] = text.split("\n").slice(endLine - 1);
  const rest = [[...(last ?? "")].slice(endColumn - 1).join(""), ...after];
  return code === USELESS && rest.every((line) => /^[\s)]*(#.*)?$/.test(line));
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
