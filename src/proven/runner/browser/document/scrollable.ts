/** What does not fit: it can be scrolled by keyboard, and readers see that it scrolls. */

export function scrolls({ scrollWidth, clientWidth, scrollHeight, clientHeight }: Element): boolean {
  return scrollWidth > clientWidth || scrollHeight > clientHeight;
}

export function focusWhatScrolls(elements: Iterable<HTMLElement>): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (scrolls(target)) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const element of elements) observer.observe(element);
}

/** Mark code while there is more of it to the right; CSS shows that. */
export function cueWhatScrolls(holders: Iterable<HTMLElement>): void {
  const look = ({ target }: { target: EventTarget | null }): void => {
    const { scrollWidth, clientWidth, scrollLeft } = target as Element;
    const holder = (target as Element).closest(".pp-code");
    holder?.classList.toggle("pp-wide", scrollWidth - clientWidth - Math.abs(scrollLeft) > 1);
  };
  const observer = new ResizeObserver((entries) => entries.forEach(look));
  for (const holder of holders) {
    holder.addEventListener("scroll", look, { capture: true, passive: true });
    const code = holder.querySelector("pre > code");
    if (code) observer.observe(code);
  }
}
