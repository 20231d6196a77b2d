"""What a site of rules is searched by: one document for each page: `rewrite(folder, rules)`, `use(html)`."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypedDict

from selectolax.lexbor import LexborHTMLParser

from proven.model import RulePage, short
from proven.rules.rule import exemptions, found_by

_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_BLANKS = re.compile(r"\s+")
_WORKER = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js")
_GENERIC = re.compile(r"#(avoid|prefer|why|exceptions|cautions|cases|versions|found|see-also|references)$")
"""Sections that every rule has."""


class Named(TypedDict):
    """What a rule is called."""

    code: str
    """Its code, as people write it: `PX017 PX17`, with its exceptions."""
    short: str
    summary: str
    keywords: list[str]
    tools: str
    """What tools call what they find of it: codes and names."""


def names(page: RulePage) -> Named:
    """What a rule is found by besides its text.

    Args:
        page: The rule.
    """
    codes = [page.front.code, short(page.front.code), *(each.code for each in exemptions(page))]
    found = [word for each in found_by(page) for word in dict.fromkeys((each.code, each.name))]
    return Named(
        code=" ".join(codes),
        short=page.front.short,
        summary=page.front.summary,
        keywords=list(page.front.keywords),
        tools=" ".join(found),
    )


def rewrite(folder: Path, rules: Mapping[str, Named]) -> None:
    """Make one document of all sections of a page in the search index of a built site.

    A document has `title` and `text`, which a result shows, and what it is found by: `code`, `short`,
    `keywords` and `tools` of a rule; `headings`, `prose` and `examples` of every page.

    Args:
        folder: The built site.
        rules: What rules are called, by address: `async/timeouts/`.

    Raises:
        OSError: The disk does not take it.
    """
    file = folder / "search" / "search_index.json"
    if not file.is_file():
        return
    index = json.loads(file.read_text("utf-8"))
    pages: defaultdict[str, list[Any]] = defaultdict(list)
    for entry in index["docs"]:
        pages[entry["location"].partition("#")[0]].append(entry)
    index["docs"] = [_document(address, entries, rules.get(address)) for address, entries in pages.items()]
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), "utf-8")


def use(html: str) -> str:
    """A page of Material whose search asks the worker that knows these documents; any other as it is.

    Args:
        html: The page.
    """
    return _WORKER.sub("assets/runner/search.js", html, count=1)


def _document(address: str, entries: list[Any], rule: Named | None) -> dict[str, Any]:
    page, *sections = entries
    document = {
        "location": address,
        "title": page["title"],
        "text": _text([_CODE.sub("", page["text"])]),
        "headings": _text(entry["title"] for entry in sections if not _GENERIC.search(entry["location"])),
        "prose": _text(_CODE.sub("", entry["text"]) for entry in sections),
        "examples": _text(code for entry in entries for code in _CODE.findall(entry["text"])),
    }
    if rule:
        code = rule["code"].partition(" ")[0]
        document |= {**rule, "title": f"{code} {page['title']}", "text": rule["summary"]}
        del document["summary"]
    return document


def _text(parts: Iterable[str]) -> str:
    """The words of HTML."""
    tree = LexborHTMLParser(" ".join(parts))
    return _BLANKS.sub(" ", tree.text(separator="")).strip()
