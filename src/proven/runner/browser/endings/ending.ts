/** How the end of a program is told to its reader. */

import type { RunError } from "../../job.ts";
import type { Ending } from "../protocol.ts";
import { noteOn } from "./lacking.ts";

/** Names of the harness, which are none of the program's. */
const OWN_NAMES = /^proven\.harness\.\w+\./gm;

/** What Pyodide advises, which a program here cannot follow. */
const ADVICE = / *\\n On Pyodide you must .*?(?="|$)/gm;

/** What Pyodide says when a program ends the process that it takes itself for. */
const TERMINATED = /^Program terminated with exit\((\d+)\)/;

/** @param version - The Python that it ran on: 3.14. */
export function describeEnd(error: RunError | null, version: string): Ending {
  if (!error) return { text: "", status: "", note: "" };
  if (error.type === "SystemExit") return describeExit(error, version);
  const text = error.traceback.replace(OWN_NAMES, "").replace(ADVICE, "");
  const status = error.type === "OutputLimit" ? `Stopped: it ${error.message}.` : "";
  return { text, status, note: noteOn(error.traceback, version) };
}

/** As CPython does it: a number is the status, and anything else is said before a status of 1. */
function describeExit({ message, traceback }: RunError, version: string): Ending {
  const isNumber = /^-?\d+$/.test(message);
  const status = isNumber ? Number(message) & 0xff : 1;
  return {
    text: isNumber ? "" : `${message}\n`,
    status: `Exited with status ${status}.`,
    note: noteOn(traceback, version),
  };
}

/** What V8, SpiderMonkey and JavaScriptCore say of calls within calls. */
const TOO_DEEP = /^Maximum call stack size exceeded|^too much recursion/;

/** Why an interpreter broke down, in words for who wrote the program. */
export function reasonFor(message: string): string {
  if (!TOO_DEEP.test(message)) return message;
  return "it went deeper than a browser allows; look for a method that calls itself, or for data that is nested as deeply";
}

/** The exit that broke an interpreter down; null if it was something else. */
export function exitOf(reason: string): RunError | null {
  const [, status] = TERMINATED.exec(reason) ?? [];
  return status ? { type: "SystemExit", message: status, line: null, span: null, traceback: "" } : null;
}
