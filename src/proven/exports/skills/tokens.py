"""How many tokens texts have, by a real tokenizer: `count(project, texts) -> counts`."""

import json
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from proven.project import RUNNER, Project
from proven.toolchain.node import node

PACKAGE = "gpt-tokenizer"
ENCODING = "o200k_base"

_SCRIPT = RUNNER / "node" / "exports" / "tokens.ts"


def count(project: Project, texts: Sequence[str]) -> list[int]:
    """Count the tokens of texts, in one process for all of them.

    Args:
        project: Where the tokenizer is installed.
        texts: What to count; what was counted before is not counted again.

    Raises:
        CalledProcessError: The tokenizer cannot be run.
    """
    counts = _counted(project.modules)
    new = sorted(set(texts) - counts.keys())
    if new:
        counts.update(zip(new, _ask(project.modules, new), strict=True))
    return [counts[text] for text in texts]


def first_within(project: Project, budget: int, candidates: Sequence[Sequence[str]]) -> list[str | None]:
    """From each row of texts, the first that has at most `budget` tokens; None where none has."""
    counts = iter(count(project, [text for row in candidates for text in row]))
    sized = [[(text, next(counts)) for text in row] for row in candidates]
    return [next((text for text, tokens in row if tokens <= budget), None) for row in sized]


def tokenizer(project: Project) -> dict[str, str]:
    """What counts: the npm package, its version, and the encoding."""
    package = json.loads((project.modules / PACKAGE / "package.json").read_text("utf-8"))
    return {"package": PACKAGE, "version": package["version"], "encoding": ENCODING}


@cache
def _counted(modules: Path) -> dict[str, int]:
    """What the tokenizer of a folder has counted so far."""
    return {}


def _ask(modules: Path, texts: list[str]) -> list[int]:
    done = subprocess.run(
        node(_SCRIPT, modules, ENCODING),
        input=json.dumps(texts),
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    counts: list[int] = json.loads(done.stdout)
    return counts
