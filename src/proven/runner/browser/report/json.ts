/** Reports in JSON: Ruff's, also as lines, mypy's lines, Pyright's, and SARIF of any of them. */

/** One thing that a tool has found. */
export interface Reported {
  tool: "ruff" | "mypy" | "pyright";
  code: string;
  /** `src/app.py:3`; empty where the tool does not say. */
  where: string;
}

/** What is found in a report; null where the text is no JSON. */
export function fromJson(text: string): Reported[] | null {
  try {
    return [...anyReport(JSON.parse(text))];
  } catch {}
  try {
    return text.split("\n").flatMap((line) => (line.trim() ? [...anyReport(JSON.parse(line))] : []));
  } catch {
    return null;
  }
}

/** The value at a path of keys, whatever there is on the way. */
function at(value: unknown, ...keys: (string | number)[]): unknown {
  return keys.reduce((inner: unknown, key) => Object(inner)[key], value);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function* anyReport(report: unknown): Iterable<Reported> {
  const ruff = at(report, "filename") ? [report] : list(report);
  for (const entry of ruff) yield* one("ruff", at(entry, "code"), at(entry, "filename"), at(entry, "location", "row"));
  for (const entry of list(at(report, "generalDiagnostics"))) {
    const line = at(entry, "range", "start", "line");
    yield* one("pyright", at(entry, "rule"), at(entry, "file"), Number(line) + 1);
  }
  for (const run of list(at(report, "runs"))) yield* ofRun(run);
  if (at(report, "file")) yield* one("mypy", at(report, "code"), at(report, "file"), at(report, "line"));
}

function* ofRun(run: unknown): Iterable<Reported> {
  const tool = String(at(run, "tool", "driver", "name")).toLowerCase();
  if (tool !== "ruff" && tool !== "mypy" && tool !== "pyright") return;
  for (const result of list(at(run, "results"))) {
    const place = at(result, "locations", 0, "physicalLocation");
    yield* one(tool, at(result, "ruleId"), at(place, "artifactLocation", "uri"), at(place, "region", "startLine"));
  }
}

function* one(tool: Reported["tool"], code: unknown, path: unknown, line: unknown): Iterable<Reported> {
  if (typeof code === "string") yield { tool, code, where: [path, line].filter((part) => typeof part !== "object").join(":") };
}
