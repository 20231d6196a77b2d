"""The rules as a skill for Heartbit: one short text, which goes into the prompt of an agent as a whole."""

import json
from collections.abc import Iterator
from pathlib import PurePosixPath

from proven.exports.export import Export, Files
from proven.exports.skills import tokens
from proven.exports.skills.index import FOLDER, NAME, by_topic, versions
from proven.model import Unavailable
from proven.render.templates import templates
from proven.rules.catalogue import Catalogue
from proven.rules.rule import LEVELS, Rule

PATH = f"{FOLDER}.md"
BUDGET = 2000
"""The tokens of the body: what `max_inject_tokens` says."""

_BYTES = 4 * BUDGET
"""Heartbit takes four bytes for a token, and cuts off what is beyond that, its own heading included."""


def make(catalogue: Catalogue) -> Files:
    """The skill, with as many rules as it has room for.

    Raises:
        Unavailable: There is no room for one.
    """
    forms = [form for form in _forms(catalogue) if len(f"### {NAME}\n\n{form}".encode()) <= _BYTES]
    [body] = tokens.first_within(catalogue.project, BUDGET, [forms])
    if body is None:
        raise Unavailable(
            f"{PATH} has no room for a single rule in {BUDGET} tokens\n"
            "    Give the site a shorter address, or the rule a shorter title."
        )
    return {PATH: f"---\n{_front(catalogue)}---\n\n{body}"}


def ranked(catalogue: Catalogue) -> list[Rule]:
    """All rules, those first that agents need to be told most: what Ruff does not find, then what binds."""
    levels = list(LEVELS)

    def rank(rule: Rule) -> tuple[bool, int, str]:
        return _is_found(rule), levels.index(rule.level), rule.code

    return sorted(catalogue.rules, key=rank)


def _is_found(rule: Rule) -> bool:
    return any(detector.tool == "ruff" for detector in rule.detectors)


def _forms(catalogue: Catalogue) -> Iterator[str]:
    """The body with all rules, then with one fewer each."""
    template = templates().get_template("heartbit.md.jinja")
    order, spoken = ranked(catalogue), versions(catalogue)
    for count in range(len(order), 0, -1):
        yield template.render(
            shown=order[:count],
            left_out=order[count:],
            reported=sum(map(_is_found, order[count:])),
            levels=LEVELS,
            url=catalogue.url,
            versions=spoken,
            archive=catalogue.url(f"{FOLDER}.zip"),
        )


def _front(catalogue: Catalogue) -> str:
    """The front matter, in TOML."""
    topics = [topic for topic, _ in by_topic(catalogue, list(catalogue.rules))]
    tags = ["python", *(PurePosixPath(topic.path).parent.name for topic in topics)]
    about = ", ".join(topic.title for topic in topics)
    description = f"Expert Python {versions(catalogue)}, first what linters do not find: {about}"
    values = {"name": NAME, "description": description, "tags": tags, "max_inject_tokens": BUDGET}
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())


EXPORT = Export(
    path=PATH,
    title="Heartbit skill",
    purpose="For agents of Heartbit: the rules in one text for the prompt, first what Ruff does not check. "
    "Save it as `.heartbit/skills/proven-python/SKILL.md`: Heartbit has a skill `python-expert` of its own.",
    make=make,
)
