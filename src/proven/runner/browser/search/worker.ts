/** Worker entry: answers the search dialog of Material for MkDocs, which sends it the index, then each query. */

import { Engine, type Entry, type Found } from "./engine.ts";

/** Material's messages, by their numbers. */
const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;

type Message = { type: typeof SETUP; data: { docs: Entry[] } } | { type: typeof QUERY; data: string };

/** More than this, and nobody reads on. */
const MOST = 20;

/** What has less of the best page's score is not what was meant. */
const LEAST = 0.06;

let entries = new Map<string, Entry>();
let engine = new Engine([]);

addEventListener("message", ({ data: message }: MessageEvent<Message>) => {
  if (message.type === SETUP) {
    entries = new Map(message.data.docs.map((entry) => [entry.location, entry]));
    engine = new Engine(message.data.docs);
    postMessage({ type: READY });
  } else if (message.type === QUERY) {
    const found = engine.search(message.data);
    const items = found
      .filter(({ score }, at) => at < MOST && score >= LEAST * found[0]!.score)
      .map((page) => [shown(page, message.data)]);
    postMessage({ type: RESULT, data: { items } });
  }
});

/** What the dialog shows of a page, as HTML. */
function shown(page: Found, query: string): object {
  const entry = entries.get(page.location)!;
  const mark = marker(page.terms);
  return {
    location: page.location + exception(entry, query),
    title: mark(entry.title),
    text: entry.text && `<p>${mark(entry.text)}</p>`,
    score: page.score,
    terms: Object.fromEntries(page.terms.map((term) => [term, true])),
  };
}

/** The place on its page of an exception that is asked for by its code, `PX017-EX1`. */
function exception(entry: Entry, query: string): string {
  const [code, ...others] = (entry.code ?? "").split(" ");
  const number = /^\s*px\d+-(ex\d+)\s*$/i.exec(query)?.[1]?.toUpperCase();
  const wanted = `${code}-${number}`;
  return others.includes(wanted) ? `#${wanted}` : "";
}

function marker(terms: string[]): (text: string) => string {
  const words = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).sort((a, b) => b.length - a.length);
  const pattern = words.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})`, "giu") : /$^/g;
  return (text) => {
    let html = "";
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      html += `${escaped(text.slice(end, match.index))}<mark data-md-highlight>${escaped(match[0])}</mark>`;
      end = match.index + match[0].length;
    }
    return html + escaped(text.slice(end));
  };
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
