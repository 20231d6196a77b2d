"""Pages as pytest sees them: names, selection, reports, and that other projects notice nothing."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .conftest import CASES, ROOT, Workspace
from .small_site import rule
from .txtar import Case

PAGE = """# Page

```python
print(1)
#> 1
```

```python skip="it is tried elsewhere"
print(2)
```

```python
print(3)
#> 4
```
"""

NATIVE = "--proven-interpreter=native"


@pytest.fixture
def site(workspace: Workspace) -> Workspace:
    """A project with one page, whose last block is wrong; pytest is as strict as here."""
    workspace.write("pytest.ini", "[pytest]\nfilterwarnings = error\naddopts = --strict-markers\n")
    workspace.write("docs/page.md", PAGE)
    return workspace


def outcomes(done: subprocess.CompletedProcess[str]) -> set[str]:
    """The lines of `-rA` that tell of items."""
    return set(re.findall(r"^(?:PASSED|FAILED|SKIPPED|ERROR) .*$", done.stdout, flags=re.MULTILINE))


def test_names(site: Workspace) -> None:
    """A block is named by its page and line; what is checked of the page as a whole comes first."""
    done = site.command("pytest", "docs/page.md", "--collect-only", "-q")
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
def test_selection(site: Workspace, arguments: list[str]) -> None:
    """One block is selected by its address, as it stands in every message, and in pytest's own ways."""
    done = site.command("pytest", NATIVE, "-rA", *arguments)
    assert outcomes(done) == {"PASSED docs/page.md::3"}, done.stdout


def test_role(small_site: Workspace) -> None:
    """`-k avoid` selects the blocks under Avoid."""
    done = small_site.command("pytest", "docs/topic/one.md", "-k", "avoid", "--collect-only", "-q")
    assert re.findall("^docs.*", done.stdout, flags=re.MULTILINE) == ["docs/topic/one.md::19"]


def test_interpreters(site: Workspace) -> None:
    """A block is an item where one of the chosen interpreters runs it."""
    site.write("docs/page.md", '```python python=">=3.14"\nprint(1)\n#> 1\n```\n')
    old = site.command("pytest", "docs", "--collect-only", "-q", "--proven-interpreter=3.13")
    new = site.command("pytest", "docs", "-q", "--proven-interpreter=3.13", "--proven-interpreter=3.14")
    assert "docs/page.md::1" not in old.stdout
    assert "3 passed" in new.stdout


def test_unknown_interpreter(site: Workspace) -> None:
    """One that does not exist is an error that names those that do."""
    done = site.command("pytest", "docs", "--proven-interpreter=3.9")
    assert "no interpreter '3.9': choose from 3.11, 3.12, 3.13, 3.14, 3.15, native" in done.stdout
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
    assert failed == {f"FAILED docs/topic/one.md::{name}" for name in ("page", "tools", "19")}


def test_interpreters_that_differ(site: Workspace) -> None:
    """A block is judged over all interpreters at once: it fails where one of them disagrees."""
    site.write("docs/page.md", Case.read(CASES / "faults" / "differs-in-order.txt").files[0].content)
    done = site.command("pytest", "docs/page.md:1", "--proven-interpreter=3.13", "--proven-interpreter=3.14")
    assert "docs/page.md:1: the output differs between 3.13 and 3.14\n" in done.stdout


def test_failure_in_reports(site: Workspace) -> None:
    """Summary and JUnit file name the line of the page; an item's own place is its fence."""
    done = site.command("pytest", "docs", NATIVE, "--junit-xml=out.xml", "-o", "junit_family=xunit1")
    assert "FAILED docs/page.md::12 - printed '3', the page says '4'" in done.stdout
    assert "Traceback" not in done.stdout
    (case,) = ElementTree.parse(site.root / "out.xml").findall(".//testcase[failure]")
    assert (case.get("file"), case.get("line"), case.get("name")) == ("docs/page.md", "11", "12")
    failure = case.find("failure")
    assert failure is not None
    assert (failure.text or "").startswith(
        "docs/page.md:14: printed '3', the page says '4' on native\n    Mend"
    )


def test_last_failed(site: Workspace) -> None:
    """`--lf` runs what failed."""
    site.command("pytest", "docs", NATIVE)
    done = site.command("pytest", "docs", NATIVE, "--lf", "-rA")
    assert {line.partition(" - ")[0] for line in outcomes(done)} == {"FAILED docs/page.md::12"}


def test_skip(site: Workspace) -> None:
    """A skipped block is a skipped item, with the page's reason."""
    done = site.command("pytest", "docs", NATIVE, "-v")
    assert re.search(r"^docs/page.md::8 SKIPPED \(it is tried elsewhere\)", done.stdout, flags=re.MULTILINE)


def test_time_out(site: Workspace) -> None:
    """A block that does not end is a failed item; the next ones run."""
    site.write("docs/page.md", "```python\nwhile True:\n    pass\n```\n\n```python\nprint(1)\n#> 1\n```\n")
    done = site.command("pytest", "docs", "-k", "page.md:", "--proven-timeout=1", "--proven-interpreter=3.14")
    assert "docs/page.md:1: still running after 1 seconds, and was stopped" in done.stdout
    assert "1 failed, 1 passed" in done.stdout


