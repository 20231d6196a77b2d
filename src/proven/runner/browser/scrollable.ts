/** Lets recorded output that does not fit be scrolled by keyboard. */

export function reachWhatScrolls(elements: Iterable<HTMLElement>): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries as { target: HTMLElement }[]) {
      const scrolls = target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight;
      if (scrolls) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const element of elements) observer.observe(element);
}
