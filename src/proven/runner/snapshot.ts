/** Memory snapshots of an interpreter with the harness in it: made small, and restored. */

import { COMMON_MODULES, type Harness, install, type LoadPyodide, type Pyodide } from "./interpreter.ts";

const PAGE = 2 ** 16;

type Started = WebAssembly.WebAssemblyInstantiatedSource;

type Instantiate = (source: unknown, imports?: WebAssembly.Imports) => Promise<Started>;

/** A snapshot with the harness and the common modules imported, as `restored()` takes it. */
export async function makeSnapshot(load: LoadPyodide, options: object, harness: Harness): Promise<Uint8Array> {
  let initial = new Uint8Array();
  const pyodide = await onceInstantiated(
    (memory) => void (initial = memory.slice()),
    () => load({ ...options, _makeSnapshot: true }),
  );
  install(pyodide, harness);
  pyodide.runPython(`import ${COMMON_MODULES}`);
  if (!pyodide.makeMemorySnapshot) throw new Error("this Pyodide cannot make a memory snapshot");
  clearHoles(pyodide);
  const snapshot = pyodide.makeMemorySnapshot();
  mix(snapshot, initial);
  return snapshot;
}

/** Start a Pyodide from a snapshot, which is used up.
 *
 * A snapshot that is still on its way is awaited while Pyodide itself loads. So is `module`, the
 * compiled WebAssembly: Pyodide itself would begin to compile when it has the snapshot.
 */
export function restored(
  load: LoadPyodide,
  options: object,
  snapshot: Uint8Array | PromiseLike<Uint8Array>,
  module?: Promise<WebAssembly.Module>,
): Promise<Pyodide> {
  return onceInstantiated(
    async (memory) => mix(await snapshot, memory),
    () => load({ ...options, _loadSnapshot: snapshot }),
    module,
  );
}

/** Leave out of a snapshot what memory holds from the start, or put it in again: with exclusive or, it is the same. */
function mix(snapshot: Uint8Array, initial: Uint8Array): void {
  const header = snapshot.length % PAGE;
  const words = new Uint32Array(snapshot.buffer, snapshot.byteOffset + header, (snapshot.length - header) / 4);
  const others = new Uint32Array(initial.buffer, initial.byteOffset, initial.length / 4);
  const length = Math.min(words.length, others.length);
  for (let index = 0; index < length; index++) words[index]! ^= others[index]!;
}

/** Zeroes memory that is free, which else keeps what was once in it, and has to travel with it. */
const CLEAR_HOLES = `
import gc
gc.collect()
holes, size = [], 2 ** 22
while size > 512:
    try:
        holes.append(bytearray(size))
    except MemoryError:
        size //= 2
del holes, size, gc
`;

/** Let Python fill all the memory that it has, and no more. */
function clearHoles(pyodide: Pyodide): void {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = () => { throw new RangeError("only what is there"); };
  pyodide.runPython(CLEAR_HOLES);
  WebAssembly.Memory.prototype.grow = grow;
}

/** Show the memory that Pyodide's own module has when it has just been instantiated, which `start` does. */
async function onceInstantiated(
  show: (memory: Uint8Array) => unknown,
  start: () => Promise<Pyodide>,
  compiled?: Promise<WebAssembly.Module>,
): Promise<Pyodide> {
  const usual = { instantiate: WebAssembly.instantiate, instantiateStreaming: WebAssembly.instantiateStreaming };
  let fail!: (reason: unknown) => void;
  const failed = new Promise<never>((_, reject) => (fail = reject)); // Pyodide itself would wait without end
  const showing = (instantiate: Instantiate): Instantiate => async (source, imports) => {
    const env = imports?.env;
    if (!env) return instantiate.call(WebAssembly, source, imports); // a helper of Pyodide's
    try {
      const started = await (compiled ? fromModule(await compiled) : instantiate.call(WebAssembly, source, imports));
      const memory = (env.memory ?? started.instance.exports.memory) as WebAssembly.Memory; // by release
      await show(new Uint8Array(memory.buffer));
      return started;
    } catch (error) {
      fail(error);
      throw error;
    }

    async function fromModule(module: WebAssembly.Module): Promise<Started> {
      return { module, instance: await usual.instantiate.call(WebAssembly, module, imports) };
    }
  };
  Object.assign(WebAssembly, {
    instantiate: showing(usual.instantiate as unknown as Instantiate),
    instantiateStreaming: showing(usual.instantiateStreaming as unknown as Instantiate),
  });
  try {
    return await Promise.race([start(), failed]);
  } finally {
    Object.assign(WebAssembly, usual);
  }
}
