/** What the harness inside Python takes and gives: plain data only. */

export interface Source {
  language: "python" | "pycon";
  source: string;
}

/** A line of input; null is its end. */
export type Answer = string | null;

/** What a run is to do; with the same seed, it does the same again. */
export interface Job {
  sources: Source[];
  answers: Answer[];
  seed: number;
}

export interface RunError {
  /** The name that a traceback prints, dotted unless built in. */
  type: string;
  message: string;
  /** Line of the block, counted from 1; null when no line of it was involved. */
  line: number | null;
  /** The first column of a syntax error in that line, counted from 1, and the one after its last. */
  columns: [number, number] | null;
  traceback: string;
}

export interface Outcome {
  error: RunError | null;
}

export type Stream = "stdout" | "stderr";
