/** Keeps a block away from JavaScript, and leaves little there should it get through; in Node and in browsers. */

/** Bytes that an interpreter's memory may have. */
const MEMORY = 2 ** 30;

const PAGE = 2 ** 16;

/** The functions through which Pyodide's C code, and so any Python, does things to objects of JavaScript,
 * but for the few that calling Python from JavaScript takes. */
const POWERS =
  /^(Js(?!v(Array_Get|Error_[A-Z]\w+|NoValue_Check)$)|raw_call_js|emscripten_(run_script|asm_const)|_?(emscripten_)?system$)/;

/** What there is of the language, and the little besides that Pyodide uses while it runs. */
const KEPT = new Set(
  (
    "Infinity NaN undefined globalThis self constructor decodeURI decodeURIComponent encodeURI encodeURIComponent " +
    "isFinite isNaN parseFloat parseInt Object Function Array Number Boolean String Symbol BigInt Date Promise " +
    "RegExp Iterator JSON Math Intl Atomics Reflect Proxy Map Set WeakMap WeakSet WeakRef FinalizationRegistry " +
    "Error AggregateError EvalError RangeError ReferenceError SuppressedError SyntaxError TypeError URIError " +
    "ArrayBuffer SharedArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array " +
    "Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array " +
    "WebAssembly TextDecoder TextEncoder DOMException console crypto performance setTimeout clearTimeout structuredClone"
  ).split(" "),
);

type Imports = Record<string, Record<string, unknown>>;
type Instantiate = (source: unknown, imports?: Imports) => unknown;

/** Whether a block is at work. */
export let isRunning = false;

function refuse(name: string): never {
  throw new Error(`examples cannot reach JavaScript (${name})`);
}

/** Call `work`; in the meantime whoever uses one of `POWERS` ends it with an error that Python cannot catch. */
export function withoutPowers<T>(work: () => T): T {
  isRunning = true;
  try {
    return work();
  } finally {
    isRunning = false;
  }
}

function gated(name: string, power: object): object {
  return new Proxy(power as () => unknown, {
    apply(target, self, args: []) {
      if (isRunning) refuse(name);
      return Reflect.apply(target, self, args);
    },
  });
}

function gate(instantiate: Instantiate): Instantiate {
  return (source, imports) => {
    const { env = {} } = imports ?? {}; // dlsym() looks into it too: it is changed, not copied
    for (const [name, value] of Object.entries(env)) {
      if (typeof value === "function" && POWERS.test(name)) env[name] = gated(name, value);
    }
    return instantiate(source, imports);
  };
}

/** To be called before Pyodide is loaded: bounds memory, and guards `POWERS`. */
export function guard(): void {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages: number): number {
    if (this.buffer.byteLength + pages * PAGE > MEMORY) throw new RangeError("out of memory");
    return grow.call(this, pages);
  };
  const { instantiate, instantiateStreaming } = WebAssembly;
  Object.assign(WebAssembly, {
    instantiate: gate(instantiate as Instantiate),
    instantiateStreaming: gate(instantiateStreaming as Instantiate),
  });
}

/** To be called when all is loaded: takes everything else away that code in this thread could use. */
export function strip(): void {
  for (let scope: object = globalThis; scope !== Object.prototype; scope = Object.getPrototypeOf(scope) as object) {
    for (const name of Object.getOwnPropertyNames(scope)) if (!KEPT.has(name)) Reflect.deleteProperty(scope, name);
  }
  Object.assign(globalThis, { eval: () => refuse("eval") }); // side modules may bring JavaScript as text
}
