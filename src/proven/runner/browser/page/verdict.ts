/** Whether a run of a block did what the build recorded of it. */

import type { RunError, Source } from "../../job.ts";

/** What the build recorded, and wrote into the page. */
export interface Recorded {
  sources: Source[];
  /** The lines that are marked as changed, counted from 1. */
  changed: number[];
  /** The version of Python that it is run on unless the reader chooses another. */
  version: string;
  stdout: string;
  /** The exception that ended it on each version that it was verified on. */
  errors: Record<string, string | null>;
}

export interface Verdict {
  differs: boolean;
  /** For the reader. */
  text: string;
}

/** @param version - That of the run. */
export function judge(recorded: Recorded, stdout: string, error: RunError | null, version: string): Verdict {
  const differs = stdout !== recorded.stdout || summary(error) !== recorded.errors[version];
  const same = error ? "Same output and exception as recorded" : "Same output as recorded";
  const where = version === recorded.version ? "." : ` on Python ${version}.`;
  return { differs, text: (differs ? "Differs from the recorded output" : same) + where };
}

/** An exception as the build records it. */
function summary(error: RunError | null): string | null {
  return error && [error.type, error.message].filter(Boolean).join(": ");
}
