/** Buttons that copy a rule's link, its Markdown, a review comment or a citation. */

import { enclosed, ruleAddress, siteAddress } from "../document/addresses.ts";
import { confirmCopy, toClipboard } from "../document/clipboard.ts";
import { element, find } from "../document/element.ts";
import { menu } from "../document/menu.ts";
import { Notice } from "../document/notice.ts";

/** What the build gives: all that is copied, but for the address. */
interface Citations {
  code: string;
  comment: string;
  markdown: string;
  rest: string;
  exceptions: Record<string, string>;
}

/** Resolves to what is copied; rejects with a message for the reader. */
type Get = () => string | Promise<string>;

class CopyButtons {
  private readonly status = element("span", { className: "pp-said", role: "status" });
  private readonly notice: Notice;

  constructor(bar: HTMLElement) {
    bar.append(this.status);
    this.notice = new Notice(bar);
  }

  /** A button that copies; what it is called aloud begins with the words that it shows. */
  button(label: string, what: string, get: Get): HTMLButtonElement {
    const button = element("button", { type: "button", className: "pp-action", textContent: label, ariaLabel: `${label}: copy ${what}` });
    button.addEventListener("click", () => {
      this.notice.clear();
      void confirmCopy(button, this.status, this.copy(what, get), `Copied ${what}`);
    });
    return button;
  }

  private async copy(what: string, get: Get): Promise<boolean> {
    let text: string;
    try {
      text = await get();
    } catch (error) {
      this.notice.say((error as Error).message);
      return false;
    }
    const copied = await toClipboard(text);
    if (!copied) this.notice.offer(`The browser does not let this page copy. Here is ${what}:`, text);
    return copied;
  }
}

/** Give a rule's page its buttons.
 *
 * @param bar - Where they are put.
 * @param root - The site's root as it is read now.
 */
export function addCopyButtons(bar: HTMLElement, root: string): void {
  const { code, comment, markdown, rest, exceptions } = JSON.parse(find(document, ".pp-citations").textContent ?? "") as Citations;
  const site = siteAddress(root);
  const link = ruleAddress(site, code);
  const copyButtons = new CopyButtons(bar);
  bar.append(
    copyButtons.button("Copy link", `the link to ${code}`, () => link),
    menu(
      "Cite",
      "Cite this rule",
      copyButtons.button("Review comment", "a review comment", () => `${comment} ${link}`),
      copyButtons.button("Link in Markdown", "a citation in Markdown", () => `[${markdown}](${enclosed(link)})`),
      copyButtons.button("Link in reST", "a citation in reST", () => `\`${rest} <${enclosed(link)}>\`__`),
      copyButtons.button("Page as Markdown", "this page as Markdown", fetchMarkdown),
    ),
  );
  for (const strong of document.querySelectorAll<HTMLElement>("li strong")) {
    const name = /^\w+-EX\d+/.exec(strong.textContent ?? "")?.[0] ?? "";
    const reason = exceptions[name];
    if (!reason) continue;
    const button = copyButtons.button("Comment", `a review comment on ${name}`, () => `${reason} ${ruleAddress(site, name)}`);
    const item = strong.closest("li")!;
    const text = item.querySelector(":scope > p") ?? item;
    text.insertBefore(button, text.querySelector(":scope > details"));
  }
}

/** The page as Markdown, which the build puts beside it. */
async function fetchMarkdown(): Promise<string> {
  const named = document.querySelector<HTMLLinkElement>("link[rel~=alternate][type='text/markdown']");
  const address = named?.href ?? new URL("index.html.md", location.href).href;
  try {
    const response = await fetch(address);
    if (response.ok) return await response.text();
  } catch {
    // as for an answer that is none
  }
  throw new Error(`The page's Markdown could not be fetched. It is at ${address}`);
}
