/** Counts what is fetched to start Python: `count = meter(folder, progress)`, for `counted(response, count)`. */

import type { Count, Progress } from "../loading/fetch.ts";

/** Bytes of what starts a version, by its name; written in when compiled. */
declare const SIZES: Record<string, number>;

/** It is told as many times, however many pieces arrive. */
const STEPS = 20;

/** @param folder - The address of a version's runtime, which ends in its name and a slash. */
export function meter(folder: string, progress: Progress): Count {
  const total = SIZES[/[^/]+(?=\/$)/.exec(folder)![0]]!;
  let done = 0;
  let told = 0;
  return (bytes) => {
    done = Math.min(done + bytes, total);
    if (done - told < total / STEPS && done < total) return;
    told = done;
    progress(done, total);
  };
}
