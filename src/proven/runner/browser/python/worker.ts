/** Web Worker entry: one interpreter for one run; the page then terminates it. */

import { guard, strip } from "../../isolation.ts";
import type { Job, RunError, Shown, Source } from "../../job.ts";
import { loadPackages, prefetchPackages, type WheelSource } from "../../packages.ts";
import { describeEnd, exitOf, reasonFor } from "../endings/ending.ts";
import type { FromPython, ToPython } from "../protocol.ts";
import { boot, type Booted } from "./boot.ts";
import { Printer } from "./printer.ts";
import { wheelsFrom } from "./wheels.ts";

const post: (message: FromPython) => void = postMessage.bind(globalThis);

function fail(error: unknown): void {
  post({ kind: "failed", reason: reasonOf(error) });
}

function reasonOf(error: unknown): string {
  return reasonFor(error instanceof Error ? error.message : String(error));
}

/** Sources, and what Python takes for time zones where they speak of them: a computer of one's own has those. */
function withTimeZones(sources: Source[]): Source[] {
  const wanted = sources.some(({ source }) => /\bzoneinfo\b/.test(source));
  return wanted ? [...sources, { language: "python", source: "import tzdata" }] : sources;
}

async function run({ interpreter, beat, start }: Booted, packages: WheelSource, job: Job): Promise<void> {
  const announce = (names: string[], bytes: number): void => post({ kind: "fetching", names, bytes });
  try {
    await loadPackages(interpreter, withTimeZones(job.sources), packages, announce);
  } catch (error) {
    return fail(error);
  }
  strip();
  interpreter.limitStack();
  post({ kind: "running", start });
  const printer = new Printer((pieces) => post({ kind: "output", pieces }), beat);
  const end = (error: RunError | null, shown: Shown | null = null): void => {
    printer.flush();
    const marked = error?.type === "SystemExit" ? { ...error, line: null } : error; // to leave is no mistake
    post({ kind: "ended", outcome: { error: marked, shown }, ending: describeEnd(error, interpreter.version) });
  };
  try {
    const { error, shown } = interpreter.run(job, {
      print: (stream, text) => printer.print(stream, text),
      ask: () => {
        printer.flush();
        post({ kind: "asks" });
      },
    });
    end(error, shown);
  } catch (error) {
    const exit = exitOf(reasonOf(error));
    if (exit) return end(exit);
    printer.flush();
    fail(error);
  }
}

guard();
let booted: Promise<Booted>;
let packages: WheelSource;

addEventListener("message", ({ data }: MessageEvent<ToPython>) => {
  if (data.kind === "start") {
    packages = wheelsFrom(data.folders.packages);
    booted = boot(data.folders.runtime, data.start, (done, total) => post({ kind: "loading", done, total }));
    booted.catch(fail);
  } else if (data.kind === "prefetch") {
    booted.then(({ interpreter }) => prefetchPackages(interpreter, withTimeZones(data.sources), packages)).catch(() => {}); // a run tries again
  } else {
    booted.then((ready) => run(ready, packages, data.job), () => {});
  }
});
