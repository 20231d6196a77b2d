"""Make a folder whole or not at all, once for the same inputs."""

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from proven.project import step


def run(command: list[str], cwd: Path, env: dict[str, str] | None = None) -> None:
    """Run a program in a folder; CalledProcessError has what stopped it."""
    silent = subprocess.DEVNULL
    subprocess.run(command, cwd=cwd, env=env, check=True, capture_output=True, text=True, stdin=silent)


def product(cache: Path, target: Path, stamp: str, title: str, build: Callable[[Path], Path]) -> bool:
    """Put what `build` makes in a folder of `cache` at `target`, unless the same is there already.

    Returns:
        Whether it was made.
    """
    mark = target / ".made-from"
    if mark.is_file() and mark.read_text("utf-8") == stamp:
        return False
    with step(title):
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="making-", dir=cache) as folder:
            staging = Path(folder)
            made = build(staging)
            (made / ".made-from").write_text(stamp, "utf-8")
            if target.exists():
                target.rename(staging / ".replaced")
            made.rename(target)
    return True
