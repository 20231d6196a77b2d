/** Keeps a block away from JavaScript, and leaves little there should it get through. */

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

/** The functions through which Pyodide's C code, and so any Python, does things to objects of JavaScript,
 * but for the few that calling Python from JavaScript takes. */
const POWERS =
  /^(Js(?!v(Array_Get|Error_[A-Z]\w+|NoValue_Check)$)|raw_call_js|emscripten_(run_script|asm_const)|_?(emscripten_)?system$)/;

type Imports = Record<string, Record<string, unknown>>;

let closed = false;

/** Call `work`; in the meantime whoever uses one of `POWERS` ends it with an error that Python cannot catch. */
export function withoutPowers<T>(work: () => T): T {
  closed = true;
  try {
    return work();
  } finally {
    closed = false;
  }
}

function gated(name: string, power: object): object {
  return new Proxy(power as () => unknown, {
    apply(target, self, args: []) {
      if (closed) throw new Error(`examples cannot reach JavaScript (${name})`);
      return Reflect.apply(target, self, args);
    },
  });
}

/** To be called before Pyodide is loaded: bounds memory, guards `POWERS`, stands in for what `--permission` refuses. */
export function bound(): void {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages: number): number {
    if (this.buffer.byteLength + pages * PAGE > MEMORY) throw new RangeError("out of memory");
    return grow.call(this, pages);
  };
  const instantiate = WebAssembly.instantiate as (source: unknown, imports?: Imports) => unknown;
  Object.assign(WebAssembly, {
    instantiate(source: unknown, imports?: Imports) {
      const { env = {} } = imports ?? {}; // dlsym() looks into it too: it is changed, not copied
      for (const [name, value] of Object.entries(env)) {
        if (typeof value === "function" && POWERS.test(name)) env[name] = gated(name, value);
      }
      return instantiate(source, imports);
    },
  });
  Object.assign(process, { binding: () => ({ fs: constants }) }); // Emscripten looks up the flags of open()
}

/** To be called when the interpreter is there. */
export function strip(): void {
  const kept = Object.fromEntries(OF_PROCESS.map((name) => [name, process[name]]));
  for (const name of GLOBALS) Reflect.deleteProperty(globalThis, name);
  Object.defineProperty(globalThis, "process", { value: kept });
}
