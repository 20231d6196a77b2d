/** A form that chooses among what a page lists, and keeps the choice in the page's address. */

type Field = HTMLInputElement | HTMLSelectElement;

export class Filter {
  private readonly form: HTMLFormElement;
  private readonly items: HTMLElement[];
  private readonly show: (shown: HTMLElement[]) => void;

  /**
   * @param form - Its fields are named as the `data-` attributes of items, which hold words; `text` is looked for in all.
   * @param items - What is chosen among; the others are hidden.
   * @param show - Told what is shown, at once and with each change.
   */
  constructor(form: HTMLFormElement, items: Iterable<HTMLElement>, show: (shown: HTMLElement[]) => void) {
    this.form = form;
    this.items = [...items];
    this.show = show;
    form.addEventListener("input", () => this.keep());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => this.keep())); // its fields are empty after this event
    addEventListener("popstate", () => this.restore());
    this.restore();
  }

  /** Take the choice from the address; what a field does not offer is as good as nothing. */
  private restore(): void {
    const given = new URLSearchParams(location.search);
    for (const field of this.fields()) {
      field.value = given.get(field.name) ?? "";
      if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = "";
    }
    this.apply();
  }

  private keep(): void {
    const url = new URL(location.href);
    for (const { name, value } of this.fields()) {
      url.searchParams.delete(name); // and again at the end: one choice has one address
      if (value.trim()) url.searchParams.append(name, value.trim());
    }
    history.replaceState(history.state, "", url);
    this.apply();
  }

  private apply(): void {
    const shown = this.items.filter((item) => this.fields().every((field) => fits(item, field)));
    for (const item of this.items) item.hidden = !shown.includes(item);
    this.show(shown);
  }

  private fields(): Field[] {
    return [...this.form.elements].filter(isNamedField);
  }
}

function isNamedField(control: Element): control is Field {
  return "value" in control && "name" in control && control.name !== "";
}

function fits(item: HTMLElement, { name, value }: Field): boolean {
  if (name !== "text") return !value || item.dataset[name]!.split(" ").includes(value);
  const text = `${item.textContent} ${item.dataset["words"]}`.toLowerCase();
  return value.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
