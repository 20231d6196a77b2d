/** Tells what a terminal obeys from what it shows. */

/** As ECMA-48 has them: a sequence of parameters, a string with its end, and what is short. */
const ESCAPE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)|[ -/]+[0-~]|[0-OQ-WYZ\\`-~])/;

const CONTROL = new RegExp(`(${ESCAPE.source}|[\\b\\n\\r\\x07\\x1b])`);

/** The start of one, of a length that no program means to be more. */
const BEGUN = /\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b\n]*\x1b?|[ -/]*)$/;
const LONGEST = 4_096;

/** Cut text where an escape begins that may end in what follows: what can be read, and the rest. */
export function cut(text: string): [whole: string, rest: string] {
  const at = text.search(BEGUN);
  return at < 0 || text.length - at > LONGEST ? [text, ""] : [text.slice(0, at), text.slice(at)];
}

/** By turns text and a control: a character, or an escape that is whole; what is none is an escape character alone. */
export function split(text: string): string[] {
  return text.split(CONTROL);
}

/** Whether an escape is about how text looks. */
export function isStyle(escape: string): boolean {
  return /^\x1b\[[\d;]*m$/.test(escape);
}

/** Whether an escape clears the screen, or leads to its start, to write over what is there. */
export function isClear(escape: string): boolean {
  return /^\x1b(c|\[([23]J|1?(;1?)?[Hf]))$/.test(escape);
}

/** What an escape erases of the line: what comes after the cursor, what is before it, or all; null for nothing. */
export function erased(escape: string): "after" | "before" | "all" | null {
  const which = /^\x1b\[([012]?)K$/.exec(escape);
  return which && (["after", "before", "all"] as const)[Number(which[1])]!;
}
