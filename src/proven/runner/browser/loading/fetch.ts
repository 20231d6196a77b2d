/** Fetches files, and says which one is in the way. */

/** Told how many bytes are there, of how many. */
export type Progress = (done: number, total: number) => void;

/** Told how many bytes more are there. */
export type Count = (bytes: number) => void;

/** For readers: `8.3`. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Rejects, with the address in the message, when there is no answer or another one than the file. */
export async function get(url: string, options?: RequestInit): Promise<Response> {
  const response = await fetch(url, options).catch(() => {
    throw new Error(`${url} cannot be reached`);
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response;
}

export async function getJson<Value>(url: string): Promise<Value> {
  return (await (await get(url)).json()) as Value;
}

/** The contents of files of a folder by name, all fetched at once.
 *
 * @param sizes Their names and sizes.
 */
export async function getAll(
  folder: string,
  sizes: Record<string, number>,
  progress: Progress,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  let done = 0;
  const count = (bytes: number): void => progress((done += bytes), total);
  progress(0, total);
  const named = Object.entries(sizes).map(async ([name, size]) => {
    return [name, await read(`${folder}${name}`, size, count)] as const;
  });
  return new Map(await Promise.all(named));
}

async function read(url: string, size: number, count: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const content = new Uint8Array(size);
  let at = 0;
  const reader = (await get(url)).body!.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error(`${url} broke off`);
    });
    if (done) break;
    if (at + value.length > size) throw new Error(`${url} is not the file that this page was built with`);
    content.set(value, at);
    at += value.length;
    count(value.length);
  }
  if (at < size) throw new Error(`${url} broke off`);
  return content;
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

/** What is in a file that is compressed with gzip. */
export async function unzip(packed: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const content = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(content).arrayBuffer();
}
