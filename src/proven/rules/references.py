"""Links: to other sites well formed, https, and named once; to rules as their text says."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from markdown_it.token import Token

from proven.collect import prose
from proven.collect.frontmatter import fail
from proven.model import Failure, Page, Reference, RulePage, link

_EXAMPLE = "Write it as in https://docs.python.org/3/library/asyncio.html#event-loop"
_LOCAL = ("localhost", "127.0.0.1")

_CITED = re.compile(r"\[(PX\d+)\]\(([\w./-]+\.md)")
_address = re.compile(r"([\w\-.~:/?#\[\]@!$&'()*+,;=]|%[0-9A-F]{2})+", re.ASCII | re.IGNORECASE)
_host = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?")


def problem(url: str) -> str | None:
    """What is wrong with the form of an address of another site; None when nothing is."""
    if not _address.fullmatch(url):
        return "has characters that an address cannot have"
    try:
        parts = urlsplit(url)
        valid = parts.port is None or parts.port > 0
    except ValueError as error:
        return f"is malformed: {error}"
    host = parts.hostname or ""
    if host in _LOCAL:
        return None
    checks = (
        (parts.scheme == "https", f"starts with {parts.scheme or '//'}, not with https"),
        (bool(_host.fullmatch(host)), "names no host"),
        (parts.username is None, "carries a user's name"),
        (valid, "has port 0"),
        (not url.endswith("#"), "ends in an empty fragment"),
    )
    return next((message for holds, message in checks if not holds), None)


def check(page: Page, tokens: Sequence[Token]) -> Iterator[Failure]:
    """What is wrong with a page's references and with the links in its text.

    Args:
        page: The page.
        tokens: Its Markdown.
    """
    seen: dict[str, str] = {}
    for index, reference in enumerate(_references(page)):
        for key, value in (("url", reference.url), ("title", reference.title)):
            if key == "url" and (wrong := problem(value)):
                yield fail(page, ["references", index, key], f"{value} {wrong}", _EXAMPLE)
            if value in seen:
                message = f"the references name {value!r} twice"
                yield fail(page, ["references", index, key], message, "Keep one of them.")
            seen[value] = key
    for line, url, read in prose.find(tokens):
        wrong = problem(url) if _leaves(url) else None
        if not read:
            remedy = "Put a destination with spaces or brackets in angle brackets: [text](<destination>)"
            yield Failure(page.path, line, f"no link, but shown as it stands: ]({url})", remedy)
        elif wrong:
            yield Failure(page.path, line, f"{url} {wrong}", _EXAMPLE)


def miscited(page: Page, rules: Mapping[str, RulePage]) -> Iterator[Failure]:
    """The links whose text is the code of another rule than they lead to."""
    folder = str(page.inside.parent)
    for number, line in enumerate(page.text.split("\n"), 1):
        for code, target in _CITED.findall(line):
            path = posixpath.normpath(posixpath.join(folder, target))
            if code in rules and path != str(rules[code].inside):
                remedy = f"Write {link(page, rules[code])}, or the code of that page."
                yield Failure(page.path, number, f"the link that says {code} leads to {path}", remedy)


def _references(page: Page) -> tuple[Reference, ...]:
    return page.front.references if isinstance(page, RulePage) else ()


def _leaves(url: str) -> bool:
    """Whether an address names another site, well or not."""
    scheme, colon, _ = url.partition(":")
    return url.startswith("//") or bool(colon and scheme.isalnum() and scheme not in ("mailto", "tel"))


def inconsistent(pages: Iterable[Page]) -> Iterator[Failure]:
    """References that go by another title on another page."""
    titles: dict[str, tuple[str, Page]] = {}
    for page in pages:
        for index, reference in enumerate(_references(page)):
            title, first = titles.setdefault(reference.url, (reference.title, page))
            if title != reference.title:
                message = f"{reference.url} is called {title!r} on {first.path}"
                yield fail(page, ["references", index, "title"], message, "Give it one title.")
