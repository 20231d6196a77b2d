/** Shows text as a terminal would that has one line to write over, the last; a module that is fetched when it is needed.
 *
 * What a program prints becomes text, and names of classes from a fixed set: never HTML.
 */

import { element } from "../document/element.ts";
import { cut, erased, isClear, isStyle, split } from "./escapes.ts";
import { useColors } from "./palette.ts";
import { Style } from "./style.ts";
import type { Growth, Writer } from "./writer.ts";

/** A character, and its classes. */
type Cell = [character: string, classes: string];

const BLANK: Cell = [" ", ""];

useColors();

/** One for each run. */
export function terminal(): Writer {
  const made = new Terminal();
  return (place, text) => made.write(place, text);
}

class Terminal {
  private readonly style = new Style();
  /** What is written into. */
  private place: Element | null = null;
  /** The start of an escape. */
  private rest = "";
  /** How many characters and lines were in the page that are not there any more, or are drawn anew. */
  private taken: Growth = [0, 0];
  /** Lines that are complete, but not in the page yet. */
  private complete: Cell[] = [];
  private line: Cell[] = [];
  private column = 0;
  /** The line as it is in the page. */
  private drawn: ChildNode[] = [];

  write(place: Element, text: string): Growth {
    if (place !== this.place) this.enter(place);
    this.taken = [this.line.length, 0];
    const [whole, rest] = cut(this.rest + text);
    this.rest = rest;
    for (const [index, part] of split(whole).entries()) {
      if (index % 2 === 0) this.type(part);
      else if (part === "\n") this.end();
      else if (isClear(part)) this.clear();
      else this.obey(part);
    }
    const [characters, lines] = this.taken;
    const ended = this.complete.filter(([character]) => character === "\n").length;
    const growth: Growth = [this.complete.length + this.line.length - characters, ended - lines];
    this.draw();
    return growth;
  }

  /** Go on in another place, where text without any controls may be. */
  private enter(place: Element): void {
    const text = place.textContent;
    const start = text.lastIndexOf("\n") + 1;
    this.place = place;
    this.rest = "";
    this.line = [...text.slice(start)].map((character) => [character, ""]);
    this.column = this.line.length;
    place.textContent = text.slice(0, start);
    this.drawLine();
  }

  private type(text: string): void {
    for (const character of text) this.line[this.column++] = [character, this.style.classes];
  }

  /** End the line. */
  private end(): void {
    this.complete = this.complete.concat(this.line, [["\n", ""]]);
    this.line = [];
    this.column = 0;
  }

  private obey(control: string): void {
    if (control === "\r") this.column = 0;
    else if (control === "\b") this.column = Math.max(0, this.column - 1);
    else if (isStyle(control)) this.style.obey(control);
    else this.erase(erased(control));
  }

  private erase(what: ReturnType<typeof erased>): void {
    if (what === "after" || what === "all") this.line.length = this.column;
    if (what === "before" || what === "all") this.line.fill(BLANK, 0, this.column);
  }

  /** Take away all that is shown. */
  private clear(): void {
    const place = this.place!;
    let shown = "";
    for (let last = place.previousSibling; last; last = place.previousSibling) {
      shown += last.textContent;
      last.remove();
    }
    shown += place.textContent;
    place.replaceChildren();
    this.taken = [[...shown].length, shown.split("\n").length - 1];
    [this.complete, this.line, this.drawn] = [[], [], []];
    this.column = 0;
  }

  private draw(): void {
    for (const node of this.drawn) node.remove();
    for (const node of nodes(this.complete)) this.place!.append(node);
    this.complete = [];
    this.drawLine();
  }

  private drawLine(): void {
    this.drawn = nodes(this.line);
    for (const node of this.drawn) this.place!.append(node);
  }
}

/** Nodes that show characters, those that look the same in one. */
function nodes(cells: Cell[]): ChildNode[] {
  const runs: Cell[] = [];
  for (const [character, classes] of cells) {
    const last = runs.at(-1);
    if (last?.[1] === classes) last[0] += character;
    else runs.push([character, classes]);
  }
  return runs.map(([text, className]) => (className ? element("span", { className }, text) : new Text(text)));
}
