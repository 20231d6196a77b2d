/** Web Worker entry: one interpreter for one run; the page then terminates it. */

import { guard, strip } from "../../isolation.ts";
import { loadPackages, prefetchPackages, type Shelf } from "../../packages.ts";
import type { Job } from "../../protocol.ts";
import { boot, type Booted } from "./boot.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { Printer } from "./printer.ts";
import { shelf } from "./wheels.ts";

const post: (message: FromWorker) => void = postMessage.bind(globalThis);

function fail(error: unknown): void {
  post({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
}

async function run({ interpreter, beat, start }: Booted, packages: Shelf, job: Job): Promise<void> {
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
    const outcome = interpreter.run(job, (stream, text) => {
      if (stream !== "asks") return printer.print(stream, text);
      printer.flush();
      post({ kind: "asks" }); // the page ends this worker
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
let packages: Shelf;

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "start") {
    packages = shelf(data.folders.packages);
    booted = boot(data.folders.runtime, data.start);
    booted.then(() => post({ kind: "ready" }), fail);
  } else if (data.kind === "expect") {
    booted.then(({ interpreter }) => prefetchPackages(interpreter, data.sources, packages)).catch(() => {}); // a run tries again
  } else {
    booted.then((ready) => run(ready, packages, data.job), () => {});
  }
});
