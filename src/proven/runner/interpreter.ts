/** Starts a Pyodide with the harness in it, from a memory snapshot or plainly; in Node and in browsers. */

import { type FileSystem, openChannel } from "./channel.ts";
import { withoutPowers } from "./isolation.ts";
import { readOutcome } from "./outcome.ts";
import type { Emit, Job, Outcome, Source } from "./protocol.ts";

/** The part of Pyodide's API that is used here; the same in every release that the site runs. */
export interface Pyodide {
  FS: FileSystem & { mkdirTree(path: string): void; writeFile(path: string, text: string): void };
  runPython(code: string): unknown;
  pyimport(name: string): PythonModule;
  makeMemorySnapshot?(): Uint8Array;
}

type PythonModule = Record<string, (...args: unknown[]) => unknown>;

export type LoadPyodide = (options: Record<string, unknown>) => Promise<Pyodide>;

/** The harness: module file name, relative to its package's parent, to source text. */
export type Harness = Record<string, string>;

const HARNESS_HOME = "/lib/harness";

/** Imported before a snapshot is taken, so that blocks that use them start with them loaded. */
export const COMMON_MODULES =
  "asyncio, collections.abc, contextlib, contextvars, dataclasses, datetime, decimal, enum, functools, " +
  "itertools, json, logging, operator, pathlib, random, re, string, textwrap, time, typing, warnings";

/** Write the harness into a fresh interpreter and import it. */
export function install(pyodide: Pyodide, harness: Harness): void {
  pyodide.FS.mkdirTree(`${HARNESS_HOME}/proven/harness`);
  for (const [name, text] of Object.entries(harness)) pyodide.FS.writeFile(`${HARNESS_HOME}/${name}`, text);
  pyodide.runPython(
    `import sys; sys.path.append("${HARNESS_HOME}")\n` +
      "import proven.harness.confine, proven.harness.execute, proven.harness.loop",
  );
}

/** Start a Pyodide where there is no snapshot. */
export async function plain(load: LoadPyodide, options: object, harness: Harness): Promise<Pyodide> {
  const pyodide = await load({ ...options });
  install(pyodide, harness);
  return pyodide;
}

/** One interpreter. Run one block in it (with what it continues from), then throw it away or restore it. */
export class Interpreter {
  readonly pyodide: Pyodide;
  private readonly runJson: (job: string) => string;
  private readonly reportJson: (job: string) => string;

  /** Takes what `restored()` or `plain()` gives. */
  constructor(pyodide: Pyodide) {
    this.pyodide = pyodide;
    const execute = pyodide.pyimport("proven.harness.execute");
    this.runJson = execute.run_json as typeof this.runJson;
    this.reportJson = execute.report_json as typeof this.reportJson;
    pyodide.runPython(
      "from proven.harness import confine, loop; loop.install(); confine.cut_bridges(); del confine, loop",
    );
  }

  /** Run, and pass on what is printed as it comes. */
  run(job: Job, emit: Emit): Outcome {
    const open = (stream: Parameters<Emit>[0]): number =>
      openChannel(this.pyodide.FS, stream, (text) => emit(stream, text));
    const channels = { stdout: open("stdout"), stderr: open("stderr"), asks: open("asks") };
    return readOutcome(withoutPowers(() => this.runJson(JSON.stringify({ ...job, channels }))));
  }

  /** Run, and give outcome and output as JSON: no object of JavaScript is in the block's reach. */
  report(sources: Source[]): string {
    return this.reportJson(JSON.stringify(sources));
  }
}
