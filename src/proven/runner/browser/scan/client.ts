/** The page's end of the scan: a worker that stays, and of each file only the newest text. */

import { PageWorker } from "../loading/worker.ts";
import type { Comment, Finding, FromScanner, ToScanner } from "../protocol.ts";
import { UNREADABLE } from "./findings.ts";
import { codesOf, loadPack, type Pack } from "./pack.ts";

export interface Scanned {
  findings: Finding[];
  comments: Comment[];
  milliseconds: number;
}

export interface ScanListener {
  fetching(done: number, total: number): void;
  starting(): void;
  /** What is found in a text; it may have changed since. */
  scanned(name: string, text: string, result: Scanned): void;
  failed(reason: string): void;
}

/** A file to be read, for a Python as Ruff calls it: py311. */
interface Wanted {
  text: string;
  python: string;
}

export class Scanner {
  private readonly url: URL;
  private readonly folder: string;
  private readonly site: string;
  private readonly listener: ScanListener;
  private readonly waiting = new Map<string, Wanted>();
  private worker: Promise<PageWorker<ToScanner, FromScanner>> | null = null;
  private current: [name: string, text: string] | null = null;
  private loading: Promise<Pack> | null = null;

  /**
   * @param url - The worker's script.
   * @param folder - Where the tools are.
   * @param site - The address of the site.
   */
  constructor(url: URL, folder: string, site: string, listener: ScanListener) {
    this.url = url;
    this.folder = folder;
    this.site = site;
    this.listener = listener;
  }

  /** The rules; rejects when they cannot be had, and the next call tries again. */
  pack(): Promise<Pack> {
    this.loading ??= loadPack(this.site);
    this.loading.catch(() => (this.loading = null));
    return this.loading;
  }

  /** Read a file, as soon as those that were wanted before have been read. */
  scan(name: string, text: string, python: string): void {
    this.waiting.set(name, { text, python });
    this.next();
  }

  /** Read no more of what is waiting. */
  forget(): void {
    this.waiting.clear();
  }

  get idle(): boolean {
    return this.current === null && this.waiting.size === 0;
  }

  private next(): void {
    const [first] = this.waiting;
    if (this.current || !first) return;
    const [name, { text, python }] = first;
    this.waiting.delete(name);
    this.current = [name, text];
    this.worker ??= this.start();
    this.worker.then((worker) => worker.send({ kind: "scan", text, python }), (error: Error) => this.fail(error.message));
  }

  private async start(): Promise<PageWorker<ToScanner, FromScanner>> {
    const pack = await this.pack();
    const worker = new PageWorker<ToScanner, FromScanner>(this.url, "scan", (message) => this.receive(message));
    worker.send({ kind: "start", folder: this.folder, codes: codesOf(pack, "ruff"), rules: pack.astGrep });
    return worker;
  }

  private receive(message: FromScanner): void {
    switch (message.kind) {
      case "fetching":
        return this.listener.fetching(message.done, message.total);
      case "starting":
        return this.listener.starting();
      case "failed":
        return this.fail(message.reason);
      case "broken":
        this.terminate();
        return this.tell({ findings: [unreadable(message.reason)], comments: [], milliseconds: 0 });
      case "scanned":
        return this.tell(message);
    }
  }

  private tell(result: Scanned): void {
    const [name, text] = this.current!;
    this.current = null;
    this.listener.scanned(name, text, result);
    this.next();
  }

  /** Let go of the worker: what is wanted next starts another. */
  private fail(reason: string): void {
    this.terminate();
    this.current = null;
    this.waiting.clear();
    this.listener.failed(reason);
  }

  private terminate(): void {
    void this.worker?.then((worker) => worker.terminate(), () => {});
    this.worker = null;
  }
}

/** What is said of a text that a tool breaks down over. */
function unreadable(reason: string): Finding {
  const message = `it is too much for a tool in a browser (${reason}); proven check may read it`;
  return { line: 1, column: 1, endLine: 1, endColumn: 1, severity: "error", tool: "Ruff", code: UNREADABLE, message };
}
