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

interface Run {
  worker: InterpreterWorker;
  listener: RunListener;
  spareTimer?: ReturnType<typeof setTimeout>;
}

export class Session {
  private readonly makeWorker: () => InterpreterWorker;
  private spare: InterpreterWorker | null = null;
  private current: Run | null = null;

  constructor(workerUrl: URL, runtime: URL) {
    this.makeWorker = () => new InterpreterWorker(workerUrl, runtime);
  }

  /** Make an interpreter ready for the next run. */
  warmUp(): void {
    if (!this.spare || this.spare.failed) this.spare = this.makeWorker();
  }

  /** Run in a fresh interpreter, stopping the run that is under way. */
  run(sources: Source[], listener: RunListener): void {
    this.stop();
    this.warmUp();
    const run: Run = { worker: this.spare!, listener };
    this.spare = null;
    this.current = run;
    run.worker.run(sources, (message) => {
      switch (message.kind) {
        case "running":
          run.spareTimer = setTimeout(() => this.warmUp(), LONG_RUN_MS);
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
    this.spare?.terminate();
    this.spare = null;
  }

  private end(run: Run): void {
    clearTimeout(run.spareTimer);
    run.worker.terminate();
    this.current = null;
    if (run.spareTimer) this.warmUp(); // else it never ran: do not ask again unasked
  }
}
