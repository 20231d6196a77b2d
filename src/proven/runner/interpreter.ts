/** Starts a Pyodide with the harness in it, from a memory snapshot or plainly; in Node and in browsers. */

import { type FileSystem, openChannel } from "./channel.ts";
import { withoutPowers } from "./isolation.ts";
import type { Job, Outcome, Source, Stream } from "./job.ts";
import { readOutcome } from "./outcome.ts";

/** The part of Pyodide's API that is used here; the same in every release that the site runs. */
export interface Pyodide {
  FS: FileSystem & { mkdirTree(path: string): void; writeFile(path: string, content: string | Uint8Array): void };
  runPython(code: string): unknown;
  pyimport(name: string): PythonModule;
  makeMemorySnapshot?(): Uint8Array;
  _module: {
    HEAPU8: Uint8Array;
    _PyThreadState_Get(): number;
    _PyUnstable_ThreadState_SetStackProtection?(state: number, start: number, size: number): number;
    _emscripten_stack_get_current(): number;
  };
}

type PythonModule = Record<string, (...args: unknown[]) => unknown>;

export type LoadPyodide = (options: Record<string, unknown>) => Promise<Pyodide>;

/** What a run is answered with while it goes on. */
export interface RunListener {
  print(stream: Stream, text: string): void;
  /** The program waits for a line of input. */
  ask(): void;
}

/** The harness: module file name, relative to its package's parent, to source text. */
export type Harness = Record<string, string>;

/** Bytes of C's own stack that calls may take.
 *
 * A method that calls itself by way of C overflows V8's stack, and breaks the interpreter down, long before it
 * overflows that of C, which Python watches. V8's lasts for 180 kB in the worst of 20 such programs.
 */
const STACK = 160_000;

const HARNESS_HOME = "/lib/harness";
const WHEELS = "/tmp/wheels";

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
      "import proven.harness.confine, proven.harness.execute, proven.harness.install, proven.harness.loop, " +
      "proven.harness.terminal",
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
  private readonly importedJson: (job: string) => string;
  private readonly offerJson: (names: string) => void;
  private readonly installFiles: (folder: string) => void;
  private readonly statementsJson: (job: string) => string;
  private readonly importJson: (statements: string) => void;
  /** Such as 3.14. */
  readonly version: string;

  /** Takes what `restored()` or `plain()` gives. */
  constructor(pyodide: Pyodide) {
    this.pyodide = pyodide;
    const execute = pyodide.pyimport("proven.harness.execute");
    const install = pyodide.pyimport("proven.harness.install");
    this.runJson = execute.run_json as typeof this.runJson;
    this.reportJson = execute.report_json as typeof this.reportJson;
    this.importedJson = install.imported_json as typeof this.importedJson;
    this.offerJson = install.offer_json as typeof this.offerJson;
    this.installFiles = install.install as typeof this.installFiles;
    this.statementsJson = install.statements_json as typeof this.statementsJson;
    this.importJson = install.import_json as typeof this.importJson;
    this.version = (install.version as () => string)();
    pyodide.runPython(
      "from proven.harness import confine, loop, terminal\n" +
        "loop.install(); terminal.install(); confine.block_javascript(); del confine, loop, terminal",
    );
  }

  /** Have calls that go too deep end in a RecursionError: from Python 3.14 on, which can be told where its stack ends. */
  limitStack(): void {
    const { _module: module } = this.pyodide;
    if (!module._PyUnstable_ThreadState_SetStackProtection) return;
    const start = module._emscripten_stack_get_current() - STACK;
    module._PyUnstable_ThreadState_SetStackProtection(module._PyThreadState_Get(), start, STACK);
  }

  /** The modules that sources import besides the standard library's. */
  imported(sources: Source[]): string[] {
    return JSON.parse(this.importedJson(JSON.stringify(sources)));
  }

  /** Let errors say which modules there are besides the standard library's. */
  offer(names: string[]): void {
    this.offerJson(JSON.stringify(names));
  }

  /** Unpack wheels where Python finds them. */
  install(wheels: Uint8Array[]): void {
    this.pyodide.FS.mkdirTree(WHEELS);
    for (const [index, wheel] of wheels.entries()) this.pyodide.FS.writeFile(`${WHEELS}/${index}.whl`, wheel);
    this.installFiles(WHEELS);
  }

  /** The statements by which sources import from modules: `from django.db import models`. */
  importsOf(sources: Source[], modules: string[]): string[] {
    return JSON.parse(this.statementsJson(JSON.stringify({ sources, modules })));
  }

  /** Execute imports, as far as they can be; what there is now takes garbage collections no more time. */
  import(statements: string[]): void {
    this.importJson(JSON.stringify(statements));
  }

  /** Run, and pass on what is printed, and asked, as it comes. */
  run(job: Job, { print, ask }: RunListener): Outcome {
    const open = (name: string, receive: (text: string) => void): number =>
      openChannel(this.pyodide.FS, name, receive);
    const channels = {
      stdout: open("stdout", (text) => print("stdout", text)),
      stderr: open("stderr", (text) => print("stderr", text)),
      value: open("value", (text) => print("value", text)),
      asks: open("asks", ask),
    };
    return readOutcome(withoutPowers(() => this.runJson(JSON.stringify({ ...job, channels }))));
  }

  /** Run, and give outcome and output as JSON: no object of JavaScript is in the block's reach. */
  report(sources: Source[]): string {
    return this.reportJson(JSON.stringify(sources));
  }
}
