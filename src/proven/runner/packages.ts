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

/** Give sources the packages that they import; true when there were any. */
export async function loadPackages(
  interpreter: Interpreter,
  sources: Source[],
  source: WheelSource,
  announce: Announce = () => {},
): Promise<boolean> {
  const imported = await resolve(interpreter, sources, source);
  if (!imported) return false;
  const { names, needed, offered } = imported;
  interpreter.offer(offered);
  if (!needed.length) return false;
  announce(names, needed.reduce((sum, { size }) => sum + size, 0));
  const files = await Promise.all(needed.map(({ file }) => source.wheel(file)));
  interpreter.install(files);
  return true;
}

/** Get the packages that sources import to where they are at hand, and leave the interpreter as it is. */
export async function prefetchPackages(interpreter: Interpreter, sources: Source[], source: WheelSource): Promise<void> {
  const imported = await resolve(interpreter, sources, source);
  await Promise.all((imported?.needed ?? []).map(({ file }) => source.wheel(file)));
}

interface Imported {
  /** What the code names. */
  names: string[];
  /** All that they take. */
  needed: Wheel[];
  /** What there is. */
  offered: string[];
}

/** None if the standard library is enough. */
async function resolve(interpreter: Interpreter, sources: Source[], source: WheelSource): Promise<Imported | null> {
  const imported = interpreter.imported(sources);
  if (!imported.length) return null;
  const { offered, wheels } = await source.index(interpreter.version);
  const names = Object.keys(wheels).filter((name) => wheels[name]!.imports.some((module) => imported.includes(module)));
  return { names, needed: closure(wheels, names), offered };
}

/** Packages, and all that they depend on. */
function closure(wheels: Record<string, Wheel>, names: string[]): Wheel[] {
  const all = new Set(names);
  for (const name of all) for (const dependency of wheels[name]!.depends) all.add(dependency); // grows as it is walked
  return [...all].map((name) => wheels[name]!);
}
