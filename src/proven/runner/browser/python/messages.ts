/** What a page and its worker say to each other: plain data only. */

import type { Job, Outcome, Source, Stream } from "../../protocol.ts";

export type Piece = [stream: Stream | "stdin", text: string];

/** How an interpreter was started. */
export type Start = "snapshot" | "plain";

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

export type ToWorker =
  | { kind: "start"; folders: Folders; start: Start }
  /** What is likely to be run. */
  | { kind: "expect"; sources: Source[] }
  | { kind: "run"; job: Job };

export type FromWorker =
  | { kind: "ready" }
  | { kind: "fetching"; names: string[]; bytes: number }
  | { kind: "running"; start: Start }
  | { kind: "output"; pieces: Piece[] }
  | { kind: "asks" }
  | { kind: "ended"; outcome: Outcome }
  | { kind: "failed"; reason: string };
