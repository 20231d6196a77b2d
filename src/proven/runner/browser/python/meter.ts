/** Counts what is fetched to start Python: `count = meter(folder, progress)`, then `counted(response, count)`. */

/** Bytes of what starts a version, by its name; written in when compiled. */
declare const SIZES: Record<string, number>;

/** Told how many bytes are there, of how many. */
export type Progress = (done: number, total: number) => void;

export type Count = (bytes: number) => void;

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

/** A response whose content is counted while it is read. */
export function counted(response: Response, count: Count): Response {
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(bytes, out) {
      count(bytes.length);
      out.enqueue(bytes);
    },
  });
  return response.body ? new Response(response.body.pipeThrough(counter), response) : response;
}
