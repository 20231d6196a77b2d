/** A module of the runner's that is fetched when it is first wanted. */

import { importModule } from "../disk/carried.ts";

export class Loader<Module> {
  private readonly url: URL;
  private module: Promise<Module> | null = null;
  private failures = 0;

  constructor(url: URL) {
    this.url = url;
  }

  /** Rejects when it cannot be had; the next call tries again. */
  load(): Promise<Module> {
    this.module ??= this.fetch();
    return this.module;
  }

  private async fetch(): Promise<Module> {
    const url = new URL(this.url);
    if (this.failures) url.search = `again=${this.failures}`; // Chromium keeps a failure under the address
    try {
      return (await importModule(url.href)) as Module;
    } catch (error) {
      this.failures += 1;
      this.module = null;
      throw error;
    }
  }
}