def test_workers(site: Workspace) -> None:
    """pytest-xdist's workers come to what one process comes to."""
    site.write("docs/other.md", PAGE.replace("#> 4", "#> 3"))
    site.write("docs/unrun.md", '# No interpreter\n\n```python python=">4"\n```\n')
    alone = site.command("pytest", "docs", NATIVE, "-rA")
    (site.root / ".proven" / "results").rename(site.root / "results")
    spread = site.command("pytest", "docs", NATIVE, "-rA", "-n2")
    assert "created: 2/2 workers" in spread.stdout
    assert outcomes(spread) == outcomes(alone)
    assert len(outcomes(alone)) == 13


def test_results_are_shared(site: Workspace) -> None:
    """What pytest has run, the build need not run, and the other way round."""
    site.command("pytest", "docs", NATIVE)
    assert " 0 runs, 1 failures" in site.verify("--interpreter", "native").stderr


def test_nothing_is_left(site: Workspace, tmp_path: Path) -> None:
    """Interpreters are kept from block to block, and ended with the session."""
    homes = tmp_path / "homes"
    homes.mkdir()
    done = site.command(
        "pytest",
        "docs/page.md:3",
        "--proven-interpreter=3.13",
        "--proven-interpreter=3.14",
        env={"TMPDIR": str(homes)},
    )
    assert "1 passed" in done.stdout, done.stdout
    assert [one.name for one in homes.iterdir() if one.name.startswith("proven-")] == []


@pytest.mark.parametrize(
    "page",
    [b"```python\nprint(1)\n", b"---\ncode: [\n---\n", b"\xff\n", b'```python wrong="1"\n```\n'],
    ids=["fence", "front matter", "encoding", "option"],
)
def test_unreadable_page(site: Workspace, page: bytes) -> None:
    """A page that cannot be read is an error of collection, in the command's words, without a traceback."""
    site.write("docs/page.md", page)
    done = site.command("pytest", "docs", NATIVE)
    assert done.returncode == pytest.ExitCode.INTERRUPTED
    assert site.verify("--interpreter", "native").stderr in done.stdout
    assert "Traceback" not in done.stdout
    assert "proven/" not in done.stdout


def test_warnings_of_blocks(site: Workspace) -> None:
    """A block is judged as ever where pytest makes warnings errors: here, of the escape in it."""
    code = 'print("\\d\\nlong " * 20)\n'
    site.write("docs/page.md", f"```python\n{code}```\n")
    site.verify("--update", "--interpreter", "native")
    assert '"""' in (site.root / "docs/page.md").read_text()
    done = site.command("pytest", "docs", NATIVE, "-k", "page.md:1")
    assert "1 passed" in done.stdout, done.stdout


@pytest.mark.parametrize("arguments", [[], ["."], ["README.md"], ["other"]], ids=" ".join)
def test_what_was_not_asked_for(site: Workspace, arguments: list[str]) -> None:
    """A run that does not name the docs folder leaves pages alone, and other Markdown always."""
    site.write("README.md", PAGE)
    site.write("other/page.md", PAGE)
    done = site.command("pytest", *arguments)
    assert done.returncode in (pytest.ExitCode.NO_TESTS_COLLECTED, pytest.ExitCode.USAGE_ERROR)


def test_testpaths(site: Workspace) -> None:
    """`testpaths` can name the docs folder."""
    site.write("pytest.ini", "[pytest]\ntestpaths = docs\n")
    assert "docs/page.md::3" in site.command("pytest", "--collect-only", "-q").stdout


@pytest.mark.parametrize(
    "settings",
    [
        "site_name: x\n",
        "plugins: [search]\n",
        "plugins:\n  - search:\n      lang: proven\n",
        "- proven\n",
        "a: [\n",
        "",
    ],
)
def test_other_projects(site: Workspace, settings: str) -> None:
    """Where mkdocs.yml does not name the plugin, nothing is collected, and nothing more is imported."""
    site.write("mkdocs.yml", settings)
    site.write(
        "conftest.py",
        "import sys\n\n\ndef pytest_sessionfinish():\n"
        "    print('imported', *sorted(name for name in sys.modules if name.startswith('proven')))\n",
    )
    done = site.command("pytest", "docs", "-s")
    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED
    assert re.findall("^imported.*", done.stdout, flags=re.MULTILINE) == [
        "imported proven proven.pytest_plugin"
    ]


@pytest.mark.parametrize(
    "settings",
    [
        "plugins: [proven]\n",
        "plugins:\n  - search\n  - proven:\n      timeout: 3\n",
        "plugins: {proven: {}}\n",
    ],
)
def test_ways_to_name_the_plugin(site: Workspace, settings: str) -> None:
    """mkdocs.yml may name the plugin in each way that MkDocs understands, beside tags of its own."""
    site.write(
        "mkdocs.yml", f"{settings}extra: !ENV [NOTHING, 1]\nname: !!python/name:proven.markdown.fence\n"
    )
    assert "docs/page.md::3" in site.command("pytest", "docs", "--collect-only", "-q").stdout


def test_real_page(tools: object) -> None:
    """A page of this site passes, run as the README says."""
    page = "docs/async/task-references.md"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", page], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert re.search(r"\d\d? passed", done.stdout)
