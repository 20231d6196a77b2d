/** Web Worker entry: one interpreter for one run; the page then terminates it. */

import { guard, strip } from "../../isolation.ts";
import type { Job } from "../../job.ts";
import { loadPackages, prefetchPackages, type WheelSource } from "../../packages.ts";
import type { FromPython, ToPython } from "../protocol.ts";
import { boot, type Booted } from "./boot.ts";
import { Printer } from "./printer.ts";
import { wheelsFrom } from "./wheels.ts";

const post: (message: FromPython) => void = postMessage.bind(globalThis);

function fail(error: unknown): void {
  post({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
}

async function run({ interpreter, beat, start }: Booted, packages: WheelSource, job: Job): Promise<void> {
  const announce = (names: string[], bytes: number): void => post({ kind: "fetching", names, bytes });
  try {
    await loadPackages(interpreter, job.sources, packages, announce);
  } catch (error) {
    return fail(error);
  }
  strip();
  post({ kind: "running", start });
  const printer = new Printer((pieces) => post({ kind: "output", pieces }), beat);
  try {
    const outcome = interpreter.run(job, {
      print: (stream, text) => printer.print(stream, text),
      ask: () => {
        printer.flush();
        post({ kind: "asks" });
      },
    });
    printer.flush();
    post({ kind: "ended", outcome });
  } catch (error) {
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
    booted.then(({ interpreter }) => prefetchPackages(interpreter, data.sources, packages)).catch(() => {}); // a run tries again
  } else {
    booted.then((ready) => run(ready, packages, data.job), () => {});
  }
});
