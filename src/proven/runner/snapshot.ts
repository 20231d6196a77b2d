/** Memory snapshots of an interpreter with the harness in it: made small, and restored. */

import { COMMON_MODULES, type Harness, install, type LoadPyodide, type Pyodide } from "./interpreter.ts";

/** A whole snapshot is a head and pages of memory. */
const MEMORY_PAGE = 2 ** 16;
/** What is left out of it if it is empty. */
const PAGE = 2 ** 12;
/** Words before those that say where pages belong. */
const INDEX = 4;

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
  return pack(snapshot, initial.findLastIndex(Boolean) + 1);
}

/** Start a Pyodide from a snapshot, which is used up.
 *
 * A snapshot that is still on its way is awaited while Pyodide itself loads. So is `module`, the
 * compiled WebAssembly: Pyodide itself would begin to compile when it has the snapshot.
 */
export function restored(
  load: LoadPyodide,
  options: object,
  packed: Uint8Array | PromiseLike<Uint8Array>,
  module?: Promise<WebAssembly.Module>,
): Promise<Pyodide> {
  const unpacked = Promise.resolve(packed).then(unpack);
  unpacked.catch(() => {}); // handled where it is awaited, which may be after it fails
  return onceInstantiated(
    async (memory) => {
      const { snapshot, data } = await unpacked;
      mix(snapshot, memory.subarray(0, data));
    },
    () => load({ ...options, _loadSnapshot: unpacked.then(({ snapshot }) => snapshot) }),
    module,
  );
}

/** A snapshot, and the bytes at the start of memory that may not be empty before anything runs. */
interface Unpacked {
  snapshot: Uint8Array;
  data: number;
}

/** Leave out empty pages. What is left comes after the length of the snapshot, that of its head, that of the data, and where each page belongs. */
function pack(snapshot: Uint8Array, data: number): Uint8Array {
  const head = snapshot.length % MEMORY_PAGE;
  const places: number[] = [];
  for (let start = head; start < snapshot.length; start += PAGE) {
    if (snapshot.subarray(start, start + PAGE).some(Boolean)) places.push(start);
  }
  const words = Uint32Array.of(snapshot.length, head, Math.ceil(data / PAGE) * PAGE, places.length, ...places);
  const pages = places.map((start) => snapshot.subarray(start, start + PAGE));
  return join([new Uint8Array(words.buffer), snapshot.subarray(0, head), ...pages]);
}

function unpack(packed: Uint8Array): Unpacked {
  const words = new Uint32Array(packed.buffer, packed.byteOffset, packed.length >> 2);
  const [length, head, data, count] = words as unknown as [number, number, number, number];
  const places = words.subarray(INDEX, INDEX + count);
  const snapshot = new Uint8Array(length);
  let start = (INDEX + count) * words.BYTES_PER_ELEMENT;
  snapshot.set(packed.subarray(start, (start += head)));
  for (const place of places) snapshot.set(packed.subarray(start, (start += PAGE)), place);
  return { snapshot, data };
}

function join(parts: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let start = 0;
  for (const part of parts) {
    joined.set(part, start);
    start += part.length;
  }
  return joined;
}

/** Leave out of a snapshot what memory holds from the start, or put it in again: with exclusive or, it is the same. */
function mix(snapshot: Uint8Array, initial: Uint8Array): void {
  const head = snapshot.length % MEMORY_PAGE;
  const words = new Uint32Array(snapshot.buffer, snapshot.byteOffset + head, (snapshot.length - head) / 4);
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
