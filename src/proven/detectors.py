"""What Ruff says of its own rules."""

import json
import subprocess
from dataclasses import dataclass
from functools import cache

from ruff import find_ruff_bin


@dataclass(frozen=True, slots=True)
class RuffRule:
    """One rule of the installed Ruff."""

    name: str
    code: str
    fix: str
    """Ruff's own sentence on whether it can mend the finding."""
    preview: bool

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
        one["name"]: RuffRule(one["name"], one["code"], one["fix"], bool(one.get("preview")))
        for one in listed
    }
