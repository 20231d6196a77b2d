"""The ledger of codes, codes.toml: what each code was ever given to.

A code is permanent. The ledger remembers those that no page has any more, and
where each page was before, so that neither a code nor an address changes its meaning.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from jsonschema import Draft202012Validator

from proven.collect import frontmatter
from proven.model import Failure, Failures, Page, RulePage
from proven.project import LEDGER, write

_HEADER = """\
# Every code that was ever given. `uv run proven code docs/<topic>/<rule>.md` gives the
# next one, and notes that a page was renamed. A rule that is gone keeps its entry, with
# removed = "the reason" and, where there is one, replacement = "PX017".
"""
_at_line = re.compile(r" \(at line (\d+).*\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of one code."""

    code: str
    page: str
    """Where the rule is: `async/timeouts`."""
    line: int = 1
    former: tuple[str, ...] = ()
    removed: str = ""
    """Why the rule is gone; empty while it is there."""
    replacement: str = ""

    def __str__(self) -> str:
        values = {
            "page": self.page,
            "former": list(self.former),
            "removed": self.removed,
            "replacement": self.replacement,
        }
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value]
        return "\n".join([f"[{self.code}]", *lines, ""])


def read(root: Path) -> Mapping[str, Entry]:
    """The entries of the ledger by code; none without a ledger.

    Args:
        root: The project's folder.

    Raises:
        Failures: The ledger is malformed.
    """
    file = root / LEDGER
    return _entries(file.read_text("utf-8") if file.is_file() else "")


