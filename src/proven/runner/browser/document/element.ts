/** Builds elements; text stays text. */

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const created = Object.assign(document.createElement(tag), properties);
  created.append(...children);
  return created;
}

/** The one element that the page's template promises. */
export function find<Kind extends HTMLElement>(root: ParentNode, selector: string): Kind {
  const match = root.querySelector<Kind>(selector);
  if (!match) throw new Error(`no ${selector} in the block`);
  return match;
}
