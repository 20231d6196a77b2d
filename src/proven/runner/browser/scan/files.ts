/** Files that a reader drops or opens: `read(files) -> texts, problems`. */

/** The text of a file. */
export interface Opened {
  readonly name: string;
  /** Its lines end in a line feed, whatever they ended in. */
  text: string;
  /** Whether they ended in two characters, as on Windows. */
  crlf?: boolean;
}

/** Bytes of one file: more takes longer than a reader would wait, at each change. */
const LARGEST = 2_000_000;

/** Files at once, likewise. */
const MOST = 200;

const COMMAND = "proven check reads it";

/** Those that can be checked, and what is wrong with the others. */
export async function read(files: File[]): Promise<{ opened: Opened[]; problems: string[] }> {
  const opened: Opened[] = [];
  const problems = files.length > MOST ? [`${files.length} files: the first ${MOST} are opened`] : [];
  for (const file of files.slice(0, MOST)) {
    const name = file.webkitRelativePath || file.name;
    const problem = obstacle(file);
    const text = problem ? null : await decoded(file);
    if (text === null) problems.push(`${name}: ${problem || "not a file of text in UTF-8; save it as UTF-8"}`);
    else opened.push({ name, text: text.replaceAll(/\r\n?/g, "\n"), crlf: text.includes("\r\n") });
  }
  return { opened, problems };
}

function obstacle({ name, size }: File): string {
  if (name.endsWith(".ipynb")) return `a notebook; ${COMMAND}`;
  if (!/\.pyi?w?$/.test(name)) return "not Python by its name";
  return size > LARGEST ? `${(size / 1e6).toFixed(1)} MB, and up to ${LARGEST / 1e6} are checked here; ${COMMAND}` : "";
}

/** Null for what is no text, or cannot be read, as a folder cannot. */
async function decoded(file: File): Promise<string | null> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
