"""What the skills cost an agent: `counts(catalogue)` lists each file with its tokens."""

import json
import re
from itertools import chain
from typing import Any

from proven.exports.export import Export, Files
from proven.exports.skills import heartbit, index, references, tokens
from proven.rules.catalogue import Catalogue

PATH = "skills/index.json"

_LISTED = re.compile(r"^- \[?(\w+)", re.MULTILINE)

_BUDGETS = {f"{index.FOLDER}/SKILL.md": index.BUDGET, heartbit.PATH: heartbit.BUDGET}


def make(catalogue: Catalogue) -> Files:
    """The files of all skills: the tokens of each, what it may have, and the rules that it leaves out.

    Raises:
        Unavailable: A skill cannot be made.
    """
    written = dict(chain(index.make(catalogue).items(), heartbit.make(catalogue).items()))
    parts = {path: _parts(text) for path, text in written.items() if isinstance(text, str)}
    counted = tokens.count(catalogue.project, [part for pair in parts.values() for part in pair])
    files: list[dict[str, Any]] = [
        {"path": path, "front_matter": front, "tokens": body, "budget": _BUDGETS.get(path, references.BUDGET)}
        for path, front, body in zip(parts, counted[::2], counted[1::2], strict=True)
    ]
    for file in files:
        if file["path"] in _BUDGETS:
            listed = set(_LISTED.findall(parts[file["path"]][1]))
            file["left_out"] = [rule.code for rule in catalogue.rules if rule.code not in listed]
    listing = {"tokenizer": tokens.tokenizer(catalogue.project), "files": files}
    return {PATH: json.dumps(listing, indent=2) + "\n"}


def _parts(text: str) -> tuple[str, str]:
    """Front matter, which is empty where there is none, and what follows it."""
    if not text.startswith("---\n"):
        return "", text
    _, front, body = text.split("---\n", 2)
    return front, body


EXPORT = Export(
    path=PATH,
    title="Tokens of the skills",
    purpose="What each file and its front matter cost an agent, what they may, and which tokenizer counted.",
    make=make,
)
