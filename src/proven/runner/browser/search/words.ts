/** How pages and what is searched for are cut into words: `words(text)`, `signs(text)`, `roots(word)`. */

import { stemmer } from "stemmer";

const NAME = /[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*/gu;
const PART = /\p{Lu}?[\p{Ll}\p{N}]+|\p{Lu}+(?!\p{Ll})|[\p{L}\p{N}]+/gu;

/** Operators, and words with the sign that makes them what they are: `except:`, `except*`, `**kwargs`, `@overload`. */
const SIGN = /(?<![:=!<>*|@-])(?::=|==|!=|->|\*\*?|\||@|\[\]|\{\}|\.\.\.|==?)(?![:=*|])|\p{L}+[:*](?![\p{L}\p{N}=])|(?:\*\*?|@)\p{L}[\p{L}\p{N}_]*/gu;

/** The names in a text, whole and in their parts: `asyncio.wait_for`, `asyncio`, `wait_for`, `wait`, `for`. */
export function words(text: string): string[] {
  const found: string[] = [];
  for (const [name] of text.matchAll(NAME)) {
    const dotted = name.split(".");
    const parts = dotted.flatMap((part) => [part, ...(part.match(PART) ?? [])]);
    const all = [name, ...parts].map((word) => word.toLowerCase());
    found.push(...new Set([...all, ...all.map((word) => word.replace(/^_+|_+$/g, ""))].filter(Boolean)));
  }
  return found;
}

/** The punctuation in a text that means something. */
export function signs(text: string): string[] {
  return [...text.toLowerCase().matchAll(SIGN)].map(([sign]) => sign);
}

/** What two ways to write the same have in common: `async generators` and `Async generator`. */
export function gist(text: string): string {
  return [...text.toLowerCase().matchAll(/[^\s,]+/g)].map(([word]) => roots(word).at(-1)).join(" ");
}

/** A word, and what it has in common with its other forms: `cancelled` and `cancel`. */
export function roots(word: string): string[] {
  const root = /^[a-z]{4,}$/.test(word) ? stemmer(word) : word;
  return root === word ? [word] : [word, root];
}
