"""The list of every address that was ever published, addresses.txt, held against what a site has."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from proven.collect.frontmatter import fail
from proven.model import TOOLS, Failure, Failures, Page, Site
from proven.project import ADDRESSES, LEDGER, write
from proven.rules import addresses, ledger
from proven.rules.addresses import Redirect, slug
from proven.rules.ledger import Entry

_HEADER = """\
# Every address that was ever published, from the site's root. `uv run proven addresses`
# adds what is new; nothing is taken away.
"""
_ADDRESS = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*/")


def read(root: Path) -> dict[str, int]:
    """The addresses that were ever published, with their lines; none without a list.

    Raises:
        Failures: A line is no address.
    """
    file = root / ADDRESSES
    text = file.read_text("utf-8") if file.is_file() else ""
    lines = {line.strip(): number for number, line in enumerate(text.splitlines(), 1)}
    listed = {line: number for line, number in lines.items() if line and not line.startswith("#")}
    remedy = "Write one a line, as in async/timeouts/ or PX017-EX1/."
    wrong = [
        Failure(ADDRESSES, number, f"{line!r} is no address", remedy)
        for line, number in listed.items()
        if not _ADDRESS.fullmatch(line)
    ]
    if wrong:
        raise Failures(wrong)
    return listed


def redirects(root: Path, site: Site) -> dict[str, Redirect]:
    """What is at each address of a site that is no page's own.

    Args:
        root: The project's folder, which has the ledger and the list.
        site: All pages, which have been checked.

    Raises:
        Failures: One of the two is malformed.
    """
    return addresses.redirects(site, ledger.read(root).values(), read(root))


def check(root: Path, site: Site) -> Iterator[Failure]:
    """Addresses that are lost, or that two rules claim.

    Args:
        root: The project's folder.
        site: All pages, whose codes and aliases have been checked.
    """
    try:
        listed, built = read(root), _there(root, site)
    except Failures as wrong:
        yield from wrong.failures
        return
    yield from _shared_slugs(root, site)
    for address, line in listed.items():
        if address not in built:
            yield Failure(ADDRESSES, line, f"{address} leads nowhere any more", _remedy(address, site.docs))


def _there(root: Path, site: Site) -> set[str]:
    """Every address of a site but the home page's, which is empty."""
    return {*addresses.pages(site), *redirects(root, site)} - {""}


def _remedy(address: str, docs: str) -> str:
    name = address.rstrip("/")
    if name.partition("/")[0] in TOOLS:
        return "Bring back the page that says `generated: tools`."
    if re.match(r"PX\d", name):
        entry = Entry(name.partition("-")[0], "topic/rule", removed="the reason")
        return f"Bring the rule back, or say in {LEDGER} why it is gone:\n{entry}"
    return (
        f"Bring {docs}/{name}.md back. "
        f"Where another page stands for it, that one says so: aliases: [{name}].\n"
        f'For a rule that is gone, {LEDGER} says why under its code: removed = "the reason".'
    )


def _shared_slugs(root: Path, site: Site) -> Iterator[Failure]:
    """The slugs, which are addresses too, that two rules have, or a rule and a page."""
    gone = [entry for entry in ledger.read(root).values() if entry.removed]
    former = {name for entry in gone for name in (entry.code, entry.page, *entry.former)}
    taken = {slug(name): f"{name}, which was removed," for name in former}
    taken |= {path.rstrip("/"): page.path for path, page in addresses.pages(site).items()}
    for page in site.rules.values():
        aliases = page.front.aliases
        for name in (page.name, *aliases):
            end = slug(name)
            if name not in former and taken.setdefault(end, page.path) != page.path:
                keys: list[str | int] = ["aliases", aliases.index(name)] if name in aliases else ["title"]
                message = f"{name} ends as {taken[end]} does: both would be at /{end}/"
                yield fail(page, keys, message, "Name the page otherwise: the end of its name is an address.")


def unlisted(root: Path, site: Site) -> list[Failure]:
    """What is about to be published, and is not noted.

    Args:
        root: The project's folder. Without a list in it nothing has to be noted.
        site: All pages, which have been checked.
    """
    if not (root / ADDRESSES).is_file():
        return []
    new = sorted(_there(root, site) - read(root).keys())
    shown = ", ".join(new[:5]) + (f" and {len(new) - 5} more" if new[5:] else "")
    remedy = "Note what is new, so that it is never lost: uv run proven addresses"
    return [Failure(ADDRESSES, 1, f"{shown}: not noted yet", remedy)] if new else []


def record(root: Path, site: Site) -> list[str]:
    """Add to the list what is not in it.

    Args:
        root: The project's folder. A list is made where there is none.
        site: All pages, which have been checked.

    Returns:
        The addresses that were added.
    """
    return _add(root, _there(root, site))


def record_rule(root: Path, code: str, path: str, docs: str = "docs") -> list[str]:
    """Add the addresses of a rule that may not be written yet, where there is a list.

    Args:
        root: The project's folder.
        code: The rule's code.
        path: Its page, from the project's folder.
        docs: The folder of the pages, from there.

    Returns:
        The addresses that were added.
    """
    exists = (root / ADDRESSES).is_file()
    names = addresses.names(code, Page(path, docs=docs).name)
    return _add(root, {f"{name}/" for name in names}) if exists else []


def _add(root: Path, published: Iterable[str]) -> list[str]:
    listed = read(root)
    new = sorted(set(published) - listed.keys())
    if new:
        write(root / ADDRESSES, "\n".join([_HEADER, *sorted({*listed, *new}), ""]))
    return new
