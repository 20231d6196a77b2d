/** Measures in the reader's browser what the page has measured: `attach(figure, session, program)`. */

import type { Answer, Outcome, Source } from "../../job.ts";
import { element, find } from "../document/element.ts";
import { megabytes } from "../loading/fetch.ts";
import type { Piece } from "../protocol.ts";
import type { RunListener, Session } from "../python/session.ts";
import { cell, draw, erase, type Figure, median, type Ratio, ratio } from "./points.ts";
import measure from "./program.py";

/** What this module gives the page. */
export interface MeasuredModule {
  attach: typeof attach;
}

/** A block: its code as it is at the time, and the Python that it is run on. */
export interface Program {
  readonly sources: Source[];
  readonly version: string;
}

/** What the measuring prints of a function at a size. */
interface Measured {
  name: string;
  size: number;
  seconds: number[];
}

/** What begins a line that the measuring prints, and not the block. */
const MARK = "\x1e";

/** How often each function is measured at each size. */
const ROUNDS = 6;

const DIFFERS = "In a browser Python is WebAssembly: ratios differ from those of a native Python.";

/** Offer to measure here.
 *
 * @param figure - What was measured; the button is put below it.
 * @param program - What is to be measured.
 */
export function attach(figure: HTMLElement, session: Session, program: Program): void {
  new Measuring(figure, session, program);
}

class Measuring implements RunListener {
  private readonly root: HTMLElement;
  private readonly session: Session;
  private readonly program: Program;
  private readonly figure: Figure;
  private readonly button = element("button", { type: "button", className: "pp-action" }, "Measure here");
  private readonly bar = element("progress", { hidden: true, ariaLabel: "What has been measured" });
  private readonly said = element("span", { role: "status" });
  private rows = new Rows({ functions: [], sizes: [], plot: null }, "");
  private isBusy = false;
  /** The line that is being printed. */
  private line = "";
  /** By function and size. */
  private readonly measured = new Map<string, Measured>();

  constructor(root: HTMLElement, session: Session, program: Program) {
    this.root = root;
    this.session = session;
    this.program = program;
    this.figure = JSON.parse(root.dataset["measured"]!) as Figure;
    this.bar.max = this.figure.functions.length * this.figure.sizes.length * ROUNDS;
    this.button.addEventListener("click", () => (this.isBusy ? session.stop() : this.start()));
    const actions = element("div", { className: "pp-measure-here" }, this.button, this.bar, this.said);
    find(root, ".pp-measured-table").before(actions, element("p", { className: "pp-about" }, DIFFERS));
  }

  loading(done: number, total: number): void {
    this.said.textContent = `Fetching Python: ${megabytes(done)} of ${megabytes(total)} MB`;
  }

  fetching(names: string[]): void {
    this.said.textContent = `Fetching ${names.join(", ")}`;
  }

  running(): void {
    this.said.textContent = "Measuring…";
    this.bar.hidden = false;
  }

  printed(pieces: Piece[]): void {
    for (const [stream, text] of pieces) if (stream === "stdout") this.line += text;
    const lines = this.line.split("\n");
    this.line = lines.pop()!;
    for (const line of lines) if (line.startsWith(MARK)) this.show(JSON.parse(line.slice(MARK.length)) as Measured);
  }

  asks(reply: (answer: Answer) => void): void {
    reply(null);
  }

  ended({ error }: Outcome): void {
    if (error) return this.finish(`It could not be measured: ${error.type}: ${error.message}`);
    for (const name of this.figure.functions) {
      const own = [...this.measured.values()].filter((one) => one.name === name);
      draw(this.root, this.figure, own.map(({ seconds }) => median(seconds) / this.unit));
    }
    this.finish(`Measured on Python ${this.rows.version}${this.figure.plot ? ": the squares in the plot" : ""}.`);
  }

  failed(reason: string): void {
    this.finish(`It could not be measured: ${reason}.`);
  }

  stopped(): void {
    this.finish("Stopped.");
  }

  private start(): void {
    const { sources, version } = this.program;
    const { functions, sizes } = this.figure;
    const source = `${measure}\n_measure_here(${JSON.stringify(functions)}, ${JSON.stringify(sizes)}, ${ROUNDS})\n`;
    this.session.run([...sources, { language: "python", source }], version, false, this); // first: it may end this one's
    this.clear(version);
    this.said.textContent = "Starting Python…";
    this.button.textContent = "Stop";
    this.isBusy = true;
  }

  private clear(version: string): void {
    this.line = "";
    this.measured.clear();
    this.bar.value = 0;
    this.rows.body.remove();
    this.rows = new Rows(this.figure, version);
    erase(this.root);
  }

  private show(measured: Measured): void {
    if (!this.measured.size) find(this.root, "table").append(this.rows.body);
    this.measured.set(`${measured.name} ${measured.size}`, measured);
    this.bar.value += 1;
    const unit = this.unit;
    for (const { name, size, seconds } of this.measured.values()) this.rows.fill(name, size, ratio(seconds, unit));
  }

  /** What the first function takes at the smallest size. */
  private get unit(): number {
    return median(this.measured.values().next().value!.seconds);
  }

  private finish(said: string): void {
    this.said.textContent = said;
    this.button.textContent = "Measure here";
    this.bar.hidden = true;
    this.isBusy = false;
  }
}

/** The rows of the table for what is measured here. */
class Rows {
  readonly version: string;
  readonly body = element("tbody", { className: "pp-here" });
  private readonly cells = new Map<string, HTMLElement>();

  constructor({ functions, sizes }: Figure, version: string) {
    this.version = version;
    for (const [index, size] of sizes.entries()) {
      const row = this.body.insertRow();
      const here = element("th", { scope: "rowgroup", rowSpan: sizes.length }, `${version}, here`);
      row.append(...(index ? [] : [here]), element("th", { scope: "row" }, size.toLocaleString("en")));
      for (const name of functions) this.cells.set(`${name} ${size}`, row.insertCell());
    }
  }

  fill(name: string, size: number, seen: Ratio): void {
    this.cells.get(`${name} ${size}`)!.textContent = cell(seen);
  }
}
