/** What a tool says of a place in the code of a block; lines and columns count from 1, the end is exclusive. */
export interface Finding {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  severity: "error" | "warning" | "info";
  tool: "Python" | "mypy" | "Ruff";
  code: string;
  message: string;
  /** The page of ours that covers it. */
  page?: { url: string; title: string };
}
