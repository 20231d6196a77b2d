/** Leaves what is further down the page for later: `whenNear(element, act)`. */

/** Act once an element is on the screen, or less than a screen away from it. */
export function whenNear(element: Element, act: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      act();
    },
    { rootMargin: "100%" },
  );
  observer.observe(element);
}
