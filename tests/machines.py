"""Machines of a continuous integration that share a site, one after another in one folder."""

import re
import shutil

from .workspace import Workspace

PAGE = "".join(f"```python\nprint({number})\n#> {number}\n```\n\n" for number in range(10))
WRONG = PAGE.replace("#> 7", "#> 8")
NATIVE = ("--interpreter", "native")


def shards(site: Workspace, total: int, *arguments: str) -> list[str]:
    """Verify each shard on a machine of its own; what each says, with results-1.zip and so on in `parts`."""
    (site.root / "parts").mkdir(exist_ok=True)
    said = []
    for number in range(1, total + 1):
        files = ("--export", f"parts/results-{number}.zip")
        done = site.verify("--shard", f"{number}/{total}", *files, *(arguments or NATIVE))
        said.append(done.stderr)
        another_machine(site)
    return said


def another_machine(site: Workspace) -> None:
    """Forget all results."""
    shutil.rmtree(site.root / ".proven" / "results", ignore_errors=True)


def told(stderr: str) -> list[str]:
    """The failures that a command printed, with their remedies."""
    return re.findall(r"^docs/.*\n(?:    .*\n)*", stderr, flags=re.MULTILINE)


def counts(stderr: str) -> tuple[int, int]:
    """How many blocks and runs a command's last line tells of."""
    (totals,) = re.findall(r"(\d+) blocks.*, (\d+) runs", stderr)
    return int(totals[0]), int(totals[1])
