"""Skills of this site, and of sites that are made from it, for tests that read them."""

import re
import tomllib
from dataclasses import replace
from typing import Any

from proven.collect.pages import read_pages
from proven.exports.skills.heartbit import EXPORT as HEARTBIT
from proven.exports.skills.index import EXPORT as SKILL
from proven.model import Site
from proven.project import Project
from proven.rules.catalogue import Catalogue, catalogue
from proven.rules.rule import Rule

ADDRESS = "https://proven.example/python/"
FOLDER = "skills/python-expert"
LINE = re.compile(r"^- \[?(\w+)(?:\]\((\S+)\))? (\w+): (.*)$", re.MULTILINE)
"""A rule of an index: code, address where there is room for one, level and title."""


def read(tools: Project) -> Catalogue:
    """This site, as data."""
    return catalogue(tools, Site(tuple(read_pages(tools, tools.pages()))), ADDRESS)


def text(files: Any, path: str) -> str:
    """One file of an export."""
    assert isinstance(files[path], str)
    return str(files[path])


def index(catalogue: Catalogue) -> str:
    """What agents load of the Agent Skill."""
    return text(SKILL.make(catalogue), f"{FOLDER}/SKILL.md")


def prompt(catalogue: Catalogue) -> tuple[dict[str, Any], str]:
    """Front matter and body of the Heartbit skill, read as Heartbit does."""
    opening, front, body = text(HEARTBIT.make(catalogue), f"{FOLDER}.md").split("---", 2)
    assert opening == ""
    return tomllib.loads(front), body.strip()


def with_front(rule: Rule, **changes: Any) -> Rule:
    """A rule with other front matter."""
    return replace(rule, page=replace(rule.page, front=replace(rule.page.front, **changes)))


def many(rules: Catalogue, count: int, **meta: str) -> Catalogue:
    """A site with as many rules as it takes, told apart by their codes."""
    made = [with_front(rules.rules[n % len(rules.rules)], code=f"PX{n:03}", **meta) for n in range(count)]
    return replace(rules, rules=tuple(made))
