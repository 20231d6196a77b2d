/** Code with what was found in it mended: `mended(text, edits)`, and the lines in which it differs. */

import type { Edit } from "../protocol.ts";

export function mended(text: string, edits: Edit[]): string {
  const starts = [0];
  for (const line of text.split("\n")) starts.push(starts.at(-1)! + line.length + 1);
  const offset = (line: number, column: number): number => {
    const start = starts[Math.min(line, starts.length) - 1]!;
    const end = starts[line] ?? text.length + 1;
    return start + [...text.slice(start, end)].slice(0, column - 1).join("").length;
  };
  const pieces = edits.map((edit) => [offset(edit.line, edit.column), offset(edit.endLine, edit.endColumn), edit.text] as const);
  return pieces
    .sort(([a], [b]) => b - a)
    .reduce((changed, [start, end, replaced]) => changed.slice(0, start) + replaced + changed.slice(end), text);
}

export interface Changed {
  line: number;
  before: string[];
  after: string[];
}

/** The lines from the first to the last that differ. */
export function changedLines(before: string, after: string): Changed {
  const [old, now] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < old.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return { line: start + 1, before: old.slice(start, old.length - end), after: now.slice(start, now.length - end) };
}
