/** How text is to look, by the escapes before it, in classes of the page's own. */

import { AnsiUp } from "ansi_up";
import { hue } from "./palette.ts";

/** What it reads of an escape, as ansi_up writes it into HTML. */
const WRITTEN = /(?:style|class)="([^"]*)"/g;

export class Style {
  /** Of text that comes now; separated by spaces. */
  classes = "";
  private readonly ansi = new AnsiUp();

  constructor() {
    const words = { boldStyle: "bold", faintStyle: "faint", italicStyle: "italic", underlineStyle: "underline" };
    Object.assign(this.ansi, words, { use_classes: true });
  }

  /** Obey an escape: nothing but that is given to ansi_up, and nothing that it writes is taken for HTML. */
  obey(escape: string): void {
    const html = this.ansi.ansi_to_html(`${escape}.`);
    const words = [...html.matchAll(WRITTEN)].flatMap(([, words]) => words!.split(/[ ;]/));
    this.classes = words.map(named).filter(Boolean).join(" ");
  }
}

/** The class for one of ansi_up's: `ansi-bright-red-fg`, `color:rgb(1,2,3)`, `background-color:rgb(1,2,3)`, `bold`. */
function named(word: string): string {
  const [, color, kind] = /^ansi-(.*)-(fg|bg)$/.exec(word) ?? [];
  if (color) return colored(color.replace("bright-black", "grey").replace("bright-", ""), kind!);
  const [, ground, ...levels] = /^(background-)?color:rgb\((\d+),(\d+),(\d+)\)$/.exec(word) ?? [];
  return levels.length ? colored(hue(levels.map(Number)), ground ? "bg" : "fg") : `pp-${word}`;
}

/** Black and white are the page's own colours; behind text they would be hard to read on. */
function colored(color: string, kind: string): string {
  if (color !== "black" && color !== "white") return `pp-${color}-${kind}`;
  return kind === "bg" ? "pp-grey-bg" : "";
}
