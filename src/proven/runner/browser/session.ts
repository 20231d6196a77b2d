/** The page's interpreters: at most one runs, and a spare waits for the next run. */

import type { Outcome, Source } from "../protocol.ts";
import { InterpreterWorker } from "./interpreter-worker.ts";
import type { Piece, Start } from "./messages.ts";

/** What a block hears of its run; `ended`, `failed` and `stopped` are each the last word. */
export interface RunListener {
  running(start: Start): void;
  printed(pieces: Piece[]): void;
  ended(outcome: Outcome): void;
  failed(reason: string): void;
  stopped(): void;
}

/** A run that lasts longer gets company: a spare, so that Stop and Run again need not wait. */
const LONG_RUN_MS = 300;

/** Starts an interpreter of a version, as a page names it: "3.14". */
type MakeWorker = (version: string) => InterpreterWorker;

interface Spare {
  version: string;
  worker: InterpreterWorker;
}

interface Run extends Spare {
  listener: RunListener;
  spareTimer?: ReturnType<typeof setTimeout>;
}

export class Session {
  private readonly makeWorker: MakeWorker;
  private spare: Spare | null = null;
  private current: Run | null = null;

  constructor(makeWorker: MakeWorker) {
    this.makeWorker = makeWorker;
  }

  /** Make an interpreter of a version ready for the next run, in place of one of another. */
  warmUp(version: string): void {
    if (this.spare?.version === version && !this.spare.worker.failed) return;
    this.spare?.worker.terminate();
    this.spare = { version, worker: this.makeWorker(version) };
  }

  /** Run in a fresh interpreter, stopping the run that is under way. */
  run(sources: Source[], version: string, listener: RunListener): void {
    this.stop();
    this.warmUp(version);
    const run: Run = { ...this.spare!, listener };
    this.spare = null;
    this.current = run;
    run.worker.run(sources, (message) => {
      switch (message.kind) {
        case "running":
          run.spareTimer = setTimeout(() => this.warmUp(version), LONG_RUN_MS);
          return listener.running(message.start);
        case "output":
          return listener.printed(message.pieces);
        case "ended":
          this.end(run);
          return listener.ended(message.outcome);
        case "failed":
          this.end(run);
          return listener.failed(message.reason);
      }
    });
  }

  stop(): void {
    const run = this.current;
    if (!run) return;
    this.end(run);
    run.listener.stopped();
  }

  /** Let go of everything; the session can be used again. */
  dispose(): void {
    this.stop();
    this.spare?.worker.terminate();
    this.spare = null;
  }

  private end(run: Run): void {
    clearTimeout(run.spareTimer);
    run.worker.terminate();
    this.current = null;
    if (run.spareTimer) this.warmUp(run.version); // else it never ran: do not ask again unasked
  }
}
