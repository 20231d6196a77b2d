/** Takes an interpreter back to the moment at which it was ready, for a new block.
 *
 * All of CPython's state is in the WebAssembly memory, and copying that back is
 * much faster than a new interpreter, above all where there are no snapshots.
 * What JavaScript holds besides (open files, the working directory) is undone by
 * hand. An interpreter that has died or grown is not worth it.
 */

import type { Pyodide } from "../interpreter.ts";

interface FileNode {
  parent: FileNode;
  /** The next one with a name of the same hash. */
  name_next?: FileNode;
}

/** Emscripten's file system, as far as it is used here. */
interface FileSystem {
  nameTable: (FileNode | undefined)[];
  hashRemoveNode(node: FileNode): void;
  lookupPath(path: string): { node: FileNode };
  streams: ({ fd: number } | null | undefined)[];
  chdir(path: string): void;
  close(stream: unknown): void;
  isDir(mode: number): boolean;
  lstat(path: string): { mode: number };
  readdir(path: string): string[];
  rmdir(path: string): void;
  unlink(path: string): void;
}

interface Internals {
  FS: FileSystem;
}

/** Bytes by which memory may have grown before a new interpreter is cheaper. */
const GROWTH_LIMIT = 256 * 2 ** 20;

export class Checkpoint {
  private readonly pyodide: Pyodide & Internals;
  private readonly directory: string;
  private readonly memory: Uint8Array;
  private readonly open: Set<unknown>;

  constructor(pyodide: Pyodide, directory: string) {
    this.pyodide = pyodide as Pyodide & Internals;
    this.directory = directory;
    this.memory = this.pyodide._module.HEAPU8.slice();
    this.open = new Set(this.pyodide.FS.streams);
  }

  /** Go back; false when the interpreter is to be thrown away instead. */
  restore(): boolean {
    const { FS } = this.pyodide;
    const memory = this.pyodide._module.HEAPU8;
    if (memory.length - this.memory.length > GROWTH_LIMIT) return false;
    for (const stream of FS.streams) if (stream && !this.open.has(stream)) FS.close(stream);
    FS.chdir(this.directory);
    this.empty(this.directory);
    this.forget(FS.lookupPath(this.directory).node);
    memory.set(this.memory);
    memory.fill(0, this.memory.length);
    return true;
  }

  /** Drop what is still looked up in an empty directory: files that a rename has replaced, before Python 3.13. */
  private forget(directory: FileNode): void {
    const { FS } = this.pyodide;
    for (let first of FS.nameTable) {
      for (; first; first = first.name_next) {
        let place = first;
        while (place !== directory && place.parent !== place) place = place.parent;
        if (place === directory && first !== directory) FS.hashRemoveNode(first);
      }
    }
  }

  private empty(directory: string): void {
    const { FS } = this.pyodide;
    for (const name of FS.readdir(directory)) {
      if (name === "." || name === "..") continue;
      const path = `${directory}/${name}`;
      if (FS.isDir(FS.lstat(path).mode)) {
        this.empty(path);
        FS.rmdir(path);
      } else FS.unlink(path);
    }
  }
}
