/** Leaves little to a block that gets through to JavaScript in spite of all. */

import { constants } from "node:fs";

/** Bytes that an interpreter's memory may have. */
const MEMORY = 2 ** 30;

const PAGE = 2 ** 16;

/** What Node has beyond the language, and Pyodide does not use once it runs. */
const GLOBALS = [
  ...["fetch", "Request", "Response", "WebSocket", "EventSource", "XMLHttpRequest", "FormData", "Headers"],
  ...["BroadcastChannel", "MessageChannel", "navigator", "localStorage", "sessionStorage", "Buffer"],
];

/** What Pyodide asks of `process` while it runs. */
const OF_PROCESS = ["argv", "platform", "release", "version", "versions", "getuid", "umask"] as const;

/** To be called before Pyodide is loaded: bounds memory, and stands in for what `--permission` refuses. */
export function bound(): void {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages: number): number {
    if (this.buffer.byteLength + pages * PAGE > MEMORY) throw new RangeError("out of memory");
    return grow.call(this, pages);
  };
  Object.assign(process, { binding: () => ({ fs: constants }) }); // Emscripten looks up the flags of open()
}

/** To be called when the first interpreter is there. */
export function strip(): void {
  const kept = Object.fromEntries(OF_PROCESS.map((name) => [name, process[name]]));
  for (const name of GLOBALS) Reflect.deleteProperty(globalThis, name);
  Object.defineProperty(globalThis, "process", { value: { ...kept, binding: () => ({ fs: constants }) } });
}
