/** The page's end of one tool: a worker that stays, and checks one block after the other. */

import { PageWorker } from "../loading/worker.ts";
import type { Code, FromTool, Report, Tool, ToolFolders, ToTool } from "../protocol.ts";

/** What a block hears of its check; `checked`, `failed` and `cancelled` are each the last word. */
export interface CheckListener {
  fetching(done: number, total: number): void;
  starting(): void;
  checking(): void;
  checked(report: Report): void;
  /** The tool could not be had, or this code was too much for it. */
  failed(reason: string): void;
  cancelled(): void;
}

export interface Job {
  readonly code: Code;
  /** None once nobody waits for it any more. */
  listener: CheckListener | null;
}

export class Checker {
  private readonly tool: Tool;
  private readonly url: URL;
  private readonly folders: ToolFolders;
  private readonly detectors: string[];
  private readonly started: () => void;
  private worker: PageWorker<ToTool, FromTool> | null = null;
  /** The first is under way. */
  private jobs: Job[] = [];
  /** Whether the tool has got as far as the first one's code. */
  private reading = false;

  /** `started` is called when the tool reads code. */
  constructor(tool: Tool, url: URL, folders: ToolFolders, detectors: string[], started: () => void) {
    this.tool = tool;
    this.url = url;
    this.folders = folders;
    this.detectors = detectors;
    this.started = started;
  }

  check(code: Code, listener: CheckListener): Job {
    const job: Job = { code, listener };
    this.jobs.push(job);
    if (this.jobs.length === 1) this.next();
    return job;
  }

  /** Pay no more attention to a check; it may go on, so that the tool stays ready. */
  forget(job: Job): void {
    job.listener = null;
    this.jobs = this.jobs.filter((queued, index) => index === 0 || queued !== job);
  }

  /** End a check now, and with it what keeps it waiting and nobody wants. */
  cancel(job: Job): void {
    const { listener } = job;
    this.forget(job);
    if (!this.jobs[0]?.listener) {
      this.terminate();
      this.jobs.shift();
      this.next();
    }
    listener?.cancelled();
  }

  /** Let go of everything; the tool can be used again. */
  dispose(): void {
    this.terminate();
    for (const job of this.jobs.splice(0)) job.listener?.cancelled();
  }

  private next(): void {
    const [job] = this.jobs;
    if (!job) return;
    this.worker ??= this.start();
    this.worker.send({ kind: "check", code: job.code });
  }

  private start(): PageWorker<ToTool, FromTool> {
    const worker = new PageWorker<ToTool, FromTool>(this.url, this.tool, (message) => this.receive(message));
    worker.send({ kind: "start", folders: this.folders, detectors: this.detectors });
    return worker;
  }

  private receive(message: FromTool): void {
    const listener = this.jobs[0]?.listener;
    switch (message.kind) {
      case "fetching":
        return listener?.fetching(message.done, message.total);
      case "starting":
        return listener?.starting();
      case "checking":
        this.reading = true;
        this.started();
        return listener?.checking();
      case "checked":
        this.reading = false;
        this.jobs.shift();
        listener?.checked(message.report);
        return this.next();
      case "failed":
        return this.fail(message.reason);
    }
  }

  /** A tool that cannot be had fails all who wait for it; one that breaks down, only whose code it read. */
  private fail(reason: string): void {
    const failed = this.jobs.splice(0, this.reading ? 1 : Infinity);
    this.terminate();
    for (const job of failed) job.listener?.failed(reason);
    this.next();
  }

  private terminate(): void {
    this.worker?.terminate();
    this.worker = null;
    this.reading = false;
  }
}
