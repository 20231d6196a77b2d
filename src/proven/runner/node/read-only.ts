/** Makes all of an interpreter's files read-only for blocks but those in one directory, whoever writes: Python or C. */

import { isRunning } from "../isolation.ts";

/** A file or directory of Emscripten's file system in memory. */
interface FileNode {
  parent: FileNode;
}

type Operation = (...args: never[]) => unknown;

interface Kind {
  node: Record<string, Operation>;
  stream: Record<string, Operation>;
}

interface FileSystem {
  filesystems: { MEMFS: { ops_table: Record<"dir" | "file" | "link" | "chrdev", Kind> } };
  ErrnoError: new (errno: number) => Error;
  lookupPath(path: string): { node: FileNode };
}

/** Emscripten's number of "Permission denied". */
const EACCES = 2;

export function makeReadOnlyOutside(FS: FileSystem, directory: string): void {
  const home = FS.lookupPath(directory).node;

  function below(node: FileNode): boolean {
    for (let ancestor = node; ancestor.parent !== ancestor; ancestor = ancestor.parent) {
      if (ancestor.parent === home) return true;
    }
    return false;
  }

  /** Let an operation pass when each of its first arguments is allowed. */
  function guard(operations: Record<string, Operation>, name: string, ...allowed: ((node: FileNode) => boolean)[]): void {
    const operation = operations[name];
    if (!operation) return; // this release has none
    operations[name] = (...args: unknown[]) => {
      if (isRunning && !allowed.every((test, index) => test(args[index] as FileNode))) throw new FS.ErrnoError(EACCES);
      return Reflect.apply(operation, operations, args);
    };
  }

  const holder = (node: FileNode) => node === home || below(node);
  const opened = (stream: unknown) => below((stream as { node: FileNode }).node);
  const { dir, file, link, chrdev } = FS.filesystems.MEMFS.ops_table;
  for (const name of ["mknod", "symlink", "unlink", "rmdir"]) guard(dir.node, name, holder);
  guard(dir.node, "rename", below, holder);
  for (const kind of [dir, file, link, chrdev]) guard(kind.node, "setattr", below);
  for (const name of ["write", "allocate", "msync"]) guard(file.stream, name, opened);
}
