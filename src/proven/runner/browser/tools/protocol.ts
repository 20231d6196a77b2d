/** What a page and the worker of a tool say to each other: plain data only. */

import type { Finding } from "./findings.ts";
import type { Runtime } from "../python/messages.ts";

export type Tool = "mypy" | "Ruff";

/** The folders that a worker takes things from, as absolute addresses. */
export interface Places {
  /** The root of the site. */
  site: string;
  runtime: Runtime;
  /** The folder of the tool. */
  tool: string;
}

/** Code to check: what it continues from, and its own. */
export interface Code {
  before: string;
  own: string;
}

export interface Report {
  /** Those that are shown. */
  findings: Finding[];
  /** How many there are. */
  total: number;
  /** The tool's version, and the one that the build used. */
  version: string;
  built: string;
}

export type ToTool = { kind: "start"; places: Places } | { kind: "check"; code: Code };

export type FromTool =
  | { kind: "fetching"; done: number; total: number }
  | { kind: "starting" }
  | { kind: "checking" }
  | { kind: "checked"; report: Report }
  | { kind: "failed"; reason: string };
