"""Blocks that continue one another are run at once, and do what each does alone."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from proven.collect.pages import read_pages
from proven.model import Job, Result
from proven.project import Project
from proven.run.pool import Runners
from proven.run.pyodide import Pyodide
from proven.run.report import Chain
from proven.verify.plan import plan_blocks

from .workspace import Workspace

CHAIN = """```python
import sys
import warnings


class Loud:
    def __del__(self):
        print("gone")


def halve(number):
    print("halving", number)
    return number // (number % 2)


kept = Loud()
print("first")
warnings.warn("once")
```

```python continues
print(halve(3), sys.argv, __file__)
print(open("example.py").read().count("print"))
```

```python continues raises="ZeroDivisionError: integer division or modulo by zero"
halve(4)
```

```python continues
del kept
print("last", "halve" in globals())
```
"""

TREE = """```python hidden
print("set-up")
shared = [0]
```

```python continues="setup"
shared.append(1)
print(shared)
#> [0, 1]
```

```python continues
print(shared)
#> [0, 1]
```

```python continues="setup"
print(shared)
#> [0]
```
"""


@pytest.fixture
def chains() -> Iterator[list[int]]:
    """How many blocks are run at once, each time."""
    lengths: list[int] = []
    attempt = Pyodide.attempt

    def noted(child: Pyodide, chain: Chain) -> list[Result]:
        lengths.append(len(chain))
        return attempt(child, chain)

    with patch.object(Pyodide, "attempt", noted):
        yield lengths


def results(workspace: Workspace, page: str, alone: bool) -> dict[str, Result]:
    """What each block of a page does on each interpreter, by name and line."""
    workspace.write("docs/page.md", page)
    project = Project.around(workspace.root)
    plan = plan_blocks(read_pages(project, [workspace.root / "docs/page.md"]), project.interpreters())
    done: dict[str, Result] = {}

    def note(job: Job, result: Result) -> None:
        done[f"{plan[job].address} on {job.interpreter.name}"] = result

    with Runners(project, keep=True) as runners:
        for jobs in [[job] for job in plan] if alone else [[*plan]]:
            runners.run(jobs, note)
    return done


@pytest.mark.parametrize("page", [CHAIN, TREE], ids=["chain", "tree"])
def test_as_each_alone(workspace: Workspace, page: str) -> None:
    """Output, warnings, tracebacks and what a block finds around it are the same on every interpreter."""
    together, alone = (results(workspace, page, alone) for alone in (False, True))
    assert together == alone
    assert not [place for place, result in together.items() if result.crash]


def test_what_each_prints(workspace: Workspace) -> None:
    """Each has its own output; what one leaves behind ends with the last."""
    printed = [
        (result.stdout, result.error and result.error.line)
        for place, result in results(workspace, CHAIN, alone=False).items()
        if place.endswith("native")
    ]
    assert printed == [
        ("first\n", None),
        ("halving 3\n3 ['example.py'] example.py\n6\n", None),
        ("halving 4\n", 1),
        ("gone\nlast True\n", None),
    ]


def test_one_run(workspace: Workspace, chains: list[int]) -> None:
    """The cost of a chain is that of its blocks: none of them is run again for the next."""
    cells = "".join(f"```python continues\nprint({number})\n```\n\n" for number in range(6))
    workspace.write("docs/page.md", cells.replace(" continues", "", 1))
    done = workspace.verify("--update", "--interpreter", "3.14")
    assert done.returncode == 0, done.stdout
    assert chains[0] == 6
    assert max(chains) * len(chains) <= 12, chains  # the outputs that are written in are another code


def test_one_that_dies(workspace: Workspace) -> None:
    """The others are told as they are: each is run alone then."""
    workspace.write(
        "docs/page.md",
        "```python\nprint(1)\n```\n\n```python continues\nimport os\nos._exit(3)\n```\n\n"
        "```python\nprint(2)\n#> 2\n```\n",
    )
    done = workspace.verify("--interpreter", "native")
    assert done.returncode == 1
    assert "docs/page.md:5: the interpreter ended before the block did: exit code 3" in done.stderr
    assert "docs/page.md:2: " in done.stderr
    assert "docs/page.md:10" not in done.stderr
