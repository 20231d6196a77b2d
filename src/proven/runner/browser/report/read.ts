/** What tools have reported, in any of the forms that they print: `read(text)`. */

import { fromJson, type Reported } from "./json.ts";

const ESCAPES = /\x1b\[[\d;]*[A-Za-z]/g;

/** A path, which may have a drive and blanks before it, then line and column; a notebook's name is followed by its cell. */
const PLACE = String.raw`(?<path>(?:\s{0,9}[A-Za-z]:)?[^:\n]*?)(?::cell \d+)?:(?<line>\d+)(?::\d+)?`;
const CODE = String.raw`(?<code>[A-Z]{1,8}\d{2,5}|invalid-syntax)`;

/** `app.py:3:1: B006 [*] Do not use ...`, as flake8 has it too, and `app.py:3: [B006] Do not use ...`. */
const CONCISE = new RegExp(String.raw`^${PLACE}:? \[?${CODE}\b`);

/** `B006 [*] Do not use ...`; its place is in the next line: ` --> app.py:3:1`. */
const HEADING = new RegExp(String.raw`^${CODE}:? \S`);
const ARROW = new RegExp(String.raw`^\s*--> ${PLACE}`);

/** `::error title=Ruff (B006),file=app.py,line=3,...::` */
const COMMAND = new RegExp(String.raw`^::\w+ title=[Rr]uff \(${CODE}\),file=(?<path>[^,]*),line=(?<line>\d+)`);

/** `app.py:3: error: Missing return  [return]`; a long message may go on in the next lines. */
const MYPY = new RegExp(String.raw`^${PLACE}(?::\d+:\d+)?: (?:error|warning): `);
const MYPY_CODE = /(?:^|\s)\[(?<code>[a-z][a-z\d-]*)\]\s*$/;

/** `  /src/app.py:3:5 - error: ... (reportReturnType)`, likewise. */
const PYRIGHT = new RegExp(String.raw`^${PLACE} - (?:error|warning|information)(?: TS\d+)?: `);
const PYRIGHT_CODE = /\((?<code>report[A-Za-z]+)\)\s*$/;

/** Longer lines are no report's, and would take a pattern long. */
const LONGEST = 5_000;

/** All that is found in a text; nothing where it is no report.
 *
 * @param text - What Ruff, mypy or Pyright printed, as text, JSON or SARIF; more than one of them, too.
 */
export function read(text: string): Reported[] {
  const plain = text.replace(ESCAPES, "").trim();
  return fromJson(plain) ?? fromLines(plain.split(/\r?\n/).filter((line) => line.length < LONGEST));
}

type Groups = Record<"path" | "line" | "code", string>;

function fromLines(lines: string[]): Reported[] {
  const found: Reported[] = [];
  lines.forEach((line, at) => {
    const ruff = CONCISE.exec(line) ?? COMMAND.exec(line);
    const heading = HEADING.exec(line);
    const arrow = heading && ARROW.exec(lines[at + 1] ?? "");
    if (ruff) {
      found.push(reported("ruff", ruff.groups as Groups));
    } else if (heading && arrow) {
      found.push(reported("ruff", { ...(arrow.groups as Groups), code: heading.groups!["code"]! }));
    } else {
      found.push(...checked(lines, at));
    }
  });
  return found;
}

/** What a type checker says in a line, and in those after it that belong to it. */
function* checked(lines: string[], at: number): Iterable<Reported> {
  const forms = [["mypy", MYPY, MYPY_CODE], ["pyright", PYRIGHT, PYRIGHT_CODE]] as const;
  for (const [tool, start, end] of forms) {
    const match = start.exec(lines[at]!);
    if (!match) continue;
    for (let line = at; line < lines.length && (line === at || !begins(lines[line]!)); line++) {
      const code = end.exec(lines[line]!)?.groups!["code"];
      if (code) return yield reported(tool, { ...(match.groups as Groups), code });
    }
  }
}

function begins(line: string): boolean {
  return [CONCISE, HEADING, MYPY, PYRIGHT].some((form) => form.test(line));
}

function reported(tool: Reported["tool"], { path, line, code }: Groups): Reported {
  return { tool, code, where: `${path.trim()}:${line}` };
}
