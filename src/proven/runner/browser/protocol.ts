/** All messages between a page and its workers: plain data only, one union for each direction. */

import type { Job, Outcome, Source, Stream } from "../job.ts";

/** The last word of a worker that cannot go on. */
export interface Failed {
  kind: "failed";
  reason: string;
}

// Python: one interpreter for one run.

/** Text that a program printed, or that was typed for it. */
export type Piece = [stream: Stream | "stdin", text: string];

/** How an interpreter was started. */
export type Start = "snapshot" | "plain";

/** How the end of a program is told to its reader. */
export interface Ending {
  /** What a terminal would show after its output: a traceback, or its last words. */
  text: string;
  /** For the line that says how the run went. */
  status: string;
  /** What helps where a browser lacks something. */
  note: string;
}

/** Where the files of a version of Python are: a folder that ends in a slash, and the name of Pyodide's biggest script. */
export interface Runtime {
  folder: string;
  script: string;
}

/** Where a worker finds Python, and the packages. */
export interface Folders {
  runtime: Runtime;
  packages: string;
}

export type ToPython =
  | { kind: "start"; folders: Folders; start: Start }
  /** Fetch what these sources import: they are likely to be run. */
  | { kind: "prefetch"; sources: Source[] }
  | { kind: "run"; job: Job };

export type FromPython =
  /** Bytes of Python itself that are there, before anything runs. */
  | { kind: "loading"; done: number; total: number }
  | { kind: "fetching"; names: string[]; bytes: number }
  | { kind: "running"; start: Start }
  | { kind: "output"; pieces: Piece[] }
  /** The program waits for a line of input: the page ends this worker, and runs the job again with one more answer. */
  | { kind: "asks" }
  | { kind: "ended"; outcome: Outcome; ending: Ending }
  | Failed;

// Tools: a worker that stays, and checks one block after the other.

export type Tool = "mypy" | "Ruff";

/** Where a tool finds the site, its interpreter, and its own files: absolute addresses of folders. */
export interface ToolFolders {
  site: string;
  runtime: Runtime;
  tool: string;
}

/** Code to check: what it continues from, and its own. */
export interface Code {
  before: string;
  own: string;
  /** Whether the expression that it ends in is shown. */
  shows: boolean;
  /** The codes of findings that are not told. */
  passed: string[];
  /** The only codes that are. */
  only?: string[];
}

/** A place in code; lines and columns count from 1, columns count characters, the end is exclusive. */
export interface Span {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** Text to be put in a place. */
export interface Edit extends Span {
  text: string;
}

/** How what was found is mended; Ruff says here of none of its fixes whether it is safe. */
export interface Fix {
  edits: Edit[];
  safety: "safe" | "unsafe" | "unknown";
}

/** What a tool says of a place in code. */
export interface Finding extends Span {
  severity: "error" | "warning" | "info";
  tool: "Python" | Tool | "ast-grep";
  code: string;
  message: string;
  fix?: Fix;
  /** The page of ours that covers it. */
  page?: { url: string; title: string };
}

export interface Report {
  /** Those that are shown. */
  findings: Finding[];
  /** How many there are. */
  total: number;
  /** The tool's version, and the one that the build used. */
  version: string;
  built: string;
}

/** It starts with the codes of the detectors that the page declares, and applies them too. */
export type ToTool = { kind: "start"; folders: ToolFolders; detectors: string[] } | { kind: "check"; code: Code };

export type FromTool =
  | { kind: "fetching"; done: number; total: number }
  | { kind: "starting" }
  | { kind: "checking" }
  | { kind: "checked"; report: Report }
  | Failed;

// Check your code: a worker that stays, and reads one file after the other.

/** A rule of ast-grep, as far as it matters here. */
export interface AstGrepRule {
  id: string;
  message: string;
  rule: Pattern;
  constraints?: Record<string, Pattern>;
  utils?: Record<string, Pattern>;
  fix?: unknown;
  metadata?: { fix?: "safe" | "unsafe" };
}

/** What a node has to be like: the names of conditions, and what they are. */
export type Pattern = Readonly<Record<string, unknown>>;

export type ToScanner =
  /** It starts with what it looks for: codes of Ruff, and rules. */
  | { kind: "start"; folder: string; codes: string[]; rules: AstGrepRule[] }
  /** Python as Ruff has it: py311. */
  | { kind: "scan"; text: string; python: string };

/** A comment, with its line. */
export type Comment = [line: number, text: string];

export type FromScanner =
  | { kind: "fetching"; done: number; total: number }
  | { kind: "starting" }
  | { kind: "scanned"; findings: Finding[]; comments: Comment[]; milliseconds: number }
  /** This text was too much; the worker is of no more use. */
  | { kind: "broken"; reason: string }
  | Failed;

// Carried files: a worker of a page that opens from disk asks the page for what it would fetch.

export type ToCarrier =
  | { kind: "begin"; url: string }
  | { kind: "file"; url: string; content: string | Blob }
  | { kind: "missing"; url: string; problem: string };

export type FromCarrier =
  | { kind: "wants"; url: string }
  /** A file, unpacked for the next worker. */
  | { kind: "unpacked"; url: string; content: Blob };

/** Keeps these messages apart from those of the worker that has been carried. */
export interface Carried<Message> {
  carried?: Message;
}

// The service worker: spoken between releases too, so that older and newer have to agree on it.

/** A request of one service worker to the next. */
export const TAKE_OVER = "take over";

/** Where it and pages keep what runs take, for the site at an address. */
export const partsCache = (root: string): string => `proven-parts-${root}`;

export type ToServiceWorker = { keep: string } | typeof TAKE_OVER;
