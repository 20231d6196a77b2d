/** What a page and its worker say to each other: plain data only. */

import type { Job, Outcome, Stream } from "../protocol.ts";

export type Piece = [stream: Stream | "stdin", text: string];

/** How an interpreter was started. */
export type Start = "snapshot" | "plain";

export type ToWorker = { kind: "start"; runtime: string; start: Start } | { kind: "run"; job: Job };

export type FromWorker =
  | { kind: "ready" }
  | { kind: "running"; start: Start }
  | { kind: "output"; pieces: Piece[] }
  | { kind: "asks" }
  | { kind: "ended"; outcome: Outcome }
  | { kind: "failed"; reason: string };
