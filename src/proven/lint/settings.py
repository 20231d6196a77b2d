"""What the tools are called with, in the build and in the browser."""

from proven.model import LINE_LENGTH
from proven.project import BROWSER
from proven.project.package import OLDEST

SELECTION = ("ASYNC", "B", "C4", "E", "F", "I", "PERF", "RUF", "SIM", "UP", "W")
"""The Ruff rules that Prefer is clean under; one that fires on Avoid has to be declared."""

MYPY_OPTIONS = (
    "--strict",
    f"--python-version={BROWSER}",
    "--platform=linux",
    "--output=json",
    "--config-file=",
    "--no-error-summary",
)
"""What mypy is called with, in the build and in the browser."""

PACKAGED = ("--disable-error-code=import-untyped",)
"""What mypy is called with besides where an environment brings packages: some have no types."""

PYRIGHT_SETTINGS = {
    "typeCheckingMode": "standard",
    "reportDeprecated": "error",
    "pythonVersion": BROWSER,
    "pythonPlatform": "Linux",
}
"""Pyright's configuration: its default, which is nearest to mypy --strict, and nothing deprecated."""

RUFF_SETTINGS: dict[str, str | int] = {
    "line-length": LINE_LENGTH,
    "target-version": f"py{OLDEST.replace('.', '')}",
}
"""Ruff's settings, by the names that they have in its configuration and on its command line."""
