/** Starts a Pyodide with the harness in it, from a memory snapshot or plainly; in Node and in browsers. */

import type { Emit, Outcome, Source } from "./protocol.ts";

/** The part of Pyodide's API that is used here; the same in every release that the site runs. */
export interface Pyodide {
  FS: { mkdirTree(path: string): void; writeFile(path: string, text: string): void };
  runPython(code: string): unknown;
  pyimport(name: string): PythonModule;
  makeMemorySnapshot?(): Uint8Array;
}

type PythonModule = Record<string, (...args: unknown[]) => unknown>;

export type LoadPyodide = (options: Record<string, unknown>) => Promise<Pyodide>;

/** The harness: module file name, relative to its package's parent, to source text. */
export type Harness = Record<string, string>;

const HARNESS_HOME = "/lib/proven";

/** Imported before a snapshot is taken, so that blocks that use them start with them loaded. */
const COMMON_MODULES =
  "asyncio, collections.abc, contextlib, contextvars, dataclasses, datetime, decimal, enum, functools, " +
  "itertools, json, logging, operator, pathlib, random, re, string, textwrap, time, typing, warnings";

/** Write the harness into a fresh interpreter and make it ready to run blocks. */
function install(pyodide: Pyodide, harness: Harness): void {
  pyodide.FS.mkdirTree(`${HARNESS_HOME}/harness`);
  for (const [name, text] of Object.entries(harness)) pyodide.FS.writeFile(`${HARNESS_HOME}/${name}`, text);
  pyodide.runPython(
    `import sys; sys.path.append("${HARNESS_HOME}")\n` +
      "import harness.loop, harness.execute, harness.confine\n" +
      "harness.loop.install()",
  );
}

/** A snapshot of an interpreter with the harness and the common modules imported. */
export async function makeSnapshot(load: LoadPyodide, options: object, harness: Harness): Promise<Uint8Array> {
  const pyodide = await load({ ...options, _makeSnapshot: true });
  install(pyodide, harness);
  pyodide.runPython(`import ${COMMON_MODULES}`);
  if (!pyodide.makeMemorySnapshot) throw new Error("this Pyodide cannot make a memory snapshot");
  return pyodide.makeMemorySnapshot();
}

/** One interpreter. Run one block in it (with what it continues from), then throw it away. */
export class Interpreter {
  private readonly pyodide: Pyodide;

  private constructor(pyodide: Pyodide) {
    this.pyodide = pyodide;
  }

  /** A snapshot that is still on its way is awaited while Pyodide itself loads. */
  static async fromSnapshot(
    load: LoadPyodide,
    options: object,
    snapshot: Uint8Array | PromiseLike<Uint8Array>,
  ): Promise<Interpreter> {
    const pyodide = await load({ ...options, _loadSnapshot: snapshot });
    pyodide.runPython("import random; random.seed()"); // every start would share the snapshot's seed
    return new Interpreter(pyodide);
  }

  static async plain(load: LoadPyodide, options: object, harness: Harness): Promise<Interpreter> {
    const pyodide = await load({ ...options });
    install(pyodide, harness);
    return new Interpreter(pyodide);
  }

  /** Let the block write in an empty working directory of its own, and nowhere else. */
  confine(): void {
    this.pyodide.runPython(
      "import os, tempfile, harness.confine\n" +
        "os.chdir(tempfile.mkdtemp())\n" +
        "harness.confine.confine(os.getcwd())",
    );
  }

  run(sources: Source[], emit: Emit): Outcome {
    const execute = this.pyodide.pyimport("harness.execute");
    return JSON.parse(execute.run_json!(JSON.stringify(sources), emit) as string);
  }
}
