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
    found.push(...new Set([name, ...parts].map((word) => word.toLowerCase().replace(/^_+|_+$/g, "")).filter(Boolean)));
  }
  return found;
}

/** The punctuation in a text that means something. */
export function signs(text: string): string[] {
  return [...text.toLowerCase().matchAll(SIGN)].map(([sign]) => sign);
}

/** A word, and what it has in common with its other forms: `cancelled` and `cancel`. */
export function roots(word: string): string[] {
  const root = /^[a-z]{4,}$/.test(word) ? stemmer(word) : word;
  return root === word ? [word] : [word, root];
}
