"""What is locked of Pyodide's distribution is what its own lock file says, which npm has: no network."""

import pytest

from proven.project import BROWSER
from proven.project.packages import LIST, LOCK

from .workspace import Workspace

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            "no-such-package",
            "the distribution of Pyodide 314.0.7 does not have it",
        ),
        ("numpy<2", "has 2.4.6"),
    ],
)
def test_what_the_distribution_does_not_have(workspace: Workspace, wanted: str, said: str) -> None:
    """Locking says so, and changes nothing."""
    workspace.write(LIST, f"distribution = [\"{wanted}; python_version == '{BROWSER}'\"]\n")
    done = workspace.command("proven", "packages", "--update")
    assert done.returncode == 2
    assert said in done.stderr
    assert not (workspace.root / LOCK).exists()


def test_a_shared_library(workspace: Workspace) -> None:
    """A package that needs one cannot be locked: a page loads wheels only."""
    workspace.write(LIST, "distribution = [\"scipy; python_version == '3.12'\"]\n")
    done = workspace.command("proven", "packages", "--update")
    assert done.returncode == 2
    assert "needs openblas, a shared library" in done.stderr


def test_locked_without_network(workspace: Workspace) -> None:
    """What npm has of Pyodide says it all."""
    workspace.write(LIST, f"distribution = [\"pandas; python_version == '{BROWSER}'\"]\n")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9", "UV_INDEX_URL": "http://127.0.0.1:9"}
    done = workspace.command("proven", "packages", "--update", env=nowhere)
    assert done.returncode == 0, done.stderr
    assert "distribution on 3.14: numpy 2.4.6, pandas 3.0.2, python-dateutil" in done.stdout
