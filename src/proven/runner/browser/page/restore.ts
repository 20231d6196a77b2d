/** Opens edited code when the page is loaded: from the address, or from earlier in the visit. */

import { element } from "../document/element.ts";
import { unfold } from "../document/folds.ts";
import { hasDraft } from "../editor/drafts.ts";
import type { Blocks } from "./blocks.ts";
import { TooLong, unpack } from "../document/packed.ts";
import { parseFragment, type Shared } from "./code-link.ts";

export function restoreEdits(blocks: Blocks): void {
  const shared = parseFragment(location.hash);
  const isBack = shared !== null && blocks.get(shared.block)?.editor.draft?.link === location.hash;
  for (const name of blocks.names.filter(hasDraft)) {
    const { editor } = blocks.get(name)!;
    const { draft } = editor;
    if (draft && (name !== shared?.block || isBack)) void editor.restore(draft);
  }
  choose(shared, blocks);
  if (shared && !isBack) void open(shared, blocks);
  addEventListener("hashchange", () => {
    const next = parseFragment(location.hash);
    choose(next, blocks);
    if (next) void open(next, blocks);
  });
}

function choose(shared: Shared | null, blocks: Blocks): void {
  if (shared?.version) blocks.get(shared.block)?.choose(shared.version);
}

async function open({ block, code }: Shared, blocks: Blocks): Promise<void> {
  const root = document.getElementById(block);
  unfold(root);
  root?.scrollIntoView(); // its fragment has more in it than the browser looks for
  if (code === null) return;
  const target = blocks.get(block);
  if (!target) return complain("The example that this link brings code for is not on this page, or cannot be edited.");
  try {
    await target.receive(await unpack(code), location.hash);
  } catch (error) {
    const isLong = error instanceof TooLong;
    const reason = isLong ? "is longer than 100 kB, and is not opened" : "is damaged: the link may have been cut off";
    target.editor.notice.say(`The code in this link ${reason}. This is the example as it stands on the page.`);
  }
}

/** Say it where the page begins. */
function complain(text: string): void {
  const place = document.querySelector("article") ?? document.querySelector("[role=main], main") ?? document.body;
  place.querySelector(":scope > .pp-notice")?.remove();
  const notice = element("div", { className: "pp-notice", role: "alert" }, element("p", {}, text));
  place.prepend(notice);
  notice.scrollIntoView({ block: "center" });
}
