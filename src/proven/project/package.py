"""Where the parts of this package are, and the interpreters that its npm packages name."""

import json
from functools import cache
from pathlib import Path

from packaging.version import Version

PACKAGE = Path(__file__).parents[1]

RUNNER = PACKAGE / "runner"
"""The TypeScript that runs blocks, and the names of the npm packages that it takes."""

LOCK = RUNNER / "package-lock.json"

BROWSER = "3.14"
"""The interpreter that readers run."""

DETECTORS = ".ast-grep.yml"
"""What the file beside a rule's page ends in that has the site's own detectors for it."""


@cache
def aliases() -> dict[str, str]:
    """The npm names of the Pyodide builds, by the interpreter's: {"3.14": "py314", ...}."""
    wanted = json.loads((RUNNER / "package.json").read_text("utf-8"))["dependencies"]
    aliases = sorted(name for name, spec in wanted.items() if spec.startswith("npm:pyodide@"))
    return {f"3.{alias.removeprefix('py3')}": alias for alias in aliases}


REPOSITORY = PACKAGE.parents[1]
"""Where this package is developed, unless it is installed; the TypeScript compiler is for there only."""

OLDEST, NEWEST = min(aliases(), key=Version), max(aliases(), key=Version)
"""The oldest and the newest interpreter that blocks run on."""
