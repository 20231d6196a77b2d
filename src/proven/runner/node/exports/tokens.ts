/** Counts the tokens of texts: a JSON list of texts on stdin, one of counts on stdout.
 *
 * Usage: node tokens.ts NODE_MODULES ENCODING
 *
 * Apart from the other scripts, whose digest says whether results of blocks still count.
 */

import { readFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";

interface Encoding {
  countTokens(text: string, options: { disallowedSpecial: Set<string> }): number;
}

const [modules, encoding] = process.argv.slice(2) as [string, string];
const { countTokens } = createRequire(`${modules}/`)(`gpt-tokenizer/encoding/${encoding}`) as Encoding;
const texts = JSON.parse(readFileSync(0, "utf8")) as string[];
const asText = { disallowedSpecial: new Set<string>() }; // "<|endoftext|>" on a page is a word like others
writeSync(1, JSON.stringify(texts.map((text) => countTokens(text, asText))));
