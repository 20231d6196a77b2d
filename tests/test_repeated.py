"""A busy machine makes no failure: what differs from its page is run once more.

- A run that differs from its page is repeated, and the second counts; that the first differed is said
"""

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from proven.model import Print, Result
from proven.run.native import Native
from proven.run.report import Chain

from .workspace import Workspace, only

PAGE = "```python\nprint(1)\n#> 1\n```\n"
WRONG = Result("2\n", prints=(Print(1, 0, "2"),))
SAID = "docs/page.md:1 on native: the first run differed from the page, not the second"


@pytest.fixture
def page(workspace: Workspace) -> Workspace:
    """A project with one block, which is run on one interpreter."""
    only(workspace, "native")
    workspace.write("docs/page.md", PAGE)
    return workspace


@pytest.fixture
def ran() -> Iterator[list[Result]]:
    """What blocks did; the first to be run does something else."""
    results: list[Result] = []
    run = Native.run

    def sometimes(child: Native, chain: Chain) -> list[Result]:
        results.extend(run(child, chain) if results else [WRONG])
        return results[-1:]

    with patch.object(Native, "run", sometimes):
        yield results


@pytest.mark.parametrize("command", [("proven", "verify"), ("mkdocs", "build")], ids=" ".join)
def test_second_run_counts(page: Workspace, ran: list[Result], command: tuple[str, ...]) -> None:
    """The block passes, the command says where it did not at first, and the next run knows the second."""
    done = page.command(*command)
    assert done.returncode == 0, done.stderr
    assert SAID in done.stderr
    assert [result.stdout for result in ran] == ["2\n", "1\n"]
    again = page.verify()
    assert "0 runs, 0 failures" in again.stderr
    assert SAID not in again.stderr


def test_pytest(page: Workspace, ran: list[Result]) -> None:
    """pytest judges a page as the command does."""
    done = page.command("pytest", "docs", "-q")
    assert done.returncode == 0, done.stdout
    assert len(ran) == 2


def test_failure_stays(page: Workspace) -> None:
    """What differs twice fails, once, and is not run again."""
    page.write("docs/page.md", PAGE.replace("#> 1", "#> 3"))
    first, second = page.verify(), page.verify()
    assert first.stderr.count("docs/page.md:3: printed '1', the page says '3'") == 1
    assert SAID not in first.stderr
    assert "0 runs, 1 failures" in second.stderr
