/** The page's end of one worker: an interpreter that starts at once and serves one run. */

import type { Job, Source } from "../../job.ts";
import { PageWorker } from "../loading/worker.ts";
import type { Folders, FromPython, Start, ToPython } from "../protocol.ts";

type Listener = (message: FromPython) => void;

export class InterpreterWorker {
  private readonly worker: PageWorker<ToPython, FromPython>;
  private readonly started: () => void;
  private listener: Listener = () => {};
  private loading: FromPython | null = null;
  failed = false;

  /** `started` is called when the run begins. */
  constructor(url: URL, folders: Folders, start: Start, started: () => void) {
    this.started = started;
    this.worker = new PageWorker(url, "Python", (message) => this.receive(message));
    this.worker.send({ kind: "start", folders, start });
  }

  /** Fetch what these sources import, as they are likely to be run. */
  prefetch(sources: Source[]): void {
    this.worker.send({ kind: "prefetch", sources });
  }

  run(job: Job, listener: Listener): void {
    this.listener = listener;
    if (this.loading) listener(this.loading); // how far it is already
    this.worker.send({ kind: "run", job });
  }

  terminate(): void {
    this.worker.terminate();
  }

  private receive(message: FromPython): void {
    if (message.kind === "failed") this.failed = true;
    if (message.kind === "running") this.started();
    if (message.kind === "loading") this.loading = message;
    this.listener(message);
  }
}
