/** A file of Python's that is fetched when it is first read; the program waits for it. */

import type { Pyodide } from "../../interpreter.ts";
import type {} from "../disk/carried.ts";

interface FileSystem {
  readdir(folder: string): string[];
  lookupPath(path: string): { node: object };
  ErrnoError: new (errno: number) => Error;
}

/** Emscripten's number of "Input/output error". */
const EIO = 29;

const { XMLHttpRequest } = globalThis; // programs find none

/** Fetch the library's modules, beyond those that an interpreter has loaded, only for a program that imports one. */
export function fetchLibraryLazily(pyodide: Pyodide, url: string): void {
  const FS = pyodide.FS as unknown as FileSystem;
  const name = FS.readdir("/lib").find((file) => /^python\d+\.zip$/.test(file));
  let content: Uint8Array | undefined;
  const get = (): Uint8Array => globalThis.provenCarried?.worker?.read(url) ?? download(url, () => new FS.ErrnoError(EIO));
  const read = (): Uint8Array => (content ??= get());
  Object.defineProperties(FS.lookupPath(`/lib/${name}`).node, {
    contents: { get: read },
    usedBytes: { get: () => read().length },
  });
}

function download(url: string, problem: () => Error): Uint8Array {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.responseType = "arraybuffer";
  try {
    request.send();
  } catch {
    throw problem();
  }
  if (request.status !== 200) throw problem();
  return new Uint8Array(request.response as ArrayBuffer);
}
