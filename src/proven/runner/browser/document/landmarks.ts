/** Material puts the buttons of plain code into a <nav>, without a name: not a landmark that anybody looks for. */

/** Take such elements out of the list of landmarks, as soon as the theme makes them.
 *
 * @param root - What holds the code.
 */
export function hideButtonLandmarks(root: Element): void {
  const hide = (): void => {
    for (const nav of root.querySelectorAll("nav.md-code__nav:not([role])")) nav.setAttribute("role", "none");
  };
  new MutationObserver(hide).observe(root, { childList: true, subtree: true });
  hide();
}
