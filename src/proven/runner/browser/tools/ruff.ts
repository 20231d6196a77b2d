/** Ruff as a module: `load(folder, packed)`, and what it finds in one form. */

import { importModule } from "../disk/carried.ts";
import { unzip } from "../loading/fetch.ts";
import type { Edit, Finding } from "../protocol.ts";

/** The part of Ruff's API that is used here. */
export interface RuffModule {
  default(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  Workspace: new (settings: object, encoding: number) => Workspace;
  PositionEncoding: { Utf32: number };
}

export interface Workspace {
  check(text: string): Diagnostic[];
  format(text: string): string;
}

interface Location {
  row: number;
  column: number;
}

export interface Diagnostic {
  /** None for a syntax error. */
  code: string | null;
  message: string;
  start_location: Location;
  end_location: Location;
  fix: { edits: { content: string | null; location: Location; end_location: Location }[] } | null;
}

export const SYNTAX_ERROR = "invalid-syntax";

/** What Ruff says of syntax that it can read: the interpreters decide what a block may take, as in the build. */
const LATER_SYNTAX = /\(syntax was (added|changed) in Python [\d.]+\)/;

/** @param packed The module itself, compressed. */
export async function load(folder: string, packed: Uint8Array<ArrayBuffer>): Promise<RuffModule> {
  const ruff = (await importModule(`${folder}ruff.js`)) as RuffModule;
  await ruff.default({ module_or_path: await WebAssembly.compile(await unzip(packed)) });
  return ruff;
}

/** What is found in a text, but for syntax that is new. */
export function check(workspace: Workspace, text: string): Finding[] {
  return workspace.check(text).filter(({ message }) => !LATER_SYNTAX.test(message)).map(finding);
}

function finding({ code, message, start_location: start, end_location: end, fix }: Diagnostic): Finding {
  const edits = fix?.edits.map((edit): Edit => ({ ...place(edit.location, edit.end_location), text: edit.content ?? "" }));
  return {
    ...place(start, end),
    severity: code === SYNTAX_ERROR || code === null ? "error" : "warning",
    tool: "Ruff",
    code: code ?? SYNTAX_ERROR,
    message,
    ...(edits?.length ? { fix: { edits, safety: "unknown" } } : {}),
  };
}

function place(start: Location, end: Location): Omit<Edit, "text"> {
  return { line: start.row, column: start.column, endLine: end.row, endColumn: end.column };
}
