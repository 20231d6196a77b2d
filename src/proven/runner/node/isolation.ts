/** What Node has beyond what browsers have: little of it is left to a block. */

import { constants } from "node:fs";
import { guard, strip } from "../isolation.ts";

/** What Pyodide asks of `process` while it runs. */
const OF_PROCESS = ["argv", "platform", "release", "version", "versions", "getuid", "umask"] as const;

/** To be called before Pyodide is loaded: guards it, and stands in for what `--permission` refuses. */
export function guardNode(): void {
  guard();
  Object.assign(process, { binding: () => ({ fs: constants }) }); // Emscripten looks up the flags of open()
}

/** To be called when the interpreter is there. */
export function stripNode(): void {
  const kept = Object.fromEntries(OF_PROCESS.map((name) => [name, process[name]]));
  strip();
  Object.defineProperty(globalThis, "process", { value: kept });
}
