/** The look of the editor: all of it the page's own, so that nothing moves or changes its colour. */

import { EditorView } from "@codemirror/view";

const UNDERLINE = "underline 2px var(--pp-mark)";

export const look = EditorView.theme({
  "&.cm-focused": { outline: "none" }, // the block's own, around all of it, is in its style sheet
  ".cm-scroller": { font: "inherit", lineHeight: "inherit", overflow: "visible" },
  ".cm-content": { padding: "0", caretColor: "currentcolor" },
  ".cm-line": { padding: "0" },
  "&.cm-focused .cm-matchingBracket, &.cm-focused .cm-nonmatchingBracket": {
    backgroundColor: "transparent",
    outline: "1px solid currentcolor",
  },
  "&.cm-focused .cm-nonmatchingBracket": { outlineColor: "var(--pp-avoid)", outlineStyle: "dashed" },
  ".pp-mark": { "--pp-mark": "var(--pp-avoid)", textDecoration: `${UNDERLINE} wavy`, textDecorationSkipInk: "none" },
  ".pp-mark.pp-warning": { "--pp-mark": "#b26a00", textDecoration: `${UNDERLINE} dashed` },
  ".pp-mark.pp-info": { "--pp-mark": "var(--pp-quiet)", textDecoration: `${UNDERLINE} dotted` },
  ".cm-line.pp-mark": { backgroundColor: "var(--pp-avoid-bg)" },
});
