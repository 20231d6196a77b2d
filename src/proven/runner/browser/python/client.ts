/** The page's end of one worker: an interpreter that starts at once and serves one run. */

import type { Job, Source } from "../../protocol.ts";
import type { Folders, FromWorker, Start, ToWorker } from "./messages.ts";
import { startWorker } from "../loading/worker.ts";

type Listener = (message: FromWorker) => void;

export class InterpreterWorker {
  private readonly worker: Worker;
  private readonly started: () => void;
  private listener: Listener = () => {};
  failed = false;

  /** `started` is called when the run begins. */
  constructor(url: URL, folders: Folders, start: Start, started: () => void) {
    this.started = started;
    this.worker = startWorker(url, "Python");
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.receive(data);
    this.worker.onerror = (event) => {
      event.preventDefault(); // the block reports it
      this.receive({ kind: "failed", reason: event.message || `${url} cannot be loaded` });
    };
    this.send({ kind: "start", folders, start });
  }

  /** Get what these sources take, as they are likely to be run. */
  expect(sources: Source[]): void {
    this.send({ kind: "expect", sources });
  }

  run(job: Job, listener: Listener): void {
    this.listener = listener;
    this.send({ kind: "run", job });
  }

  terminate(): void {
    this.listener = () => {};
    this.worker.terminate();
  }

  private send(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private receive(message: FromWorker): void {
    if (message.kind === "failed") this.failed = true;
    if (message.kind === "running") this.started();
    this.listener(message);
  }
}
