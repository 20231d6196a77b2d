"""Lay a rule's page out as it is read: the comparison first, and what few look for folded.

Pages are written in sections (`proven.rules.structure`). What stands in Avoid and in Prefer before the first
`###` becomes one frame; each `###` is a part, which is folded: that of an exception under the exception,
others below the cautions. The sections after these are folded as a whole.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

_SEEN = ("avoid", "prefer", "why", "exceptions", "cautions")
"""The sections that are not folded."""

_SIDES = {"avoid": "Avoid", "prefer": "Prefer"}

_EXCEPTION = re.compile(r"(\w+-EX\d+): ")
_BLOCK = '<div class="pp-block"'


@dataclass(slots=True)
class _Part:
    """A heading of the third level, and what stands below it."""

    heading: Element
    content: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class _Section:
    """A heading of the second level, and what stands below it."""

    heading: Element
    content: list[Element] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What addresses call it: `avoid`."""
        return self.heading.get("id", "")


class Layout(Treeprocessor):
    """Lays out pages that compare Avoid with Prefer; others stay as they are."""

    def __init__(self, md: Markdown, wanted: Callable[[], bool]) -> None:
        super().__init__(md)
        self.wanted = wanted

    def run(self, root: Element) -> None:
        """Rearrange the elements of a page, before the table of contents is made of them."""
        before, sections = _read(root)
        by_name = {section.name: section for section in sections}
        if not by_name.keys() >= {*_SIDES, "why", "exceptions"} or not self.wanted():
            return
        after = [element for element in root if element.tag == "footer"]
        root[:] = before
        setup = [element for element in before if self._is_block(element)]
        for element in setup:
            root.remove(element)
        sides = [by_name[name] for name in _SIDES]
        root.extend(element for element in sides[0].content if not self._is_block(element))
        root.append(self._frame(setup, sides))
        _unfolded(root, by_name)
        for section in sections:
            if section.name not in _SEEN:
                root.append(_folded(section.heading, [*section.content, *_flat(section.parts)]))
        root.extend(after)

    def _frame(self, setup: list[Element], sides: list[_Section]) -> Element:
        frame = Element("div", {"class": "pp-compare"})
        frame.extend(setup)
        tabs = SubElement(frame, "div", {"class": "pp-tabs", "data-search-exclude": "1"})
        for side in sides:
            SubElement(tabs, "a", {"href": f"#{side.name}", "class": "pp-tab"}).text = _SIDES[side.name]
        for side in sides:
            panel = SubElement(frame, "section", {"class": "pp-side", "data-side": side.name})
            panel.append(side.heading)
            shown = side.content if side.name == "prefer" else filter(self._is_block, side.content)
            panel.extend(shown)
        return frame

    def _is_block(self, element: Element) -> bool:
        """Whether an element stands for a block, whose HTML comes into its place at the end."""
        match = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())
        if match is None:
            return False
        html = self.md.htmlStash.rawHtmlBlocks[int(match[1])]
        return isinstance(html, str) and html.startswith(_BLOCK)


class Unlinked(Treeprocessor):
    """Takes their links out of headings that open something: a control is not to hold another."""

    def run(self, root: Element) -> None:
        """Change the page, after the table of contents has added the links."""
        for summary in root.iter("summary"):
            for heading in summary:
                for anchor in heading.findall("a[@class='headerlink']"):
                    heading.remove(anchor)


def _read(root: Element) -> tuple[list[Element], list[_Section]]:
    """What stands before the first section, and the sections."""
    before: list[Element] = []
    sections: list[_Section] = []
    for element in root:
        if element.tag == "h2":
            sections.append(_Section(element))
        elif element.tag == "footer":
            continue
        elif not sections:
            before.append(element)
        elif element.tag == "h3":
            sections[-1].parts.append(_Part(element))
        else:
            parts = sections[-1].parts
            (parts[-1].content if parts else sections[-1].content).append(element)
    return before, sections


def _unfolded(root: Element, by_name: dict[str, _Section]) -> None:
    """Add what follows the comparison: why, exceptions and cautions, then further cases, folded."""
    cases = [part for name in ("avoid", "prefer", "why") for part in by_name[name].parts]
    for name in ("why", "exceptions", "cautions"):
        if section := by_name.get(name):
            root.extend([section.heading, *section.content])
    cases += _beneath(root, by_name["exceptions"].parts)
    for part in by_name["cautions"].parts if "cautions" in by_name else ():
        root.append(_folded(part.heading, part.content))
    if cases:
        SubElement(root, "h2", {"id": "cases"}).text = "Further cases"
    root.extend(_folded(part.heading, part.content) for part in cases)


def _beneath(root: Element, parts: list[_Part]) -> list[_Part]:
    """Fold the parts of exceptions under them; those that belong to none."""
    left = []
    items = {"".join(item.itertext()).partition(" ")[0].strip(): item for item in root.iter("li")}
    for part in parts:
        match = _EXCEPTION.match(part.heading.text or "")
        if match and match[1] in items:
            rest = (part.heading.text or "")[match.end() :]
            is_word = rest.partition(" ")[0].isalpha()  # and no name, such as `wait_for()`
            part.heading.text = rest[:1].upper() + rest[1:] if is_word else rest
            items[match[1]].append(_folded(part.heading, part.content))
        else:
            left.append(part)
    return left


def _flat(parts: list[_Part]) -> list[Element]:
    return [element for part in parts for element in (part.heading, *part.content)]


def _folded(heading: Element, content: list[Element]) -> Element:
    folded = Element("details", {"class": "pp-fold"})
    SubElement(folded, "summary").append(heading)
    folded.extend(content)
    return folded
