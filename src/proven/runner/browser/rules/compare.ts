/** Avoid and Prefer as two tabs of one frame; where there is room, or no script, both are shown. */

export function makeTabs(frame: HTMLElement): void {
  const tabs = [...frame.querySelectorAll<HTMLAnchorElement>(".pp-tab")];
  const list = tabs[0]?.parentElement;
  if (!list) return;
  list.role = "tablist";
  list.ariaLabel = "Avoid or prefer";
  const sideOf = (tab: HTMLAnchorElement): HTMLElement => frame.querySelector(`[data-side="${tab.hash.slice(1)}"]`)!;

  const show = (chosen: HTMLAnchorElement): void => {
    frame.dataset["shown"] = chosen.hash.slice(1);
    for (const tab of tabs) {
      tab.ariaSelected = String(tab === chosen);
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
  };
  const choose = (tab: HTMLAnchorElement): void => {
    show(tab);
    history.replaceState(history.state, "", tab.hash);
  };
  /** Show the side that the address leads to, or leads into. */
  const follow = (): void => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1).split("&")[0]!));
    const tab = tabs.find((tab) => target && sideOf(tab).contains(target));
    if (!tab) return;
    show(tab);
    target!.scrollIntoView();
  };

  for (const [index, tab] of tabs.entries()) {
    const side = sideOf(tab);
    tab.role = "tab";
    side.role = "tabpanel";
    side.id ||= `side-${side.dataset["side"]}`;
    tab.setAttribute("aria-controls", side.id);
    side.ariaLabel = tab.textContent;
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      choose(tab);
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -index, End: tabs.length - 1 - index }[event.key];
      if (step === undefined && event.key !== " ") return;
      event.preventDefault();
      const next = tabs[(index + (step ?? 0) + tabs.length) % tabs.length]!;
      choose(next);
      next.focus();
    });
  }
  show(tabs.at(-1)!);
  follow();
  addEventListener("hashchange", follow);
}
