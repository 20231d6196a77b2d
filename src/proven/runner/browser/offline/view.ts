/** A form that fetches, before a journey, what runs and checks take. */

import { element } from "../document/element.ts";
import { megabytes } from "../loading/fetch.ts";
import { bytes, type Part, Parts } from "./parts.ts";
import { isOffered, keepPages } from "./service.ts";

const ON_DISK = "This copy was opened from disk: all of it is here.";
const NOT_HERE = "Nothing is kept here: that takes the published site under HTTPS, and a window that is not private.";

/** A part, and the box to tick for it. */
interface Choice {
  part: Part;
  box: HTMLInputElement;
  about: HTMLElement;
}

export class OfflineView {
  private readonly choices = element("fieldset", {}, element("legend", {}, "To be used without a network"));
  private readonly size = element("span", { className: "pp-about" });
  private readonly button = element("button", { type: "submit", className: "pp-action" }, "Keep for offline");
  private readonly bar = element("progress", { hidden: true, ariaLabel: "What has been fetched" });
  private readonly said = element("p", { role: "status" });
  private readonly script: URL;
  /** Ends what is under way. */
  private stop: AbortController | null = null;

  /**
   * @param form - It is empty.
   * @param root - The address of the site.
   */
  constructor(form: HTMLFormElement, root: string) {
    this.script = new URL("service-worker.js", root);
    form.append(this.said);
    if (location.protocol === "file:") this.said.textContent = ON_DISK;
    else if (!isOffered()) this.said.textContent = NOT_HERE;
    else Parts.read(new URL("assets/runner/parts.json", root), root).then((parts) => this.offer(form, parts), () => this.fail());
  }

  private fail(): void {
    this.said.textContent = navigator.onLine ? NOT_HERE : "To fetch more takes a network.";
  }

  private async offer(form: HTMLFormElement, parts: Parts): Promise<void> {
    const choices = parts.all.map((part): Choice => {
      const about = element("span", { className: "pp-about" });
      const box = element("input", { type: "checkbox", checked: isWanted(part) });
      this.choices.append(element("label", {}, box, ` ${part.name} `, about));
      return { part, box, about };
    });
    form.prepend(this.choices, this.button, this.size, this.bar);
    form.addEventListener("change", () => void this.update(parts, choices));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.stop) this.stop.abort();
      else void this.keep(parts, choices);
    });
    await this.update(parts, choices);
  }

  /** Show what is kept already, and how much there is to fetch. */
  private async update(parts: Parts, choices: Choice[]): Promise<void> {
    for (const { part, box, about } of choices) {
      const missing = await parts.missing([part]);
      const isKept = missing.size === 0;
      about.textContent = isKept ? "kept" : `${megabytes(bytes(missing))} MB`;
      if (isKept) box.checked = box.disabled = true;
    }
    const missing = await parts.missing(chosen(choices));
    const pages = (await navigator.serviceWorker.getRegistration(this.script)) ? 0 : parts.pages;
    this.size.textContent = missing.size ? `up to ${megabytes(bytes(missing) + pages)} MB` : "";
    this.button.disabled = missing.size === 0;
  }

  private async keep(parts: Parts, choices: Choice[]): Promise<void> {
    this.stop = new AbortController();
    this.show("Fetching the pages…", "Stop");
    try {
      await keepPages(this.script);
      const missing = await parts.missing(chosen(choices));
      this.said.textContent = `Fetching ${megabytes(bytes(missing))} MB…`;
      await parts.keep(missing, (done, total) => this.progress(done, total), this.stop.signal);
      this.said.textContent = await told(choices);
    } catch (error) {
      this.said.textContent = this.stop.signal.aborted ? "Stopped. What is there stays." : reason(error as Error);
    }
    this.stop = null;
    this.show(this.said.textContent, "Keep for offline");
    await this.update(parts, choices);
  }

  private show(said: string, action: string): void {
    this.said.textContent = said;
    this.button.textContent = action;
    this.choices.disabled = this.stop !== null;
    this.bar.hidden = this.stop === null;
    this.bar.removeAttribute("value");
  }

  private progress(done: number, total: number): void {
    this.bar.max = total;
    this.bar.value = done;
    this.size.textContent = `${megabytes(done)} of ${megabytes(total)} MB`;
  }
}

/** Of the Pythons, the reader's own choice where there is one. */
function isWanted({ name, wanted }: Part): boolean {
  const chosen = document.querySelector<HTMLSelectElement>(".pp-version")?.value;
  return chosen && /^Python [\d.]+$/.test(name) ? name === `Python ${chosen}` : wanted;
}

function chosen(choices: Choice[]): Part[] {
  return choices.filter(({ box }) => box.checked).map(({ part }) => part);
}

/** What has been reached; a browser that promises nothing may drop it. */
async function told(choices: Choice[]): Promise<string> {
  const names = new Intl.ListFormat("en").format(chosen(choices).map(({ name }) => name));
  const isSafe = await navigator.storage?.persist?.();
  return `Kept: ${names}.${isSafe ? "" : " Your browser may drop it when it runs out of room."}`;
}

function reason({ name, message }: Error): string {
  if (name === "QuotaExceededError") return "Your browser has no room for all of this. What is there stays.";
  return `${message}. What is there stays: try again when there is a network.`;
}