@lru_cache(1)
def _entries(text: str) -> Mapping[str, Entry]:
    """The entries in a ledger's text, which many ask for while a site is checked."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        remedy = "A code stands there once. Of two pages that took the same one, one takes the next."
        raise Failures([not_toml(LEDGER, error, remedy)]) from None
    lines = {line.strip(): number for number, line in enumerate(text.splitlines(), 1)}
    failures = list(_malformed(table, lines))
    if failures:
        raise Failures(failures)
    entries = {
        code: Entry(
            code=code, line=lines.get(f"[{code}]", 1), **{**entry, "former": tuple(entry.get("former", ()))}
        )
        for code, entry in table.items()
    }
    return MappingProxyType(entries)


def not_toml(path: str, error: tomllib.TOMLDecodeError, remedy: str) -> Failure:
    """The failure of a file that cannot be read, at the line where reading it ended."""
    match = _at_line.search(str(error))
    return Failure(path, int(match[1]) if match else 1, f"not TOML: {_at_line.sub('', str(error))}", remedy)


def _malformed(table: Mapping[str, object], lines: Mapping[str, int]) -> Iterator[Failure]:
    for error in Draft202012Validator(frontmatter.schema("codes")).iter_errors(table):
        code = str(error.absolute_path[0] if error.absolute_path else error.instance)
        rules: object = error.schema
        remedy = str(rules.get("description", "")) if isinstance(rules, dict) else ""
        yield Failure(LEDGER, lines.get(f"[{code}]", 1), f"{code}: {error.message}", remedy)
    for code, after in zip(table, list(table)[1:], strict=False):
        if after < code:
            yield Failure(
                LEDGER, lines.get(f"[{after}]", 1), f"{after} stands after {code}", "Sort the codes."
            )


def next_code(entries: Mapping[str, Entry]) -> str:
    """The first code after all that were given."""
    return f"PX{max((int(code[2:]) for code in entries), default=0) + 1:03}"


def check(root: Path, rules: Mapping[str, Page], docs: str = "docs") -> Iterator[Failure]:
    """What the pages' codes and aliases and the ledger do not agree upon.

    Args:
        root: The project's folder.
        rules: Rule pages by code.
        docs: The folder of the pages, from there.
    """
    try:
        entries = read(root)
    except Failures as wrong:
        yield from wrong.failures
        return
    for code, page in rules.items():
        yield from _code(entries, code, page)
        yield from _aliases(entries, code, page)
    for code, entry in entries.items():
        if not entry.removed and code not in rules:
            remedy = f"Bring {docs}/{entry.page}.md back, or say why it is gone under [{code}]:\n"
            remedy += 'removed = "the reason"\nreplacement = "the code of the rule to read instead, if any"'
            yield Failure(LEDGER, entry.line, f"{code} has no page", remedy)
        if entry.replacement and entry.replacement not in rules:
            message = f"{code} is replaced by {entry.replacement}, which has no page"
            yield Failure(LEDGER, entry.line, message, "Name a rule that is there.")


def _code(entries: Mapping[str, Entry], code: str, page: Page) -> Iterator[Failure]:
    entry = entries.get(code)
    if entry is None:
        remedy = f"Note it: uv run proven code {page.path}\nwhich adds to {LEDGER}:\n{Entry(code, page.name)}"
        yield frontmatter.fail(page, ["code"], f"{code} is not in {LEDGER}", remedy)
    elif entry.removed:
        message = f"{code} was removed and is not given again: {entry.removed}"
        yield frontmatter.fail(page, ["code"], message, f"Take the next one: code: {next_code(entries)}")
    elif entry.page != page.name:
        remedy = (
            f"For a page that was renamed: uv run proven code {page.path}\n"
            f"For another rule take the next code: {next_code(entries)}"
        )
        yield frontmatter.fail(page, ["code"], f"{code} was given to {entry.page}", remedy)


def _aliases(entries: Mapping[str, Entry], code: str, page: Page) -> Iterator[Failure]:
    """The names that once led to the rule, or to one that it replaces, and are missing among its aliases."""
    aliases = page.front.aliases
    wanted = list(entries[code].former) if code in entries else []
    for other in entries.values():
        if other.replacement == code:
            wanted += [other.code, other.page, *other.former]
    for name in wanted:
        if name not in aliases:
            remedy = f"Write aliases: [{', '.join(dict.fromkeys([*aliases, *wanted]))}]"
            yield frontmatter.fail(page, ["aliases"], f"aliases leave out {name}, which led here", remedy)
    for index, alias in enumerate(aliases):
        if "/" not in alias and alias not in wanted:
            remedy = f'A code that this rule replaces says so in {LEDGER}: replacement = "{code}"'
            message = f"alias {alias!r} is no code that {code} replaces"
            yield frontmatter.fail(page, ["aliases", index], message, remedy)


def ambiguous(pages: Iterable[Page]) -> Iterator[Failure]:
    """Aliases that name more than one page."""
    pages = list(pages)
    taken = {page.name: page for page in pages}
    taken |= {page.code: page for page in pages if isinstance(page, RulePage)}
    for page in pages:
        for index, alias in enumerate(page.front.aliases):
            if alias in taken:
                message = f"alias {alias!r} already leads to {taken[alias].path}"
                yield frontmatter.fail(page, ["aliases", index], message, "Remove one of the two.")
            taken.setdefault(alias, page)


def assign_code(root: Path, path: str, docs: str = "docs") -> str:
    """Note a page's code in the ledger: the one that it has, else the next.

    Args:
        root: The project's folder.
        path: The page from there; it need not exist yet.
        docs: The folder of the pages, from there.

    Returns:
        The code.

    Raises:
        Failures: The page's code belongs to another rule, or the ledger is malformed.
    """
    entries = read(root)
    file = root / path
    text = file.read_text("utf-8") if file.is_file() else ""
    page = Page(path, text=text, docs=docs)
    held = next(
        (entry.code for entry in entries.values() if entry.page == page.name and not entry.removed), None
    )
    code = str(frontmatter.read(path, text)[1].get("code") or held or next_code(entries))
    if failures := list(_malformed({code: {"page": page.name}}, {})):
        raise Failures([replace(failure, path=path) for failure in failures])
    old = entries.get(code, Entry(code, page.name))
    if old.removed or (old.page != page.name and (root / docs / f"{old.page}.md").exists()):
        raise Failures(list(_code(entries, code, page)))
    former = [name for name in dict.fromkeys((*old.former, old.page)) if name != page.name]
    _write(root, {**entries, code: Entry(code, page.name, former=tuple(former))})
    return code


def _write(root: Path, entries: Mapping[str, Entry]) -> None:
    write(root / LEDGER, "\n".join([_HEADER, *(str(entries[code]) for code in sorted(entries))]))
