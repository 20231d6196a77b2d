"""Pages as pytest sees them: names, selection, reports, and that other projects notice nothing."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from proven.project.package import aliases

from .conftest import CASES
from .small_site import MIXED, rule
from .txtar import Case
from .workspace import ROOT, Workspace

NATIVE = "--proven-interpreter=native"


def outcomes(done: subprocess.CompletedProcess[str]) -> set[str]:
    """The lines of `-rA` that tell of items."""
    return set(re.findall(r"^(?:PASSED|FAILED|SKIPPED|ERROR) .*$", done.stdout, flags=re.MULTILINE))


def test_names(mixed: Workspace) -> None:
    """A block is named by its page and line; what is checked of the page as a whole comes first."""
    done = mixed.command("pytest", "docs/page.md", "--collect-only", "-q")
    assert done.stdout.splitlines()[:5] == [
        f"docs/page.md::{name}" for name in ("page", "tools", "3", "8", "12")
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ["docs/page.md:3"],
        ["docs/page.md::3"],
        ["docs/page.md", "-k", "docs/page.md:3"],
        ["docs", "--deselect=docs/page.md::12", "-k", "not page.md:8 and other"],
    ],
    ids=" ".join,
)
def test_selection(mixed: Workspace, arguments: list[str]) -> None:
    """One block is selected by its address, as it stands in every message, and in pytest's own ways."""
    done = mixed.command("pytest", NATIVE, "-rA", *arguments)
    assert outcomes(done) == {"PASSED docs/page.md::3"}, done.stdout


def test_role(small_site: Workspace) -> None:
    """`-k avoid` selects the blocks under Avoid."""
    done = small_site.command("pytest", "docs/topic/one.md", "-k", "avoid", "--collect-only", "-q")
    assert re.findall("^docs.*", done.stdout, flags=re.MULTILINE) == ["docs/topic/one.md::22"]


def test_interpreters(mixed: Workspace) -> None:
    """A block is an item where one of the chosen interpreters runs it."""
    mixed.write("docs/page.md", '```python python=">=3.14"\nprint(1)\n#> 1\n```\n')
    old = mixed.command("pytest", "docs", "--collect-only", "-q", "--proven-interpreter=3.13")
    new = mixed.command("pytest", "docs", "-q", "--proven-interpreter=3.13", "--proven-interpreter=3.14")
    assert "docs/page.md::1" not in old.stdout
    assert "3 passed" in new.stdout


def test_unknown_interpreter(mixed: Workspace) -> None:
    """One that does not exist is an error that names those that do."""
    done = mixed.command("pytest", "docs", "--proven-interpreter=3.9")
    assert f"no interpreter '3.9': choose from {', '.join(aliases())}, native" in done.stdout
    assert done.returncode == pytest.ExitCode.INTERRUPTED


def test_failures_are_those_of_the_command(small_site: Workspace) -> None:
    """A wrong block, what a tool finds, and a wrong structure are told in the words of `proven verify`."""
    wrong = rule("PX901", "PX902", printed=2).replace("-> None:", "->None:").replace("## Why", "## Reason")
    small_site.write("docs/topic/one.md", wrong)
    structure = small_site.verify().stderr
    blocks = small_site.verify("docs/topic/one.md").stderr
    done = small_site.command("pytest", "docs", "-rA")
    told = [
        text for said in (structure, blocks) for text in re.findall(r"docs/\S+:\d+: .*\n(?: +.*\n)+", said)
    ]
    assert len(told) >= 4
    for text in told:
        assert text in done.stdout
    failed = {line.partition(" - ")[0] for line in outcomes(done) if line.startswith("FAILED")}
    assert failed == {f"FAILED docs/topic/one.md::{name}" for name in ("page", "tools", "22")}


def test_interpreters_that_differ(mixed: Workspace) -> None:
    """A block is judged over all interpreters at once: it fails where one of them disagrees."""
    mixed.write("docs/page.md", Case.read(CASES / "faults" / "differs-in-order.txt").files[0].content)
    done = mixed.command("pytest", "docs/page.md:1", "--proven-interpreter=3.13", "--proven-interpreter=3.14")
    assert "docs/page.md:1: the output differs between 3.13 and 3.14\n" in done.stdout


def test_failure_in_reports(mixed: Workspace) -> None:
    """Summary and JUnit file name the line of the page; an item's own place is its fence."""
    done = mixed.command("pytest", "docs", NATIVE, "--junit-xml=out.xml", "-o", "junit_family=xunit1")
    assert "FAILED docs/page.md::12 - printed '3', the page says '4'" in done.stdout
    assert "Traceback" not in done.stdout
    (case,) = ElementTree.parse(mixed.root / "out.xml").findall(".//testcase[failure]")
    assert (case.get("file"), case.get("line"), case.get("name")) == ("docs/page.md", "11", "12")
    failure = case.find("failure")
    assert failure is not None
    assert (failure.text or "").startswith(
        "docs/page.md:14: printed '3', the page says '4' on native\n    Mend"
    )


