/** Files that a reader drops or opens: `read(files) -> texts, problems`. */

/** The text of a file. */
export interface Opened {
  readonly name: string;
  /** Its lines end in a line feed, whatever they ended in. */
  text: string;
  /** Whether they ended in two characters, as on Windows. */
  crlf?: boolean;
}

/** A file, and its path within the folder that came. */
export type Given = [path: string, file: File];

/** Bytes of one file: more takes longer than a reader would wait, at each change. */
const LARGEST = 2_000_000;

/** Files at once, likewise. */
const MOST = 200;

const COMMAND = "proven check reads it";

const PYTHON = /\.py[iw]?$/;

/** Those that can be checked, and what is wrong with the others. */
export async function read(files: Given[]): Promise<{ opened: Opened[]; problems: string[] }> {
  const opened: Opened[] = [];
  const problems = files.length > MOST ? [`${files.length} files came, and the first ${MOST} are opened; proven check has no limit`] : [];
  for (const [path, file] of files.slice(0, MOST)) {
    const problem = obstacle(file);
    const text = problem ? null : await decoded(file);
    if (text === null) problems.push(`${path}: ${problem || "not text in UTF-8; save it as UTF-8"}`);
    else opened.push({ name: unique(path, opened), text: text.replaceAll(/\r\n?/g, "\n"), crlf: text.includes("\r\n") });
  }
  return { opened, problems };
}

/** A name that none of some files has: a browser says of a file that was chosen not where it is. */
function unique(path: string, opened: Opened[]): string {
  const others = opened.filter(({ name }) => name === path || name.replace(/ \(\d+\)$/, "") === path).length;
  return others ? `${path} (${others + 1})` : path;
}

function obstacle({ name, size }: File): string {
  if (name.endsWith(".ipynb")) return `a notebook; ${COMMAND}`;
  if (!PYTHON.test(name)) return "not Python, by its name";
  return size > LARGEST ? `${(size / 1e6).toFixed(1)} MB, and up to ${LARGEST / 1e6} are checked here; ${COMMAND}` : "";
}

/** Null for what is no text, or cannot be read. */
async function decoded(file: File): Promise<string | null> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

/** The files that are dropped: all of them, and those of Python in folders. To be called at once: the list is empty soon. */
export async function dropped(items: DataTransferItemList): Promise<Given[]> {
  const came = [...items].flatMap((item) => item.webkitGetAsEntry() ?? item.getAsFile() ?? []);
  const given: Given[] = [];
  for (const each of came) {
    if (each instanceof File) {
      given.push([each.name, each]);
      continue;
    }
    for await (const file of inside(each)) {
      if (given.push(file) > MOST) return given;
    }
  }
  return given;
}

async function* inside(entry: FileSystemEntry): AsyncIterable<Given> {
  if (entry.isFile) {
    const file = await new Promise<File>((...settle) => (entry as FileSystemFileEntry).file(...settle));
    yield [entry.fullPath.slice(1), file];
  }
  if (!entry.isDirectory || /^(\.|__pycache__$|node_modules$)/.test(entry.name)) return;
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((...settle) => reader.readEntries(...settle));
    if (!some.length) return;
    for (const each of some) {
      if (each.isDirectory || PYTHON.test(each.name)) yield* inside(each);
    }
  }
}
