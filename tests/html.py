"""Built pages, through the standard library's parser."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Self

VOID = {"br", "hr", "img", "input", "link", "meta", "source"}


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Self | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        """Its classes."""
        return set(self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    def all(self, tag: str = "", of_class: str = "") -> list[Self]:
        """The elements in it of a tag or a class, in order; not those within one that is found."""
        found: list[Self] = []
        for one in self.children:
            if isinstance(one, str):
                continue
            if (not tag or one.tag == tag) and (not of_class or of_class in one.classes):
                found.append(one)
            else:
                found += one.all(tag, of_class)
        return found


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while tag in [one.tag for one in self.open] and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(file: Path) -> Element:
    """A page as a tree."""
    builder = _Builder()
    builder.feed(file.read_text("utf-8"))
    return builder.open[0]
