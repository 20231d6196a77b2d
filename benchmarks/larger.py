"""The real site several times over: each topic again, with codes, titles and addresses of its own."""

import json
import re
from pathlib import Path

_STEP = 500
"""Codes of a copy are those of the original and so much more; there are fewer of them than that."""

OF_EXAMPLES = ("programs", "notebooks")
"""The folders of pages that are about what is in `examples/`: they are there once."""

_LINK = re.compile(r"\]\((?P<up>\.\./)?(?P<topic>[\w-]+/)?(?P<page>[\w-]+)\.md")


def enlarge(folder: Path, times: int) -> None:
    """Make a copy of the real site so many times as large.

    Args:
        folder: The copy: see `sites.copy`.
        times: How often each topic is to be there.
    """
    (folder / "addresses.txt").unlink()  # it lists those of the site as it is
    home = folder / "docs" / "index.md"
    indexes = sorted((folder / "docs").glob("*/index.md"))
    topics = [index for index in indexes if index.parent.name not in OF_EXAMPLES]
    for number in range(2, times + 1):
        for index in topics:
            _copy_topic(index.parent, number)
    names = [index.parent.name for index in topics]
    every = [*names, *(_numbered(name, number) for number in range(2, times + 1) for name in names)]
    home.write_text(re.sub(r"rules: \[.*\]", _listed(every), home.read_text("utf-8"), count=1), "utf-8")
    _enlarge_ledger(folder / "codes.toml", times)


def _numbered(name: str, number: int) -> str:
    return f"{name}-{number}"


def _listed(names: list[str]) -> str:
    return f"rules: [{', '.join(names)}]"


def _copy_topic(topic: Path, number: int) -> None:
    """Copy the pages of a topic."""
    target = topic.with_name(_numbered(topic.name, number))
    target.mkdir()
    for page in topic.glob("*.md"):
        text = _retitled(_shifted(page.read_text("utf-8"), number), number)
        text = _LINK.sub(lambda link: _linked(link, number), text)
        text = re.sub(r"(?m)^aliases: .*$", lambda line: _renamed(line[0], number), text)
        if page.name == "index.md":
            text = re.sub(
                r"rules: \[(.*)\]",
                lambda rules: _listed([_numbered(name, number) for name in rules[1].split(", ")]),
                text,
            )
            (target / page.name).write_text(text, "utf-8")
        else:
            (target / f"{_numbered(page.stem, number)}.md").write_text(text, "utf-8")


def _shifted(text: str, number: int) -> str:
    """A text that names the rules of a copy."""
    return re.sub(r"\bPX(\d{3})\b", lambda code: f"PX{int(code[1]) + _STEP * (number - 1):03}", text)


def _retitled(text: str, number: int) -> str:
    """A page with a title and a name of its own, no longer than they may be."""
    title = re.search(r"^# (.*)$", text, re.MULTILINE)
    assert title
    other = f"{title[1][:56].rstrip()} ({number})"
    text = re.sub(r"^title: .*$", lambda _: f"title: {json.dumps(other)}", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^short: (.{,24}).*$", rf"short: \1 {number}", text, count=1, flags=re.MULTILINE)
    return text.replace(f"\n{title[0]}\n", f"\n# {other}\n", 1)


def _linked(link: re.Match[str], number: int) -> str:
    """A link as a copy has it; pages that are in no topic are there once."""
    up, topic, page = link["up"] or "", link["topic"] or "", link["page"]
    if up and not topic:
        return link[0]
    topic = f"{_numbered(topic[:-1], number)}/" if topic else ""
    return f"]({up}{topic}{page if page == 'index' else _numbered(page, number)}.md"


def _renamed(text: str, number: int) -> str:
    """A text that names the pages of a copy: `topic/page`."""
    return re.sub(r"([\w-]+)/([\w-]+)", rf"\1-{number}/\2-{number}", text)


def _enlarge_ledger(ledger: Path, times: int) -> None:
    """Note the codes of the copies."""
    entries = ledger.read_text("utf-8").split("\n\n", 1)[1]
    copies = [_renamed(_shifted(entries, number), number) for number in range(2, times + 1)]
    ledger.write_text("\n\n".join([entries.strip(), *(copy.strip() for copy in copies), ""]), "utf-8")
