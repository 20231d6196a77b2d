/** The colours of text that a program prints: of any pair of them, one can be read on the other. */

/** On a light page, and on a dark one. */
const COLORS = {
  grey: ["#4f5863", "#a5b0bc"],
  red: ["#a31b14", "#ff9a92"],
  green: ["#145c2f", "#7fd6a0"],
  yellow: ["#6b4700", "#e6c15c"],
  blue: ["#1546a0", "#9cc2ff"],
  magenta: ["#8a1a80", "#f0a3e6"],
  cyan: ["#0a5560", "#74d2de"],
} as const;

const DARK = ':is([data-md-color-scheme="slate"], [data-bs-theme="dark"]) .pp-screen';

/** Less than this between the levels of red, green and blue, and it is a grey. */
const GREYNESS = 48;

/** By bits, as terminals number them: red, green, blue. */
const HUES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** The colour that is like one of red, green and blue from 0 to 255. */
export function hue(levels: number[]): string {
  const [least, most] = [Math.min(...levels), Math.max(...levels)];
  if (most - least < GREYNESS) return most < 64 ? "black" : most > 192 ? "white" : "grey";
  return HUES[levels.reduce((bits, level, bit) => bits | (Number(level > (least + most) / 2) << bit), 0)]!;
}

function sheet(): CSSStyleSheet {
  const colors = Object.entries(COLORS);
  const set = (dark: 0 | 1): string => colors.map(([name, shades]) => `--pp-${name}: ${shades[dark]};`).join("");
  const made = new CSSStyleSheet();
  made.replaceSync(`
    .pp-screen { ${set(0)} }
    @media screen { ${DARK} { ${set(1)} } }
    .pp-bold { font-weight: 700 }
    .pp-italic { font-style: italic }
    .pp-underline { text-decoration: underline }
    .pp-faint { color: var(--pp-grey) }
    ${colors.map(([name]) => `.pp-${name}-fg { color: var(--pp-${name}) }`).join("")}
    ${colors.map(([name]) => `.pp-${name}-bg { background: color-mix(in srgb, var(--pp-${name}) 15%, transparent) }`).join("")}
  `);
  return made;
}

/** Have the page know the colours. */
export function useColors(): void {
  document.adoptedStyleSheets.push(sheet());
}
