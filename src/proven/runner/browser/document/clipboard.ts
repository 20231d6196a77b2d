/** Copies text, and says so on the button and aloud. */

const DONE_MS = 2000;

/** Whether the clipboard takes it; browsers may refuse, and have none on pages without https. */
export async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Say that something has been copied, on its button and to assistive technology. */
export async function confirmCopy(button: HTMLElement, status: HTMLElement, done: Promise<boolean>, what: string): Promise<void> {
  if (!(await done)) return;
  const label = (button.dataset["label"] ??= button.textContent ?? "");
  button.textContent = "Copied";
  status.textContent = what;
  setTimeout(() => {
    button.textContent = label;
    status.textContent = "";
  }, DONE_MS);
}
