/** Files that scripts carry, in the folder that opens from disk, whose pages cannot fetch. */

/** On a page: what stands in for a worker and a module at an address. */
export interface Page {
  startWorker(url: URL, name: string): Worker;
  importModule(url: string): Promise<unknown>;
}

/** In a worker, whose `fetch` knows these files too. */
export interface InWorker {
  importModule(url: string): Promise<unknown>;
  /** Have a file at hand. */
  keep(url: string): Promise<void>;
  /** A file that has been kept. */
  read(url: string): Uint8Array | undefined;
}

declare global {
  var provenCarried: { page?: Page; worker?: InWorker } | undefined;
  /** Called by each script that carries a file. */
  var provenCarry: ((packed: string) => void) | undefined;
}

export function importModule(url: string): Promise<unknown> {
  const { page, worker } = globalThis.provenCarried ?? {};
  return (page ?? worker)?.importModule(url) ?? import(url);
}
