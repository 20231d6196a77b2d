/** The page's interpreters: at most one runs, and a spare waits for the next run. */

import type { Answer, Job, Outcome, Source } from "../../job.ts";
import type { Ending, FromPython, Piece, Start } from "../protocol.ts";
import { InterpreterWorker } from "./client.ts";

/** What a block hears of its run; `ended`, `failed` and `stopped` are each the last word. */
export interface RunListener {
  loading(done: number, total: number): void;
  fetching(names: string[], bytes: number): void;
  running(start: Start): void;
  printed(pieces: Piece[]): void;
  /** The program waits for a line of input; it goes on with `reply`. */
  asks(reply: (answer: Answer) => void): void;
  ended(outcome: Outcome, ending: Ending): void;
  failed(reason: string): void;
  stopped(): void;
}

/** How long after a run has begun a spare starts, so that Run need not wait again: first the output is drawn. */
const SPARE_AFTER_MS = 500;

/** Starts an interpreter of a version, as a page names it: "3.14". */
type MakeWorker = (version: string) => InterpreterWorker;

interface Spare {
  version: string;
  worker: InterpreterWorker;
}

/** One run for the reader; one in a row of interpreters, each of which knows one answer more. */
interface Run extends Spare {
  job: Job;
  listener: RunListener;
  /** Characters that it has printed, and those that the one before it had, which the reader has seen. */
  printed: number;
  seen: number;
}

export class Session {
  private readonly makeWorker: MakeWorker;
  private spare: Spare | null = null;
  private spareTimer?: ReturnType<typeof setTimeout>;
  private current: Run | null = null;

  constructor(makeWorker: MakeWorker) {
    this.makeWorker = makeWorker;
  }

  /** Make an interpreter of a version ready for the next run, which is likely to be of these sources. */
  warmUp(version: string, sources: Source[]): void {
    this.makeReady(version).worker.prefetch(sources);
  }

  /** Run in a fresh interpreter, stopping the run that is under way.
   *
   * @param value - Whether to print the value of the expression that they end in, too.
   */
  run(sources: Source[], version: string, value: boolean, listener: RunListener): void {
    this.stop();
    const job = { sources, answers: [], seed: Math.floor(Math.random() * 2 ** 32), value };
    const run: Run = { ...this.takeSpare(version), job, listener, printed: 0, seen: 0 };
    this.current = run;
    this.start(run);
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
    clearTimeout(this.spareTimer);
    this.spare?.worker.terminate();
    this.spare = null;
  }

  /** The spare, which is one of this version from now on. */
  private makeReady(version: string): Spare {
    clearTimeout(this.spareTimer);
    if (this.spare?.version === version && !this.spare.worker.failed) return this.spare;
    this.spare?.worker.terminate();
    this.spare = { version, worker: this.makeWorker(version) };
    return this.spare;
  }

  private takeSpare(version: string): Spare {
    const spare = this.makeReady(version);
    this.spare = null;
    return spare;
  }

  private start(run: Run): void {
    run.worker.run(run.job, (message) => this.hear(run, message));
  }

  private hear(run: Run, message: FromPython): void {
    switch (message.kind) {
      case "loading":
        return run.listener.loading(message.done, message.total);
      case "fetching":
        return run.job.answers.length ? undefined : run.listener.fetching(message.names, message.bytes);
      case "running":
        this.spareTimer = setTimeout(() => this.makeReady(run.version), SPARE_AFTER_MS);
        return run.job.answers.length ? undefined : run.listener.running(message.start);
      case "output":
        return run.listener.printed(unseen(run, message.pieces));
      case "asks":
        run.worker.terminate();
        this.makeReady(run.version);
        return run.listener.asks((answer) => this.reply(run, answer));
      case "ended":
        this.end(run);
        return run.listener.ended(message.outcome, message.ending);
      case "failed":
        this.end(run);
        return run.listener.failed(message.reason);
    }
  }

  /** A worker cannot wait for the page: go the same way again, with this answer. */
  private reply(run: Run, answer: Answer): void {
    if (run !== this.current) return;
    run.job.answers.push(answer);
    Object.assign(run, this.takeSpare(run.version), { printed: 0, seen: run.printed });
    this.start(run);
  }

  private end(run: Run): void {
    run.worker.terminate();
    this.current = null;
  }
}

/** What of the output the reader has not seen yet. */
function unseen(run: Run, pieces: Piece[]): Piece[] {
  return pieces.map(([stream, text]) => {
    const start = Math.max(0, run.seen - run.printed);
    run.printed += text.length;
    return [stream, text.slice(start)];
  });
}
