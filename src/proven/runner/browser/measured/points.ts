/** What a function took, as a point of the plot and a cell of the table. */

/** A median, and how far single values are from it, in terms of the unit. */
export interface Ratio {
  value: number;
  spread: number;
}

/** What the page's figure is made of; where it has a plot, that has logarithmic axes between powers of ten. */
export interface Figure {
  functions: string[];
  sizes: number[];
  plot: { low: number; high: number; left: number; right: number; top: number; bottom: number } | null;
}

export function ratio(seconds: number[], unit: number): Ratio {
  const middle = median(seconds);
  return { value: middle / unit, spread: median(seconds.map((one) => Math.abs(one - middle))) / unit };
}

export function median(values: number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

const DIGITS = new Intl.NumberFormat("en", { maximumSignificantDigits: 3, minimumSignificantDigits: 3 });

export function cell({ value, spread }: Ratio): string {
  return `${DIGITS.format(value)} ± ${Math.max(1, Math.ceil((spread / value) * 100))}%`;
}

/** Draw what a function took, by size, as squares with a line between them. */
export function draw(root: HTMLElement, { sizes, plot }: Figure, values: number[]): void {
  if (!plot) return;
  const [first, last] = [sizes[0]!, sizes.at(-1)!].map(Math.log10) as [number, number];
  const points = values.map((value, index): [number, number] => {
    const across = (Math.log10(sizes[index]!) - first) / (last - first);
    const up = (Math.log10(value) - plot.low) / (plot.high - plot.low);
    const height = plot.bottom - Math.min(Math.max(up, 0), 1) * (plot.bottom - plot.top);
    return [plot.left + across * (plot.right - plot.left), height];
  });
  const line = part("polyline", { points: points.map((point) => point.join()).join(" "), fill: "none" });
  const squares = points.map(([x, y]) => part("rect", { x: `${x - 4}`, y: `${y - 4}`, width: "8", height: "8" }));
  const group = part("g", { class: "pp-here" });
  group.append(line, ...squares);
  root.querySelector("svg")?.append(group);
}

/** Take away what was drawn. */
export function erase(root: HTMLElement): void {
  for (const group of root.querySelectorAll("svg .pp-here")) group.remove();
}

function part(tag: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
