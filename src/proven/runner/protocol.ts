/** What travels between a page, its worker, and the harness inside Python: plain data only. */

export interface Source {
  language: "python" | "pycon";
  source: string;
}

export interface RunError {
  /** The name that a traceback prints, dotted unless built in. */
  type: string;
  message: string;
  /** Line of the block, counted from 1; null when no line of it was involved. */
  line: number | null;
  traceback: string;
}

export interface Outcome {
  error: RunError | null;
  prints: { line: number; text: string }[];
}

export type Stream = "stdout" | "stderr";
export type Emit = (stream: Stream, text: string) => void;
