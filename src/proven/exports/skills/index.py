"""The rules as skills for coding agents."""

from collections.abc import Iterator
from typing import Any

import yaml

from proven.exports.export import Export, Files
from proven.exports.skills import tokens
from proven.exports.skills.references import references
from proven.model import Page, Unavailable
from proven.render.templates import templates
from proven.rules.catalogue import Catalogue
from proven.rules.rule import LEVELS, Rule

NAME = "python-expert"
FOLDER = f"skills/{NAME}"
BUDGET = 5000
"""The tokens that the specification recommends for what is loaded as a whole; they are not reached."""

_SHORTER = (
    {"links", "note", "warning", "error"},
    {"note", "warning", "error"},
    {"warning", "error"},
    {"error"},
)
"""What the index has: links to references, the rules of each level."""

_DESCRIPTION = 1024
"""The characters that the specification allows."""


def make(catalogue: Catalogue) -> Files:
    """The folder of the skill.

    Raises:
        Unavailable: It cannot be made as short as it has to be.
    """
    index = {f"{FOLDER}/SKILL.md": _index(catalogue)}
    short = references(catalogue)
    return index | {f"{FOLDER}/references/{code}.md": text for code, text in short.items()}


def versions(catalogue: Catalogue) -> str:
    """The versions of Python that the blocks ran on: `3.11 to 3.15`."""
    everywhere = catalogue.interpreters()
    names = [interpreter.name for interpreter in everywhere if not interpreter.native] or [
        interpreter.release for interpreter in everywhere
    ]
    return " to ".join(dict.fromkeys([names[0], names[-1]]))


def _index(catalogue: Catalogue) -> str:
    forms = list(_forms(catalogue))
    [chosen] = tokens.first_within(catalogue.project, BUDGET - 1, [forms])
    if chosen is None:
        [count] = tokens.count(catalogue.project, forms[-1:])
        raise Unavailable(
            f"{FOLDER}/SKILL.md has {count} tokens with the rules of level error alone, "
            f"and has to stay under {BUDGET}\n"
            "    Give fewer rules the level error, or make a skill of each topic."
        )
    return chosen


def _forms(catalogue: Catalogue) -> Iterator[str]:
    """The index at its longest, then shorter and shorter."""
    template = templates().get_template("skill.md.jinja")
    context: dict[str, Any] = {
        "front": _front(catalogue),
        "rules": catalogue.rules,
        "levels": LEVELS,
        "versions": versions(catalogue),
        "url": catalogue.url,
    }
    for kept in _SHORTER:
        shown = [candidate for candidate in catalogue.rules if candidate.level in kept]
        left_out = {
            level: sum(candidate.level == level for candidate in catalogue.rules)
            for level in reversed(LEVELS)
            if level not in kept
        }
        yield template.render(topics=by_topic(catalogue, shown), left_out=left_out, kept=kept, **context)


def by_topic(catalogue: Catalogue, rules: list[Rule]) -> list[tuple[Page, list[Rule]]]:
    """Rules under their topics, in the order of the home page, then of codes."""
    topics = {topic.path: topic for topic in (*catalogue.topics, *(rule.topic for rule in rules))}
    grouped = {path: [rule for rule in rules if rule.topic.path == path] for path in topics}
    return [(topics[path], members) for path, members in grouped.items() if members]


def _front(catalogue: Catalogue) -> str:
    topics = [topic.title for topic, _ in by_topic(catalogue, list(catalogue.rules))]
    description = (
        f"Expert Python practice: {len(catalogue.rules)} rules with permanent codes such as "
        f"{catalogue.rules[0].code}, verified by running them on CPython {versions(catalogue)}. "
        "Use when writing, changing, reviewing or debugging Python: asyncio tasks, timeouts and "
        "cancellation, type annotations for mypy and Pyright, classes and dataclasses, decorators, "
        "generators, context managers, exceptions; when asked for idiomatic, modern or robust Python; "
        "and when a comment or a review cites such a code. "
        f"Topics: {', '.join(topics)}."
    )
    if len(description) > _DESCRIPTION:
        raise Unavailable(
            f"the description of {FOLDER}/SKILL.md has {len(description)} characters, and may have "
            f"{_DESCRIPTION}\n    Shorten the titles of topics."
        )
    front = {
        "name": NAME,
        "description": description,
        "metadata": {"version": catalogue.version, "homepage": catalogue.url("")},
    }
    return yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=10_000)


EXPORT = Export(
    path=f"{FOLDER}/SKILL.md",
    title="Agent Skill",
    purpose="For coding agents: an index of all rules, and a short file for each that the agent looks up.",
    make=make,
)
