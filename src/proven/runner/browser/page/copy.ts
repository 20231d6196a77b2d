/** The actions Copy and Share of a block. */

import { toClipboard } from "../document/clipboard.ts";
import type { Editor } from "../editor/host.ts";
import { codeLink, TooLong } from "./code-link.ts";

/** Copy the code as it stands. */
export async function copy(editor: Editor): Promise<boolean> {
  const copied = await toClipboard(editor.text);
  if (!copied) {
    editor.select();
    editor.notice.say("The browser does not let this page copy. The code is selected: copy it by hand.");
  }
  return copied;
}

/** Copy a link to the block, with the code if it has been edited. */
export async function share(block: string, editor: Editor, version: string | null): Promise<boolean> {
  try {
    const address = await codeLink(block, editor.edited ? editor.text : null, version);
    const copied = await toClipboard(address);
    if (!copied) editor.notice.offer("Link to this code", address);
    return copied;
  } catch (error) {
    const isLong = error instanceof TooLong;
    editor.notice.say(isLong ? "A link carries at most 100 kB of code." : "This browser cannot put code into a link.");
    return false;
  }
}
