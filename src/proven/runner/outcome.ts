/** Reads what the harness reports of a run: the block itself may have written it, and anything else in its place. */

import type { Outcome, RunError } from "./job.ts";

const TEXTS = ["type", "message", "traceback"] as const;

/** Throws when it is not what the harness writes. */
export function readOutcome(report: string): Outcome {
  const { error } = Object(JSON.parse(report)) as Partial<Outcome>;
  if (error !== null && !isRunError(Object(error))) throw new Error("its report cannot be read");
  return { error: error as RunError | null };
}

function isRunError(error: RunError): boolean {
  const isLine = error.line === null || Number.isInteger(error.line);
  const isSpan = error.span === null || (Array.isArray(error.span) && error.span.every(Number.isInteger));
  return TEXTS.every((name) => typeof error[name] === "string") && isLine && isSpan;
}
