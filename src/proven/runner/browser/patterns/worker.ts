/** Web Worker entry: Ruff and ast-grep, for one file after the other. */

import { getAll, getJson } from "../loading/fetch.ts";
import type { FromScanner, ToScanner } from "../protocol.ts";
import { check, load, type Workspace } from "../tools/ruff.ts";
import { AstGrep } from "./ast-grep.ts";

type Start = Extract<ToScanner, { kind: "start" }>;

interface Ready {
  /** Ruff, by the Python that code is for. */
  ruff: (python: string) => Workspace;
  astGrep: AstGrep;
}

const post = (message: FromScanner): void => postMessage(message);

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function begin({ folder, codes, rules }: Start): Promise<Ready> {
  const names = ["ruff", "ast-grep"];
  const listed = names.map(async (name) => {
    const { files } = await getJson<{ files: Record<string, number> }>(`${folder}${name}/settings.json`);
    return Object.entries(files).map(([file, size]) => [`${name}/${file}`, size] as const);
  });
  const sizes = Object.fromEntries((await Promise.all(listed)).flat());
  const all = await getAll(folder, sizes, (done, total) => post({ kind: "fetching", done, total }));
  post({ kind: "starting" });
  const [ruff, astGrep] = await Promise.all([
    load(`${folder}ruff/`, all.get("ruff/ruff.bin")!),
    AstGrep.load((name) => all.get(`ast-grep/${name}`)!, rules),
  ]);
  const made = new Map<string, Workspace>();
  const make = (python: string): Workspace => {
    const settings = { "target-version": python, lint: { select: codes } };
    const workspace = made.get(python) ?? new ruff.Workspace(settings, ruff.PositionEncoding.Utf32);
    made.set(python, workspace);
    return workspace;
  };
  return { ruff: make, astGrep };
}

function answer({ ruff, astGrep }: Ready, text: string, python: string): void {
  const started = performance.now();
  try {
    const own = astGrep.check(text);
    const findings = [...check(ruff(python), text), ...own.findings];
    post({ kind: "scanned", findings, comments: own.comments, milliseconds: performance.now() - started });
  } catch (error) {
    post({ kind: "broken", reason: said(error) });
  }
}

let ready: Promise<Ready>;
addEventListener("message", ({ data }: MessageEvent<ToScanner>) => {
  if (data.kind === "start") {
    ready = begin(data);
    ready.catch((error: unknown) => post({ kind: "failed", reason: said(error) }));
  } else {
    ready.then((tools) => answer(tools, data.text, data.python), () => {});
  }
});
