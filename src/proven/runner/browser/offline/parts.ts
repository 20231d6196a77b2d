/** The parts of the site that are kept when a reader asks for them: what runs and checks take. */

import { counted, get, getJson, type Progress } from "../loading/fetch.ts";
import { partsCache } from "../protocol.ts";

/** What the build says of them in `parts.json`. */
interface Listed {
  /** Bytes of all pages, and of what they load. */
  pages: number;
  parts: { name: string; wanted: boolean; files: Record<string, number> }[];
}

export interface Part {
  name: string;
  /** Whether most readers want it. */
  wanted: boolean;
  /** What it takes: sizes, by the whole address of a file. Parts have files in common. */
  files: Map<string, number>;
}

export class Parts {
  readonly pages: number;
  readonly all: Part[];
  private readonly cache: Cache;

  private constructor(pages: number, all: Part[], cache: Cache) {
    this.pages = pages;
    this.all = all;
    this.cache = cache;
  }

  /** @throws When the list cannot be fetched, or the browser refuses to keep anything. */
  static async read(list: URL, root: string): Promise<Parts> {
    const [{ pages, parts }, cache] = await Promise.all([getJson<Listed>(list.href), caches.open(partsCache(root))]);
    const whole = (files: Record<string, number>): Map<string, number> => {
      return new Map(Object.entries(files).map(([name, size]) => [new URL(name, root).href, size]));
    };
    return new Parts(pages, parts.map((part) => ({ ...part, files: whole(part.files) })), cache);
  }

  /** Of the files of some parts, those that are not kept yet. */
  async missing(parts: Part[]): Promise<Map<string, number>> {
    const kept = new Set((await this.cache.keys()).map(({ url }) => url));
    return new Map(parts.flatMap(({ files }) => [...files].filter(([url]) => !kept.has(url))));
  }

  /** Fetch files one after the other, so that what is there stays when the line breaks.
   *
   * @throws When one cannot be fetched or kept, or when it is to stop.
   */
  async keep(files: Map<string, number>, progress: Progress, signal: AbortSignal): Promise<void> {
    const total = bytes(files);
    let done = 0;
    for (const url of files.keys()) {
      const count = (read: number): void => progress((done += read), total);
      await this.cache.put(url, counted(await get(url, { signal }), count));
    }
  }
}

export function bytes(files: Map<string, number>): number {
  return [...files.values()].reduce((sum, size) => sum + size, 0);
}
