"""What Ruff says of its own rules."""

import json
import subprocess
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from ruff import find_ruff_bin

from proven.model import Page, RulePage


@dataclass(frozen=True, slots=True)
class RuffRule:
    """One rule of the installed Ruff."""

    name: str
    code: str
    fix: str
    """Ruff's own sentence on whether it can mend the finding."""
    preview: bool
    stable: bool
    """Neither in preview, nor deprecated or removed."""

    @property
    def url(self) -> str:
        """Its page in Ruff's documentation."""
        return f"https://docs.astral.sh/ruff/rules/{self.name}/"


@cache
def ruff_rules() -> dict[str, RuffRule]:
    """All rules of the installed Ruff, by name."""
    command = [find_ruff_bin(), "rule", "--all", "--output-format", "json"]
    listed = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    )
    return {
        rule["name"]: RuffRule(
            rule["name"], rule["code"], rule["fix"], bool(rule.get("preview")), "Stable" in rule["status"]
        )
        for rule in listed
    }


def closeness(page: RulePage, name: str) -> tuple[float, str]:
    """Sorts the rules that a tool's rule detects a violation of: first the one that is called most like it.

    `bare-except` is first of all about the rule bare-except, and then about one on cancellation.
    """
    slug = page.name.rpartition("/")[2]
    return -SequenceMatcher(None, name, slug, autojunk=False).ratio(), page.code


def detectors(page: Page) -> dict[str, str]:
    """The rules of Ruff that a page declares, name by code; those that Ruff has."""
    declared = page.front.detectors if isinstance(page, RulePage) else ()
    return {ruff_rules()[name].code: name for name in declared if name in ruff_rules()}
