"""The figures that blocks draw: files beside their pages, and whether they are only to be looked at."""

import re
from pathlib import Path
from xml.etree import ElementTree

from proven.model import Block, Unavailable

_SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE = {f"{_SVG}{name}" for name in ("script", "foreignObject", "set", "animate", "handler", "iframe")}
_INSIDE = re.compile(r"#|data:image/(png|jpeg);")
_ELSEWHERE = re.compile(r"@import|url\((?!\s*[\"']?#)", re.IGNORECASE)


def read(root: Path, block: Block) -> str | None:
    """The figure of a block as it lies beside its page; None where there is none.

    Raises:
        Unavailable: The file cannot be read.
    """
    if block.figure is None:
        return None
    try:
        return (root / block.figure).read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        remedy = f"Delete it, and write it anew: proven verify --update {block.path}"
        raise Unavailable(f"{block.figure} cannot be read: {error}\n    {remedy}") from None


def is_still(text: str) -> bool:
    """Whether a text is an SVG that does nothing, leads nowhere and loads nothing when it is opened."""
    if "<!ENTITY" in text or "<?xml-stylesheet" in text:
        return False
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError, RecursionError):
        return False
    return root.tag == f"{_SVG}svg" and not any(map(_is_active, root.iter()))


def _is_active(element: ElementTree.Element) -> bool:
    if element.tag in _ACTIVE or _ELSEWHERE.search(element.text or ""):
        return True
    for name, value in element.items():
        bare = name.rpartition("}")[2].lower()
        leads = bare in ("href", "src") and not _INSIDE.match(value)
        if leads or bare.startswith("on") or _ELSEWHERE.search(value):
            return True
    return False
