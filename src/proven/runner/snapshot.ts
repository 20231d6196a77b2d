/** Memory snapshots of an interpreter with the harness in it: made small, and restored. */

import { COMMON_MODULES, type Harness, install, type LoadPyodide, type Pyodide } from "./interpreter.ts";

/** A whole snapshot is a head and pages of memory. */
const MEMORY_PAGE = 2 ** 16;
/** What is left out of it if it is empty. */
const PAGE = 2 ** 12;
/** Words before those that say where pages belong. */
const INDEX = 4;
const WORDS = PAGE / 4;

type Started = WebAssembly.WebAssemblyInstantiatedSource;

type Instantiate = (source: unknown, imports?: WebAssembly.Imports) => Promise<Started>;

/** A snapshot with the harness and the common modules imported, as `restored()` takes it. */
export async function makeSnapshot(load: LoadPyodide, options: object, harness: Harness): Promise<Uint8Array> {
  let initial = new Uint8Array();
  const pyodide = await onceInstantiated(
    ({ buffer }) => void (initial = new Uint8Array(buffer).slice()),
    () => load({ ...options, _makeSnapshot: true }),
  );
  install(pyodide, harness);
  pyodide.runPython(`import ${COMMON_MODULES}`);
  if (!pyodide.makeMemorySnapshot) throw new Error("this Pyodide cannot make a memory snapshot");
  clearHoles(pyodide);
  const snapshot = pyodide.makeMemorySnapshot();
  const pages = Math.ceil((initial.findLastIndex(Boolean) + 1) / PAGE);
  mix(words(snapshot.subarray(snapshot.length % MEMORY_PAGE)), words(initial.subarray(0, pages * PAGE)));
  return pack(snapshot, pages);
}

/** Start a Pyodide from a snapshot.
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
  const snapshot = Promise.resolve(packed).then((bytes) => new Snapshot(bytes));
  snapshot.catch(() => {}); // handled where it is awaited, which may be after it fails
  return onceInstantiated(
    async (memory) => (await snapshot).takeInitial(memory),
    () => load({ ...options, _loadSnapshot: snapshot }),
    module,
  );
}

/** Leave out empty pages. What is left comes after the length of the snapshot, that of its head, the number of pages that hold data from the start, and which pages are left. */
function pack(snapshot: Uint8Array, dataPages: number): Uint8Array {
  const head = snapshot.length % MEMORY_PAGE;
  const count = (snapshot.length - head) / PAGE;
  const page = (index: number): Uint8Array => snapshot.subarray(head + index * PAGE, head + (index + 1) * PAGE);
  const full = Array.from({ length: count }, (_, index) => index).filter((index) => page(index).some(Boolean));
  const index = Uint32Array.of(snapshot.length, head, dataPages, full.length, ...full);
  return join([new Uint8Array(index.buffer), snapshot.subarray(0, head), ...full.map(page)]);
}

function words(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
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

/** What Pyodide takes for a whole snapshot: it asks how long it is, reads the head, and then wants the memory, which is written to where it belongs. */
class Snapshot extends Uint8Array {
  static readonly [Symbol.species] = Uint8Array;
  private readonly size: number;
  private readonly dataPages: number;
  private readonly full: Uint32Array;
  private readonly pages: Uint32Array;
  private memory: WebAssembly.Memory | null = null;
  private initial = new Uint32Array();

  constructor(packed: Uint8Array) {
    const all = words(packed);
    const [size, head, dataPages, count] = all as unknown as [number, number, number, number];
    const start = INDEX + count;
    super(packed.buffer as ArrayBuffer, packed.byteOffset + start * 4, head);
    this.size = size;
    this.dataPages = dataPages;
    this.full = all.subarray(INDEX, start);
    this.pages = all.subarray(start + head / 4);
  }

  override get length(): number {
    return this.size;
  }

  override subarray(begin?: number, end?: number): Uint8Array<ArrayBuffer> {
    if (end !== undefined) return super.subarray(begin, end) as Uint8Array<ArrayBuffer>;
    this.restore();
    return new Uint8Array(); // Pyodide goes on to copy it
  }

  /** Keep what memory holds before anything runs. */
  takeInitial(memory: WebAssembly.Memory): void {
    this.memory = memory;
    this.initial = new Uint32Array(memory.buffer).slice(0, this.dataPages * WORDS);
  }

  private restore(): void {
    const { initial, full, pages } = this;
    const memory = new Uint32Array(this.memory!.buffer);
    memory.set(initial);
    let next = 0;
    for (let start = 0, page = 0; start < memory.length; start += WORDS, page++) {
      if (full[next] === page) {
        const content = pages.subarray(next * WORDS, ++next * WORDS);
        if (page < this.dataPages) mix(memory.subarray(start, start + WORDS), content);
        else memory.set(content, start);
      } else if (page >= this.dataPages) {
        clear(memory, start);
      }
    }
  }
}

/** Empty a page, which most are: those cost nothing before they are written to. */
function clear(memory: Uint32Array, start: number): void {
  const end = start + WORDS;
  for (let index = start; index < end; index++) {
    if (memory[index]) return void memory.fill(0, start, end);
  }
}

/** Leave out of words what others hold, or put it in again: with exclusive or, it is the same. */
function mix(words: Uint32Array, others: Uint32Array): void {
  for (let index = 0; index < others.length; index++) words[index]! ^= others[index]!;
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

/** Show the memory of Pyodide's own module when it has just been instantiated, which `start` does. */
async function onceInstantiated(
  show: (memory: WebAssembly.Memory) => unknown,
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
      await show(memory);
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
