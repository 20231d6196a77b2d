/** Opens what is folded: where an address leads into it, where the search has found something, and on paper. */

const FOLDED = "details:is(.pp-fold, .pp-program-file)";

export function openFolds(): void {
  reveal();
  addEventListener("hashchange", reveal);
  if (new URLSearchParams(location.search).has("h")) openMarked();
  openForPrint();
}

/** Open all that an element lies in. */
export function unfold(element: Element | null): void {
  for (let fold = element?.closest<HTMLDetailsElement>(FOLDED); fold; fold = fold.parentElement?.closest(FOLDED)) {
    fold.open = true;
  }
}

/** Open what the page's address leads to, and show it: it had no place before. */
function reveal(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1).split("&")[0]!));
  if (!target?.closest(FOLDED)) return;
  unfold(target);
  target.scrollIntoView();
}

/** The theme marks the words that a search has led to, some time after the page is loaded. */
function openMarked(): void {
  const open = (): void => {
    if (!document.querySelector("article mark")) return;
    document.querySelectorAll(`${FOLDED} mark`).forEach(unfold);
    observer.disconnect();
  };
  const observer = new MutationObserver(open);
  observer.observe(document.body, { childList: true, subtree: true });
  open();
}

function openForPrint(): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>("details.pp-fold:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
}
