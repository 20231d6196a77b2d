/** What a program shows in the end, as elements: text becomes text, and a figure an image that can do nothing. */

import type { Cell, Shown } from "../../job.ts";
import { element } from "../document/element.ts";
import { focusWhatScrolls } from "../document/scrollable.ts";

/** @param alt - What stands for a figure where it cannot be seen. */
export function drawn({ problem, table, figure }: Shown, alt: string): HTMLElement[] {
  if (problem) return [element("p", { className: "pp-note" }, `Nothing is shown in the end: ${problem}.`)];
  return [...(table.length ? [scrolled(table)] : []), ...(figure ? [image(figure, alt)] : [])];
}

function scrolled(rows: Cell[][]): HTMLElement {
  const isAbove = (row: Cell[]): boolean => row.every(([text, scope]) => scope.startsWith("col") || !text);
  const first = rows.findIndex((row) => !isAbove(row));
  const heads = first < 0 ? rows.length : first;
  const parts = [element("thead", {}, ...rows.slice(0, heads).map(line)), element("tbody", {}, ...rows.slice(heads).map(line))];
  const cells = element("table", { className: "pp-cells" }, ...parts.filter((part) => part.hasChildNodes()));
  const holder = element("div", { className: "pp-table" }, cells);
  focusWhatScrolls([holder]);
  return holder;
}

function line(row: Cell[]): HTMLElement {
  const cells = row.map(([textContent, scope, colSpan, rowSpan]) =>
    scope ? element("th", { textContent, scope, colSpan, rowSpan }) : element("td", { textContent, colSpan, rowSpan }),
  );
  return element("tr", {}, ...cells);
}

function image(svg: string, alt: string): HTMLElement {
  const text = new TextDecoder().decode(new TextEncoder().encode(svg)); // half a character cannot be encoded
  return element("img", { className: "pp-figure", alt, src: `data:image/svg+xml,${encodeURIComponent(text)}` });
}
