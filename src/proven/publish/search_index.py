"""What a site of rules is searched by: `rewrite(folder, rules)`; `ask(html)` has a page use that."""

from __future__ import annotations  # the types below are imported where they are needed

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from proven.rules.names import Names

_FILE = "search/search_index.json"
_OWN = "assets/runner/search.js"
_WORKER = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js")
_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_BLANKS = re.compile(r"\s+")
_GENERIC = re.compile(r"#(avoid|prefer|why|exceptions|cautions|cases|versions|found|see-also|references)$")
"""Sections that every rule has."""


def is_own(folder: Path) -> bool:
    """Whether pages of a built site can ask our own worker: those of Material, where scripts are compiled."""
    theirs = folder.glob("assets/javascripts/workers/search.*.min.js")
    return (folder / _OWN).is_file() and any(theirs)


def ask(html: str) -> str:
    """A page whose search asks our own worker in place of Material's.

    Args:
        html: The page.
    """
    return _WORKER.sub(_OWN, html, count=1)


def rewrite(folder: Path, rules: Mapping[str, Names]) -> None:
    """Let the search index of a built site know what rules are called.

    For our own worker it becomes one of pages: a document has `title` and `text`, which a result shows, and
    what it is found by: `code`, `short`, `keywords` and `tools` of a rule; `headings`, `prose` and `examples`
    of every page. Elsewhere the names of a rule are added to its text.

    Args:
        folder: The built site.
        rules: What rules are called, by address: `async/timeouts/`.

    Raises:
        OSError: The disk does not take it.
    """
    file = folder / _FILE
    if not file.is_file():
        return
    index = json.loads(file.read_text("utf-8"))
    if is_own(folder):
        index["docs"] = list(_documents(index["docs"], rules))
    else:
        for entry in index["docs"]:
            if rule := rules.get(entry["location"]):
                entry["text"] += f" {escape(_all_names(rule), quote=False)}"
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _all_names(rule: Names) -> str:
    return " ".join([rule["code"], rule["short"], *rule["keywords"], rule["tools"]])


def _documents(entries: Iterable[Any], rules: Mapping[str, Names]) -> Iterable[dict[str, Any]]:
    pages: defaultdict[str, list[Any]] = defaultdict(list)
    for entry in entries:
        pages[entry["location"].partition("#")[0]].append(entry)
    for address, parts in pages.items():
        yield _document(address, parts, rules.get(address))


def _document(address: str, parts: list[Any], rule: Names | None) -> dict[str, Any]:
    page, *sections = parts
    document: dict[str, Any] = {
        "location": address,
        "title": _words([page["title"]]),
        "text": _words([_CODE.sub("", page["text"])]),
        "headings": _words(part["title"] for part in sections if not _GENERIC.search(part["location"])),
        "prose": _words(_CODE.sub("", part["text"]) for part in sections),
        "examples": _words(code for part in parts for code in _CODE.findall(part["text"])),
    }
    if rule:
        called = {key: value for key, value in rule.items() if key != "summary"}
        code = rule["code"].partition(" ")[0]
        document |= {**called, "title": f"{code} {document['title']}", "text": rule["summary"]}
    return document


def _words(parts: Iterable[str]) -> str:
    """The words of HTML."""
    tree = LexborHTMLParser(" ".join(parts))
    return _BLANKS.sub(" ", tree.text(separator="")).strip()
