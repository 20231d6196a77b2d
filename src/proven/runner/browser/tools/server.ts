/** The worker's end of a tool: gets it, then answers one check after the other. */

import { getAll, getJson } from "../loading/fetch.ts";
import type { Code, Finding, FromTool, Tool, ToolFolders, ToTool } from "../protocol.ts";

/** What a tool finds in a whole text, whose last expression may be there to be shown. */
export type Check = (text: string, before: number, shows: boolean) => Finding[];

/** What the build says of a tool in `settings.json`. */
export interface ToolSettings {
  version: string;
  built: string;
  /** What is fetched for it: names and sizes. */
  files: Record<string, number>;
}

/** The rules of the site that cover what a tool finds, by its code. */
export type Covered = Record<string, { url: string; title: string }>;

/** Makes a tool ready from its files, which have been fetched. */
export type Start<Settings> = (
  folders: ToolFolders,
  settings: Settings,
  detectors: string[],
  files: Promise<Map<string, Uint8Array<ArrayBuffer>>>,
) => Promise<Check>;

/** More than a reader would go through, and than a page should have to show. */
const SHOWN_FINDINGS = 200;
const SHOWN_CHARACTERS = 1_000;

interface Ready {
  check: Check;
  settings: ToolSettings;
  covered: Covered;
}

const post = (message: FromTool): void => postMessage(message);

function fail(error: unknown): void {
  post({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
}

export function serve<Settings extends ToolSettings>(tool: Tool, start: Start<Settings>): void {
  async function begin(folders: ToolFolders, detectors: string[]): Promise<Ready> {
    const [settings, map] = await Promise.all([
      getJson<Settings>(`${folders.tool}settings.json`),
      getJson<Record<string, Covered>>(`${folders.site}assets/rules/map.json`),
    ]);
    const covered = map[tool.toLowerCase()]!;
    const files = getAll(folders.tool, settings.files, (done, total) => post({ kind: "fetching", done, total }));
    files.then(() => post({ kind: "starting" }), () => {});
    const check = await start(folders, settings, detectors, files);
    for (const page of Object.values(covered)) page.url = new URL(page.url, folders.site).href;
    return { check, settings, covered };
  }

  let ready: Promise<Ready>;
  addEventListener("message", ({ data }: MessageEvent<ToTool>) => {
    if (data.kind === "start") {
      ready = begin(data.folders, data.detectors);
      ready.catch(fail);
    } else {
      ready.then((tool) => answer(tool, data.code), () => {});
    }
  });
}

function answer({ check, settings, covered }: Ready, { before, own, shows, passed, only }: Code): void {
  post({ kind: "checking" });
  try {
    const skipped = before.split("\n").length - 1;
    const told = ({ line, code }: Finding): boolean => line > skipped && !passed.includes(code) && (only?.includes(code) ?? true);
    const all = check(before + own, skipped, shows).filter(told);
    const findings = all.slice(0, SHOWN_FINDINGS).map((finding) => ({
      ...finding,
      line: finding.line - skipped,
      endLine: finding.endLine - skipped,
      message: finding.message.slice(0, SHOWN_CHARACTERS),
      page: covered[finding.code],
    }));
    const { version, built } = settings;
    post({ kind: "checked", report: { findings, total: all.length, version, built } });
  } catch (error) {
    fail(error);
  }
}
