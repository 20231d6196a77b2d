/** What the harness inside Python takes and gives: plain data only. */

export interface Source {
  language: "python" | "pycon" | "file";
  source: string;
  /** Where a file is: `src/crawler/fetch.py`. */
  file?: string;
  /** What it is to show in the end besides what it prints. */
  shows?: "value" | "figure";
  /** Whether another continues it, so that what it leaves behind lives on. */
  continued?: boolean;
}

/** A line of input; null is its end. */
export type Answer = string | null;

/** What a run is to do; with the same seed, it does the same again. */
export interface Job {
  sources: Source[];
  answers: Answer[];
  seed: number;
  /** Whether to give the value of the expression that the last source ends in, if it does. */
  value: boolean;
}

/** The first column, the last line, and the column after the last; all are counted from 1. */
export type Span = [column: number, endLine: number, endColumn: number];

export interface RunError {
  /** The name that a traceback prints, dotted unless built in. */
  type: string;
  message: string;
  /** Line of the block, counted from 1; null when no line of it was involved. */
  line: number | null;
  /** Where it begins in that line, and where it ends, if that is known. */
  span: Span | null;
  traceback: string;
}

/** Text, what it heads if anything, and how many columns and rows it spans. */
export type Cell = [text: string, scope: string, columns: number, rows: number];

/** What a program shows in the end besides what it prints. */
export interface Shown {
  /** Why that is nothing. */
  problem: string;
  table: Cell[][];
  /** SVG. */
  figure: string;
  /** That of table and figure. */
  digest: string;
}

export interface Outcome {
  error: RunError | null;
  /** Null where nothing was to be shown. */
  shown: Shown | null;
}

/** What a run gives text for: a value is that of the expression that the program ends in. */
export type Stream = "stdout" | "stderr" | "value";
