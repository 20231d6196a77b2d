/** Which pages are meant: `new Engine(documents).search(query)`. */

import MiniSearch from "minisearch";
import { roots, signs, words } from "./words.ts";

/** A page, as the search index has it. */
export interface Entry {
  location: string;
  title: string;
  text: string;
  headings: string;
  prose: string;
  examples: string;
  /** What only rules have. */
  code?: string;
  short?: string;
  keywords?: string[];
  tools?: string;
}

/** A page that was found, the best first. */
export interface Found {
  location: string;
  score: number;
  /** The words of the page that match, but for those of any question. */
  terms: string[];
}

export const BOOST = { code: 8, tools: 5, short: 4, title: 3, keywords: 3, text: 2, headings: 1.2, prose: 0.6, examples: 0.4 };

/** Punctuation is searched for in what says what a page is about, not in all code. */
const WITH_SIGNS = new Set(["title", "short", "keywords", "text"]);

/** Words of a question, which say little of what it is about. */
const ASKING = new Set(
  ("a about after all an any are be been but by can could do does doing get gets getting give has have how i if in into is it its " +
    "just make me my of on or out same should so some than that the them then there they this to use using want was way what when " +
    "where which why will with without work working would you your python py and for from not as at one only instead").split(" "),
);
export const P = { asking: 0.15, fuzzy: 0.2, fuzzyWeight: 0.25, prefixWeight: 0.4, lists: 0.4, cover: 1, phrase: 1.5, root: 0.6 };

export class Engine {
  private readonly index: MiniSearch<Entry & { id: number }>;
  private readonly entries: Entry[];

  constructor(entries: Entry[]) {
    this.entries = entries;
    this.index = new MiniSearch({
      fields: Object.keys(BOOST),
      extractField: (entry, field) => {
        const value = entry[field as keyof Entry] ?? "";
        return typeof value === "string" || typeof value === "number" ? String(value) : value.join(" \n ");
      },
      tokenize: (text, field) => [...words(text), ...(WITH_SIGNS.has(field ?? "") ? signs(text) : [])],
      processTerm: roots,
    });
    this.index.addAll(entries.map((entry, id) => ({ ...entry, id })));
  }

  search(query: string): Found[] {
    const asked = [...new Set([...signs(query), ...words(query)])];
    const last = words(query).at(-1);
    const telling = asked.filter((word) => !ASKING.has(word));
    const typing = /[\p{L}\p{N}_]$/u.test(query);
    const found = this.index.search(query, {
      tokenize: () => asked,
      processTerm: (word) => word,
      fields: Object.keys(BOOST),
      boost: BOOST,
      combineWith: "OR",
      prefix: (word) => typing && word === last && word.length > 1,
      fuzzy: (word) => (/^\p{L}{5,}$/u.test(word) ? P.fuzzy : false),
      weights: { fuzzy: P.fuzzyWeight, prefix: P.prefixWeight },
      boostTerm: (word) => (telling.length > 0 && ASKING.has(word) ? P.asking : 1),
      boostDocument: (id) => (this.entries[id as number]!.code ? 1 : P.lists),
    });
    return found
      .map(({ id, score, queryTerms, terms }) => {
        const entry = this.entries[id as number]!;
        const matched = new Set(queryTerms);
        const share = telling.length ? telling.filter((word) => matched.has(word)).length / telling.length : 1;
        return { location: entry.location, score: score * (1 - P.cover + P.cover * share) * (names(entry, query) ? P.phrase : 1), terms: terms.filter((term) => term.length > 1 && !ASKING.has(term)) };
      })
      .sort((a, b) => b.score - a.score);
  }
}

/** Whether a page is called, or has as a keyword, just what was typed. */
function names(entry: Entry, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return [entry.short, ...(entry.keywords ?? [])].some((name) => name?.toLowerCase() === wanted);
}
