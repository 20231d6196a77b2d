/** The actions Copy, Copy link and Share of a block. */

import { confirmCopy, toClipboard } from "../document/clipboard.ts";
import { element, find } from "../document/element.ts";
import type { Editor } from "../editor/host.ts";
import { TooLong } from "../document/packed.ts";
import { codeLink } from "./code-link.ts";

/** Copy the code as it stands. */
export async function copy(editor: Editor): Promise<boolean> {
  const copied = await toClipboard(editor.text);
  if (!copied) {
    editor.select();
    editor.notice.say("The browser does not let this page copy. The code is selected: copy it by hand.");
  }
  return copied;
}

/** Copy a link to the block as it stands on the page. */
export async function copyLink(block: string, editor: Editor): Promise<boolean> {
  return offered(editor, await codeLink(block, null, null));
}

/** Copy a link to the block, with the code if it has been edited. */
export async function share(block: string, editor: Editor, version: string | null): Promise<boolean> {
  try {
    return await offered(editor, await codeLink(block, editor.edited ? editor.text : null, version));
  } catch (error) {
    const isLong = error instanceof TooLong;
    editor.notice.say(isLong ? "A link carries at most 100 kB of code." : "This browser cannot put code into a link.");
    return false;
  }
}

/** Copy an address, or show it to be copied by hand. */
async function offered(editor: Editor, address: string): Promise<boolean> {
  const copied = await toClipboard(address);
  if (!copied) editor.notice.offer("Link to this code", address);
  return copied;
}

/** Give code that is only shown a button that copies it. */
export function addCopyButton(block: HTMLElement): void {
  const name = `example ${/\d+$/.exec(block.id)}`;
  const code = find(block, "pre > code");
  const button = element("button", { type: "button", className: "pp-action pp-copy", ariaLabel: `Copy ${name}` }, "Copy");
  const status = element("span", { className: "pp-said", role: "status" });
  button.addEventListener("click", () => {
    void confirmCopy(button, status, toClipboard(code.textContent.replace(/\n$/, "")), `Copied ${name}`);
  });
  find(block, ".pp-code").append(button, status);
}
