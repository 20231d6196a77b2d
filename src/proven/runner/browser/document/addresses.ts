/** The public addresses of this page, its site and its rules; those of the moment where the site has none. */

/** The page's address, without a fragment. */
export function pageAddress(): string {
  return canonical() ?? location.href.replace(/#.*/s, "");
}

/** The site's root.
 *
 * @param here - The root as it is read now.
 */
export function siteAddress(here: string): string {
  const page = location.href.replace(/[?#].*/s, "").replace(/\bindex\.html$/, "");
  const path = page.slice(here.length);
  const address = canonical();
  return address?.endsWith(path) ? address.slice(0, address.length - path.length) : here;
}

/** The short address of a rule, or of an exception: `PX017-EX1`. */
export function ruleAddress(root: string, code: string): string {
  const rule = code.replace(/-.*/, "");
  const file = root.startsWith("file:") ? "index.html" : ""; // a disk serves no folders
  return `${root}${rule}/${file}${rule === code ? "" : `#${code}`}`;
}

/** An address within Markdown's or reStructuredText's own brackets. */
export function enclosed(address: string): string {
  return address.replaceAll("(", "%28").replaceAll(")", "%29");
}

function canonical(): string | undefined {
  return document.querySelector<HTMLLinkElement>("link[rel=canonical]")?.href;
}
