/** Comments that let one line pass: `# proven: ignore[PX017] the list is a cache`. */

import type { Comment } from "../protocol.ts";

const COMMENT = /^#\s*proven:\s*ignore\b(?<rest>.*)/;
const FORM = /^\[(?<codes>[A-Za-z]+\d+(?:\s*,\s*[A-Za-z]+\d+)*)\]\s*(?<reason>.*)/;
const EXAMPLE = "write # proven: ignore[PX017] and the reason";

export class Ignore {
  readonly line: number;
  readonly codes: string[];
  readonly reason: string;
  used = false;

  constructor(line: number, rest: string) {
    const given = FORM.exec(rest.trim())?.groups;
    this.line = line;
    this.codes = given?.["codes"]!.toUpperCase().match(/[A-Z]+\d+/g) ?? [];
    this.reason = given?.["reason"]!.trim() ?? "";
  }

  /** What is wrong with it; empty where nothing is. */
  get problem(): string {
    const written = `\`proven: ignore[${this.codes.join(", ")}]\``;
    if (!this.codes.length) return `a comment \`proven: ignore\` names no rule: ${EXAMPLE}`;
    if (!this.reason) return `${written} gives no reason: ${EXAMPLE}`;
    return this.used ? "" : `${written} is not needed: remove it`;
  }
}

export function ignoresIn(comments: Comment[]): Ignore[] {
  return comments.flatMap(([line, text]) => {
    const match = COMMENT.exec(text);
    return match ? [new Ignore(line, match.groups!["rest"]!)] : [];
  });
}
