/** Fetches packages from their folder, each once. */

import type { Index, Shelf } from "../../packages.ts";

export function shelf(folder: string): Shelf {
  const fetched = new Map<string, Promise<Uint8Array>>();
  const get = (name: string): Promise<Uint8Array> => {
    const there = fetched.get(name) ?? read(folder + name);
    fetched.set(name, there);
    there.catch(() => fetched.delete(name)); // it may be there the next time
    return there;
  };
  return {
    index: async (version) => JSON.parse(new TextDecoder().decode(await get(`${version}.json`))) as Index,
    wheel: get,
  };
}

/** The folder's name is new for each new content. */
async function read(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { cache: "force-cache" }).catch(() => {
    throw new Error(`${url} cannot be reached`);
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
