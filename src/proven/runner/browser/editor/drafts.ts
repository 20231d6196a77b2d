/** A reader's edits of a block, kept in the session storage for the visit. */

export interface Draft {
  /** What it was made from: code that has changed since then has no draft. */
  original: string;
  text: string;
  /** The fragment of the link that brought the code; empty for the reader's own. */
  link: string;
}

/** Whether something is kept for a block, be it of use or not. */
export function hasDraft(block: string): boolean {
  return attempt(() => sessionStorage.getItem(keyOf(block))) !== null;
}

function keyOf(block: string): string {
  return `proven ${location.pathname}#${block}`;
}

export class Drafts {
  private readonly key: string;
  private readonly original: string;

  constructor(block: string, original: string) {
    this.key = keyOf(block);
    this.original = original;
  }

  get(): Draft | null {
    const draft = attempt(() => JSON.parse(sessionStorage.getItem(this.key) ?? "null") as Draft | null);
    return draft?.original === this.original ? draft : null;
  }

  save(text: string, link: string): void {
    const draft: Draft = { original: this.original, text, link };
    attempt(() => sessionStorage.setItem(this.key, JSON.stringify(draft)));
  }

  clear(): void {
    attempt(() => sessionStorage.removeItem(this.key));
  }
}

/** Storage may be refused or full; then nothing is kept. */
function attempt<Value>(act: () => Value): Value | null {
  try {
    return act();
  } catch {
    return null;
  }
}
