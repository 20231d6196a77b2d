/** Begins editing where a reader clicks into code, or types in it. */

/** A point of the window, in pixels. */
export interface Place {
  x: number;
  y: number;
}

/**
 * @param code - What holds the code.
 * @param highlighted - The code itself, which the editor takes the place of.
 * @param edit - Opens the editor: at a place, or with what has been typed by then.
 */
export function editOnIntent(
  code: HTMLElement,
  highlighted: HTMLElement,
  edit: (place: Place | undefined, takeTyped: () => string) => Promise<void>,
): void {
  let typed = "";
  const takeTyped = (): string => {
    const text = typed;
    typed = "";
    return text;
  };
  highlighted.addEventListener("click", (event) => {
    const isTouch = (event as PointerEvent).pointerType === "touch"; // a finger scrolls, and a keyboard would come up
    const isSelecting = getSelection()?.isCollapsed === false;
    if (!isTouch && !isSelecting) void edit({ x: event.clientX, y: event.clientY }, takeTyped);
  });
  code.addEventListener("keydown", (event) => {
    if (!highlighted.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
    const text = event.key === "Enter" ? "\n" : event.key;
    if (text.length !== 1 || (!typed && !text.trim())) return; // Space and Enter press buttons
    event.preventDefault();
    event.stopPropagation(); // themes have shortcuts
    typed += text;
    if (typed.length === 1) void edit(undefined, takeTyped).finally(takeTyped);
  });
}
