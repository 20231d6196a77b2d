/** Whether a run of a block did what the build recorded of it. */

import type { RunError, Shown, Source } from "../../job.ts";
import type { Piece } from "../protocol.ts";

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
  /** The text of the value that it ended in, where that is shown. */
  value?: string;
  /** The digest of the table or the figure that it showed in the end; "" where there was none. */
  shown?: string;
  /** What stands for its figure where that cannot be seen. */
  alt?: string;
}

/** The code that a block continues. */
export function continued(sources: Source[]): string {
  const earlier = sources.slice(0, -1).filter(({ language }) => language !== "file");
  return earlier.map(({ source }) => source).join("");
}

export interface Verdict {
  differs: boolean;
  /** For the reader. */
  text: string;
}

/** What a run gives that is judged. */
export class Said {
  private readonly texts = { stdout: "", value: "" };

  add(pieces: Piece[]): void {
    for (const [stream, text] of pieces) if (stream === "stdout" || stream === "value") this.texts[stream] += text;
  }

  /** @param version - That of the run. */
  judge(recorded: Recorded, error: RunError | null, shown: Shown | null, version: string): Verdict {
    const { stdout, value } = this.texts;
    const sameText = stdout === recorded.stdout && value === (recorded.value ?? "");
    const sameEnd = summary(error) === recorded.errors[version] && (shown?.digest ?? "") === (recorded.shown ?? "");
    const differs = !sameText || !sameEnd;
    const same = error ? "Same output and exception as recorded" : "Same output as recorded";
    const where = version === recorded.version ? "." : ` on Python ${version}.`;
    return { differs, text: (differs ? "Differs from the recorded output" : same) + where };
  }
}

/** An exception as the build records it. */
function summary(error: RunError | null): string | null {
  return error && [error.type, error.message].filter(Boolean).join(": ");
}
