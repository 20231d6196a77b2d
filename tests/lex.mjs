/** Reads {"grammar", "texts": [[language, text], ...]}; writes for each text the tokens that the editor finds. */

import { readFileSync } from "node:fs";
import { Lexer } from "../src/proven/runner/browser/editor/lexer.ts";

const { grammar, texts } = JSON.parse(readFileSync(0, "utf-8"));
const lexer = new Lexer(grammar);
process.stdout.write(JSON.stringify(texts.map(([language, text]) => lexer.lex(language, text).tokens)));
