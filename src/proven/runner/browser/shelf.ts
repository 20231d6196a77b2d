/** Fetches packages from their folder, whose name is new for each new content. */

import type { Index, Shelf } from "../packages.ts";

export function shelf(folder: string): Shelf {
  const get = async (name: string): Promise<Response> => {
    const url = folder + name;
    const response = await fetch(url, { cache: "force-cache" }).catch(() => {
      throw new Error(`${url} cannot be reached`);
    });
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    return response;
  };
  return {
    index: async (version) => (await (await get(`${version}.json`)).json()) as Index,
    wheel: async (file) => new Uint8Array(await (await get(file)).arrayBuffer()),
  };
}