def test_last_failed(mixed: Workspace) -> None:
    """`--lf` runs what failed."""
    mixed.command("pytest", "docs", NATIVE)
    done = mixed.command("pytest", "docs", NATIVE, "--lf", "-rA")
    assert {line.partition(" - ")[0] for line in outcomes(done)} == {"FAILED docs/page.md::12"}


def test_skip(mixed: Workspace) -> None:
    """A skipped block is a skipped item, with the page's reason."""
    done = mixed.command("pytest", "docs", NATIVE, "-v")
    assert re.search(r"^docs/page.md::8 SKIPPED \(it is tried elsewhere\)", done.stdout, flags=re.MULTILINE)


def test_time_out(mixed: Workspace) -> None:
    """A block that does not end is a failed item; the next ones run."""
    mixed.write("docs/page.md", "```python\nwhile True:\n    pass\n```\n\n```python\nprint(1)\n#> 1\n```\n")
    done = mixed.command(
        "pytest", "docs", "-k", "page.md:", "--proven-timeout=1", "--proven-interpreter=3.14"
    )
    assert "docs/page.md:1: still running after 1 seconds, and was stopped" in done.stdout
    assert "1 failed, 1 passed" in done.stdout


def test_workers(mixed: Workspace) -> None:
    """pytest-xdist's workers come to what one process comes to."""
    mixed.write("docs/other.md", MIXED.replace("#> 4", "#> 3"))
    mixed.write("docs/unrun.md", '# No interpreter\n\n```python python=">4"\n```\n')
    alone = mixed.command("pytest", "docs", NATIVE, "-rA")
    (mixed.root / ".proven" / "results").rename(mixed.root / "results")
    spread = mixed.process("pytest", "docs", NATIVE, "-rA", "-n2")
    assert "created: 2/2 workers" in spread.stdout
    assert outcomes(spread) == outcomes(alone)
    assert len(outcomes(alone)) == 13


def test_results_are_shared(mixed: Workspace) -> None:
    """What pytest has run, the build need not run, and the other way round."""
    mixed.command("pytest", "docs", NATIVE)
    assert " 0 runs, 1 failures" in mixed.verify("--interpreter", "native").stderr


def test_nothing_is_left(mixed: Workspace, tmp_path: Path) -> None:
    """Interpreters are kept from block to block, and ended with the session."""
    homes = tmp_path / "homes"
    homes.mkdir()
    done = mixed.command(
        "pytest",
        "docs/page.md:3",
        "--proven-interpreter=3.13",
        "--proven-interpreter=3.14",
        env={"TMPDIR": str(homes)},
    )
    assert "1 passed" in done.stdout, done.stdout
    assert [home.name for home in homes.iterdir() if home.name.startswith("proven-")] == []


@pytest.mark.parametrize(
    "page",
    [b"```python\nprint(1)\n", b"---\ncode: [\n---\n", b"\xff\n", b'```python wrong="1"\n```\n'],
    ids=["fence", "front matter", "encoding", "option"],
)
def test_unreadable_page(mixed: Workspace, page: bytes) -> None:
    """A page that cannot be read fails in the words of the command, and other pages are tested."""
    mixed.write("docs/other.md", "```python\nprint(1)\n#> 1\n```\n")
    mixed.write("docs/page.md", page)
    done = mixed.command("pytest", "docs", NATIVE)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "other.md::1 PASSED" in done.stdout or "docs/other.md ..." in done.stdout
    said = mixed.verify("--interpreter", "native").stderr
    assert (
        "".join(line for line in said.splitlines(True) if line.startswith(("docs/page.md:", "    ")))
        in done.stdout
    )
    assert "Traceback" not in done.stdout
    assert "proven/" not in done.stdout


def test_warnings_of_blocks(mixed: Workspace) -> None:
    """A block is judged as ever where pytest makes warnings errors: here, of the escape in it."""
    code = 'print("\\d\\nlong " * 20)\n'
    mixed.write("docs/page.md", f"```python\n{code}```\n")
    mixed.verify("--update", "--interpreter", "native")
    assert '"""' in (mixed.root / "docs/page.md").read_text()
    done = mixed.command("pytest", "docs", NATIVE, "-k", "page.md:1")
    assert "1 passed" in done.stdout, done.stdout


def test_real_page(tools: object) -> None:
    """A page of this site passes, run as the README says."""
    page = "docs/async/task-references.md"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", page], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert re.search(r"\d\d? passed", done.stdout)
