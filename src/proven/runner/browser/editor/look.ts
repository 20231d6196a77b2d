/** The look of the editor: all of it the page's own, so that nothing moves or changes its colour. */

import { EditorView } from "@codemirror/view";

const UNDERLINE = "underline 2px var(--pp-mark)";

export const look = EditorView.theme({
  "&.cm-focused": { outline: "none" }, // the block's own, around all of it, is in its style sheet
  ".cm-scroller": { font: "inherit", lineHeight: "inherit", overflow: "visible" },
  ".cm-content": { padding: "0", caretColor: "currentcolor" },
  ".cm-line": { padding: "0" },
  // In the padding that the page's own code has.
  ".cm-gutters.cm-gutters-before": {
    position: "absolute",
    insetInlineStart: "auto",
    insetInlineEnd: "100%",
    border: "0",
    backgroundColor: "transparent",
    color: "var(--pp-quiet)",
    fontSize: "0.65em",
    pointerEvents: "none",
  },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "0", padding: "0 0.4em 0 0", alignContent: "center" },
  "&.cm-focused .cm-matchingBracket, &.cm-focused .cm-nonmatchingBracket": {
    backgroundColor: "transparent",
    outline: "1px solid currentcolor",
  },
  "&.cm-focused .cm-nonmatchingBracket": { outlineColor: "var(--pp-avoid)", outlineStyle: "dashed" },
  ".pp-mark": { "--pp-mark": "var(--pp-avoid)", textDecoration: `${UNDERLINE} wavy`, textDecorationSkipInk: "none" },
  ".pp-mark.pp-warning": { "--pp-mark": "#b26a00", textDecoration: `${UNDERLINE} dashed` },
  ".pp-mark.pp-info": { "--pp-mark": "var(--pp-quiet)", textDecoration: `${UNDERLINE} dotted` },
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" }, // a line of the page's own is in its place
  ".cm-tooltip": {
    maxWidth: "min(40em, 100vw)",
    border: "1px solid var(--pp-line)",
    backgroundColor: "var(--pp-output-bg)",
    color: "var(--md-typeset-color, inherit)",
    fontFamily: "var(--md-text-font-family, inherit)",
    whiteSpace: "normal",
  },
  ".cm-tooltip ul.cm-tooltip-lint": { margin: "0" }, // themes indent lists
  ".cm-tooltip .cm-diagnostic": { margin: "0", lineHeight: "1.5", listStyle: "none", whiteSpace: "pre-line" },
  ".cm-tooltip .cm-diagnostic a": { textDecoration: "underline" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--pp-avoid)" },
  ".cm-diagnostic-warning": { borderLeftColor: "#b26a00" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--pp-quiet)" },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--pp-avoid)" },
  ".cm-lintPoint-warning:after": { borderBottomColor: "#b26a00" },
  ".cm-lintPoint-info:after": { borderBottomColor: "var(--pp-quiet)" },
  ".cm-diagnosticSource": { color: "var(--pp-quiet)", opacity: "1" },
});
