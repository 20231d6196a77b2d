/** The files that are open, and what was found in each: reads them anew as they change. */

import { megabytes } from "../loading/fetch.ts";
import type { Checker, CheckListener, Job } from "../tools/client.ts";
import type { Finding } from "../protocol.ts";
import { type Scanned, Scanner, type ScanListener } from "./client.ts";
import type { Opened } from "./files.ts";
import { type Report, report } from "./findings.ts";
import { codesOf, type Pack } from "./pack.ts";

/** A file, with what was found in the text that it had then. */
export interface OpenFile extends Opened {
  scanned: { text: string; result: Scanned } | null;
  types: { text: string; findings: Finding[] } | null;
  /** What mypy has been asked. */
  job: Job | null;
  report: Report | null;
}

export interface DeskListener {
  /** Something is under way, of which so much may be known to be done. */
  busy(what: string, done?: number, total?: number): void;
  /** A file has been read. */
  updated(file: OpenFile): void;
  failed(reason: string): void;
}

export interface Tools {
  /** The scan's worker, the folder of the tools, and the site. */
  script: URL;
  folder: string;
  site: string;
  mypy: Checker;
  /** Called when they read code. */
  started(): void;
}

export class Desk implements ScanListener {
  readonly files = new Map<string, OpenFile>();
  /** The oldest that the code is for: 3.11. */
  python = "";
  types = false;
  private readonly scanner: Scanner;
  private readonly mypy: Checker;
  private readonly started: () => void;
  private readonly listener: DeskListener;
  private pack: Pack | null = null;

  constructor({ script, folder, site, mypy, started }: Tools, listener: DeskListener) {
    this.scanner = new Scanner(script, folder, site, this);
    this.mypy = mypy;
    this.started = started;
    this.listener = listener;
  }

  /** Add a file, or give it another text. */
  put(opened: Opened): OpenFile {
    const { name } = opened;
    const file = this.files.get(name) ?? { ...opened, scanned: null, types: null, job: null, report: null };
    Object.assign(file, opened);
    this.files.set(name, file);
    return file;
  }

  close(name: string): void {
    this.forget(this.files.get(name));
    this.files.delete(name);
  }

  /** Read files: by themselves, or all of them for another Python or with types. */
  async read(files: Iterable<OpenFile>): Promise<void> {
    try {
      this.pack = await this.scanner.pack();
    } catch (error) {
      return this.failed((error as Error).message);
    }
    for (const file of files) {
      this.scanner.scan(file.name, file.text, `py${this.python.replace(".", "")}`);
      this.forget(file);
      if (this.types && file.text.trim()) file.job = this.mypy.check(this.question(file), this.listen(file, file.text));
      else file.types = null;
    }
    if (!this.isIdle) this.listener.busy(this.waiting);
  }

  get isIdle(): boolean {
    return this.scanner.idle && ![...this.files.values()].some(({ job }) => job);
  }

  fetching(done: number, total: number): void {
    this.listener.busy(`Fetching Ruff and ast-grep: ${megabytes(total)} MB\u2026`, done, total);
  }

  starting(): void {
    this.listener.busy("Starting Ruff and ast-grep\u2026");
  }

  scanned(name: string, text: string, result: Scanned): void {
    const file = this.files.get(name);
    this.started();
    if (!file) return;
    file.scanned = { text, result };
    this.update(file);
  }

  failed(reason: string): void {
    this.listener.failed(reason);
  }

  private get waiting(): string {
    const left = [...this.files.values()].filter(({ text, scanned }) => text !== scanned?.text).length;
    return left > 1 ? `Reading ${left} files\u2026` : "Reading the code\u2026";
  }

  private forget(file: OpenFile | undefined): void {
    if (file?.job) this.mypy.forget(file.job);
    if (file) file.job = null;
  }

  private question({ text }: OpenFile): Job["code"] {
    return { before: "", own: text, shows: false, passed: [], only: codesOf(this.pack!, "mypy") };
  }

  private listen(file: OpenFile, text: string): CheckListener {
    const end = (): void => {
      file.job = null;
      this.update(file);
    };
    return {
      fetching: (done, total) => this.listener.busy(`Fetching mypy: ${megabytes(total)} MB\u2026`, done, total),
      starting: () => this.listener.busy("Starting mypy\u2026"),
      checking: () => this.listener.busy(`mypy reads ${file.name}\u2026`),
      checked: ({ findings }) => {
        file.types = { text, findings };
        end();
      },
      failed: (reason) => {
        end();
        this.listener.failed(reason);
      },
      cancelled: end,
    };
  }

  /** What is known of the text as it was read last; mypy's word on another text does not count. */
  private update(file: OpenFile): void {
    const { scanned, types } = file;
    if (!scanned || !this.pack) return;
    const { text, result } = scanned;
    const isTyped = types?.text === text;
    const findings = isTyped ? [...result.findings, ...types.findings] : result.findings;
    const asked = ["ruff", "ast-grep", ...(isTyped ? ["mypy"] : [])];
    file.report = report(text, findings, result.comments, this.pack, asked);
    if (!this.isIdle) this.listener.busy(this.waiting);
    this.listener.updated(file);
  }
}
