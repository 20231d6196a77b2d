/** The worker's end of a tool: gets it, then answers one check after the other. */

import type { Code, FromTool, Places, ToTool, Tool } from "./protocol.ts";
import { fetchAll, fetchJson } from "../loading/fetch.ts";
import type { Finding } from "./findings.ts";

/** What a tool finds in a whole text. */
export type Check = (text: string, before: number) => Finding[];

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
  places: Places,
  settings: Settings,
  codes: string[],
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
  async function begin(places: Places): Promise<Ready> {
    const [settings, map] = await Promise.all([
      fetchJson<Settings>(`${places.tool}settings.json`),
      fetchJson<Record<string, Covered>>(`${places.site}assets/rules/map.json`),
    ]);
    const covered = map[tool.toLowerCase()]!;
    const files = fetchAll(places.tool, settings.files, (done, total) => post({ kind: "fetching", done, total }));
    files.then(() => post({ kind: "starting" }), () => {});
    const check = await start(places, settings, Object.keys(covered), files);
    for (const page of Object.values(covered)) page.url = new URL(page.url, places.site).href;
    return { check, settings, covered };
  }

  let ready: Promise<Ready>;
  addEventListener("message", ({ data }: MessageEvent<ToTool>) => {
    if (data.kind === "start") {
      ready = begin(data.places);
      ready.catch(fail);
    } else {
      ready.then((one) => answer(one, data.code), () => {});
    }
  });
}

function answer({ check, settings, covered }: Ready, { before, own }: Code): void {
  post({ kind: "checking" });
  try {
    const skipped = before.split("\n").length - 1;
    const found = check(before + own, skipped).filter((one) => one.line > skipped);
    const findings = found.slice(0, SHOWN_FINDINGS).map((one) => ({
      ...one,
      line: one.line - skipped,
      endLine: one.endLine - skipped,
      message: one.message.slice(0, SHOWN_CHARACTERS),
      page: covered[one.code],
    }));
    const { version, built } = settings;
    post({ kind: "checked", report: { findings, total: found.length, version, built } });
  } catch (error) {
    fail(error);
  }
}
