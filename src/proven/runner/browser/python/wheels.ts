/** Fetches packages from their folder, each once. */

import type { Index, WheelSource } from "../../packages.ts";
import { get } from "../loading/fetch.ts";

export function wheelsFrom(folder: string): WheelSource {
  const files = new Map<string, Promise<Uint8Array>>();
  const fetchOnce = (name: string): Promise<Uint8Array> => {
    const file = files.get(name) ?? read(folder + name);
    files.set(name, file);
    file.catch(() => files.delete(name)); // it may be there the next time
    return file;
  };
  return {
    index: async (version) => JSON.parse(new TextDecoder().decode(await fetchOnce(`${version}.json`))) as Index,
    wheel: fetchOnce,
  };
}

/** The folder's name is new for each new content. */
async function read(url: string): Promise<Uint8Array> {
  const response = await get(url, { cache: "force-cache" });
  return new Uint8Array(await response.arrayBuffer());
}
