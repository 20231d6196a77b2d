/** Puts the packages that code imports into an interpreter, before the code runs. */

import type { Interpreter } from "./interpreter.ts";
import type { Source } from "./job.ts";

interface Wheel {
  file: string;
  /** Bytes of the file. */
  size: number;
  imports: string[];
  depends: string[];
}

/** What the build wrote of the packages for one version of Python. */
export interface Index {
  offered: string[];
  wheels: Record<string, Wheel>;
}

/** Where packages come from. */
export interface WheelSource {
  index(version: string): Promise<Index>;
  wheel(file: string): Promise<Uint8Array>;
}

/** Hears what is about to be read: the packages that the code names, and the bytes of all that they take. */
export type Announce = (names: string[], bytes: number) => void;

/** Give sources the packages that they import. */
export async function loadPackages(
  interpreter: Interpreter,
  sources: Source[],
  source: WheelSource,
  announce: Announce,
): Promise<void> {
  const { names, needed, offered } = await resolve(interpreter, sources, source);
  if (offered) interpreter.offer(offered);
  if (needed.length) announce(names, needed.reduce((sum, { size }) => sum + size, 0));
  await unpack(interpreter, needed, source);
}

/** Put wheels into an interpreter. */
export async function unpack(interpreter: Interpreter, wheels: Wheel[], source: WheelSource): Promise<void> {
  if (!wheels.length) return;
  interpreter.install(await Promise.all(wheels.map(({ file }) => source.wheel(file))));
}

/** Get the packages that sources import to where they are at hand, and leave the interpreter as it is. */
export async function prefetchPackages(interpreter: Interpreter, sources: Source[], source: WheelSource): Promise<void> {
  const imported = await resolve(interpreter, sources, source);
  await Promise.all(imported.needed.map(({ file }) => source.wheel(file)));
}

interface Imported {
  /** What the code names. */
  names: string[];
  /** The modules of these that it imports. */
  modules: string[];
  /** All that they take. */
  needed: Wheel[];
  /** What there is; null if the standard library is enough. */
  offered: string[] | null;
}

/** The packages that sources import. */
export async function resolve(interpreter: Interpreter, sources: Source[], source: WheelSource): Promise<Imported> {
  const imported = interpreter.imported(sources);
  if (!imported.length) return { names: [], modules: [], needed: [], offered: null };
  const { offered, wheels } = await source.index(interpreter.version);
  const names = Object.keys(wheels).filter((name) => wheels[name]!.imports.some((module) => imported.includes(module)));
  const modules = imported.filter((module) => names.some((name) => wheels[name]!.imports.includes(module)));
  return { names, modules, needed: closure(wheels, names), offered };
}

/** Packages, and all that they depend on. */
function closure(wheels: Record<string, Wheel>, names: string[]): Wheel[] {
  const all = new Set(names);
  for (const name of all) for (const dependency of wheels[name]!.depends) all.add(dependency); // grows as it is walked
  return [...all].map((name) => wheels[name]!);
}
