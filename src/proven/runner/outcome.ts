/** Reads what the harness reports of a run: the block itself may have written it, and anything else in its place. */

import type { Cell, Outcome, RunError, Shown } from "./job.ts";

const TEXTS = ["type", "message", "traceback"] as const;
const SCOPES = ["", "col", "colgroup", "row", "rowgroup"];

/** More than the harness lets through. */
const MOST_CELLS = 2_000;
const MOST_CHARACTERS = 500_000;

/** Throws when it is not what the harness writes. */
export function readOutcome(report: string): Outcome {
  const { error, shown } = Object(JSON.parse(report)) as Partial<Outcome>;
  const isWhole = (error === null || isRunError(Object(error))) && (shown === null || isShown(Object(shown)));
  if (!isWhole) throw new Error("its report cannot be read");
  return { error: error as RunError | null, shown: shown as Shown | null };
}

function isRunError(error: RunError): boolean {
  const isLine = error.line === null || Number.isInteger(error.line);
  const isSpan = error.span === null || (Array.isArray(error.span) && error.span.every(Number.isInteger));
  return TEXTS.every((name) => typeof error[name] === "string") && isLine && isSpan;
}

function isShown({ problem, table, figure, digest }: Shown): boolean {
  if (![problem, figure, digest].every(isText) || !Array.isArray(table) || !table.every(Array.isArray)) return false;
  const cells = table.flat();
  const size = cells.reduce((sum, [text]) => sum + String(text).length, 0);
  return cells.length <= MOST_CELLS && size <= MOST_CHARACTERS && cells.every(isCell);
}

function isText(text: unknown): boolean {
  return typeof text === "string" && text.length <= MOST_CHARACTERS;
}

function isCell([text, scope, ...spans]: Cell): boolean {
  return isText(text) && SCOPES.includes(scope) && spans.every((span) => Number.isInteger(span) && 0 < span && span <= 1_000);
}
