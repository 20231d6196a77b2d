/** Which pages are meant: `new Engine(entries).search(query)`. */

import MiniSearch from "minisearch";
import { gist, roots, signs, words } from "./words.ts";

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

/** A page that was found. */
export interface Found {
  location: string;
  score: number;
  /** The words of the page that match, but for those of any question. */
  terms: string[];
}

/** What it counts where a page has a word. */
const BOOST = { code: 8, tools: 5, short: 4, title: 3, keywords: 3, text: 2, headings: 1.2, prose: 0.6, examples: 0.4 };

/** Punctuation is searched for in what says what a page is about, not in all code. */
const WITH_SIGNS = new Set(["title", "short", "keywords", "text"]);

/** Words of a question, which say little of what it is about. */
const ASKING = new Set(
  `a about after all an and are as at be been between but by can compare difference could do does doing for from get gets getting give has have how i if in
  instead into is it its just make me my not of on one only or out py python same should so some than that the them then there they
  this to use using versus vs want was way what when where which why will with without work working would you your`.split(/\s+/),
);

/** What such a word counts, another form of a word, one that is spelt otherwise, one that begins so, and a page that is no rule. */
const WEIGHT = { asking: 0.15, root: 0.2, fuzzy: 0.12, prefix: 0.4, list: 0.4 };

/** How much a page gains that is called what was typed, or has it as a keyword. */
const NAMED = 2.5;

/** Letters that may be wrong, of all letters of a word. */
const WRONG = 0.2;

export class Engine {
  private readonly entries: Entry[];
  private readonly names: Set<string>[];
  private readonly index: MiniSearch<Entry & { id: number }>;

  constructor(entries: Entry[]) {
    this.entries = entries;
    this.names = entries.map(({ short, keywords }) => new Set([short ?? "", ...(keywords ?? [])].map(gist)));
    this.index = new MiniSearch({
      fields: Object.keys(BOOST),
      extractField: (entry, field) => {
        const value = entry[field as keyof Entry] ?? "";
        return Array.isArray(value) ? value.join("\n") : String(value);
      },
      tokenize: (text, field) => [...words(text), ...(WITH_SIGNS.has(field ?? "") ? signs(text) : [])],
      processTerm: roots,
    });
    this.index.addAll(entries.map((entry, id) => ({ ...entry, id })));
  }

  /** The pages that have some of what is asked for, the best first. */
  search(query: string): Found[] {
    const asked = [...new Set([...signs(query), ...words(query)])];
    const telling = asked.filter((word) => !ASKING.has(word));
    const wanted = gist(query);
    return this.find(query, asked, telling)
      .map(({ id, score, queryTerms, terms }) => {
        const { location } = this.entries[id as number]!;
        const matched = telling.filter((word) => roots(word).some((form) => queryTerms.includes(form)));
        const share = telling.length ? matched.length / telling.length : 1;
        const named = this.names[id as number]!.has(wanted) ? NAMED : 1;
        return { location, score: score * share * named, terms: terms.filter((term) => term.length > 1 && !ASKING.has(term)) };
      })
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score);
  }

  private find(query: string, asked: string[], telling: string[]): ReturnType<MiniSearch["search"]> {
    const forms = new Set(telling.flatMap(roots));
    const unfinished = /[\p{L}\p{N}_]$/u.test(query) ? words(query).at(-1) : undefined;
    return this.index.search(query, {
      tokenize: () => asked,
      boost: BOOST,
      combineWith: "OR",
      prefix: (word) => word === unfinished && word.length > 1,
      fuzzy: (word) => (/^\p{L}{5,}$/u.test(word) ? WRONG : false),
      weights: { fuzzy: WEIGHT.fuzzy, prefix: WEIGHT.prefix },
      boostTerm: (word) => {
        if (forms.size && !forms.has(word)) return WEIGHT.asking;
        return asked.includes(word) ? 1 : WEIGHT.root;
      },
      boostDocument: (id) => (this.entries[id as number]!.code ? 1 : WEIGHT.list),
    });
  }
}
