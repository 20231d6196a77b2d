/** The output region of one block: the recorded output until a run replaces it. */

import type { Answer, Shown } from "../../job.ts";
import { element, find } from "../document/element.ts";
import type { Loader } from "../loading/module.ts";
import type { Ending, Piece } from "../protocol.ts";
import { Prompt } from "./prompt.ts";
import { drawn } from "./shown.ts";
import { Screen, type TerminalModule } from "./screen.ts";

export class Output {
  private readonly region: HTMLElement;
  private readonly title: HTMLElement;
  private readonly recorded: ChildNode[];
  private readonly recordedIsEmpty: boolean;
  private readonly status = element("p", { className: "pp-status" });
  private readonly screen: Screen;
  private readonly prompt = new Prompt();
  private drawn: HTMLElement[] = [];

  constructor(region: HTMLElement, terminal: Loader<TerminalModule>) {
    this.region = region;
    this.screen = new Screen(terminal);
    this.title = find(region, ".pp-output-title");
    this.recorded = [...region.childNodes];
    this.recordedIsEmpty = region.classList.contains("pp-empty");
  }

  /** Keep what is shown, and its height, until the program runs; CSS says that it is starting. */
  begin(): void {
    this.region.hidden = false;
    this.region.style.minHeight = `${this.region.offsetHeight}px`;
    this.region.ariaLive = "polite";
    this.status.textContent = "";
    delete this.status.dataset["loaded"];
    this.title.after(this.status);
  }

  /** Say whose output this is, if it is not that of the code above: "of the original". */
  showSource(source: string): void {
    this.title.textContent = `Output ${source}`.trim();
    this.region.classList.toggle("pp-stale", source !== "");
  }

  /** Show none, until there is one. */
  withhold(): void {
    this.region.hidden = true;
  }

  /** Show how much of Python is there; CSS adds the words. */
  load(share: string): void {
    this.status.dataset["loaded"] = share;
  }

  /** Say what is under way. */
  say(what: string): void {
    this.status.textContent = what;
  }

  clear(): void {
    this.screen.clear();
    this.drawn = [];
    this.status.textContent = "";
    this.region.classList.remove("pp-empty");
    this.region.replaceChildren(this.title, this.status, this.screen.element);
  }

  append(pieces: Piece[]): void {
    this.screen.append(pieces);
  }

  /** Let the reader type a line. */
  ask(reply: (answer: Answer) => void): void {
    this.screen.flush();
    this.region.style.minHeight = ""; // the reader is to see that this is all
    this.prompt.open(this.screen.element, reply);
  }

  /** Show what the program has come to. */
  show(shown: Shown, alt: string): void {
    this.screen.flush();
    this.drawn = drawn(shown, alt);
    this.region.append(...this.drawn);
  }

  /** The program ran to its end, which may be an exception. */
  end({ text, status, note }: Ending, compare: boolean): void {
    if (text) this.screen.appendTraceback(text);
    if (this.screen.isEmpty && !this.drawn.length) {
      this.region.classList.add("pp-empty");
      this.screen.element.textContent = "Prints nothing";
    }
    if (note) this.region.append(element("p", { className: "pp-note" }, note));
    this.close(status, compare);
  }

  /** Say how it went; `compare` keeps the recorded output at hand. */
  close(verdict: string, compare: boolean): void {
    this.prompt.close();
    this.screen.flush();
    this.status.textContent = verdict;
    void this.screen.shown.then(() => {
      if (!this.screen.cut) return;
      this.status.append(" Shown in part.");
      this.screen.element.after(this.moreButton());
    });
    if (compare) this.region.append(this.recordedDetails());
    this.region.style.minHeight = "";
  }

  /** Show the recorded output, with a word on why when it stands in for a run. */
  restore(reason = ""): void {
    this.prompt.close();
    this.region.hidden = false;
    this.region.ariaLive = reason ? "polite" : "off";
    this.region.classList.toggle("pp-empty", this.recordedIsEmpty);
    this.region.replaceChildren(...this.recorded);
    this.region.style.minHeight = "";
    this.status.textContent = reason;
    if (reason) this.title.after(this.status);
  }

  private moreButton(): HTMLElement {
    const button = element("button", { type: "button", className: "pp-action pp-more" }, "Show more output");
    button.addEventListener("click", () => {
      this.screen.more();
      if (this.screen.cut) return;
      this.screen.element.focus();
      button.remove();
    });
    return button;
  }

  private recordedDetails(): HTMLElement {
    const copies = this.recorded.filter((node) => node !== this.title).map((node) => node.cloneNode(true));
    return element("details", { className: "pp-recorded" }, element("summary", {}, "Recorded output"), ...copies);
  }
}
