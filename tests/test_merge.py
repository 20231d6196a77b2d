"""What the shards of a site found, put together."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from proven.project import Project

from .conftest import CASES
from .machines import NATIVE, PAGE, WRONG, another_machine, counts, shards, told
from .txtar import Case
from .workspace import Workspace, empty_project


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory, tools: Project) -> Path:
    """The archives of ten blocks, one of them wrong, in two shards."""
    machine = empty_project(tmp_path_factory.mktemp("shards") / "project")
    machine.write("docs/page.md", WRONG)
    shards(machine, 2)
    return machine.root / "parts"


@pytest.fixture
def site(workspace: Workspace, archives: Path) -> Workspace:
    """The machine that merges them."""
    workspace.write("docs/page.md", WRONG)
    shutil.copytree(archives, workspace.root / "parts")
    return workspace


def test_merge(site: Workspace) -> None:
    """The merged results judge the whole site without a run, and the build finds them."""
    merged = site.command("proven", "merge", "parts", *NATIVE)
    assert "Merged 10 results from 2 archives" in merged.stderr
    assert "10 blocks on 1 pages, 0 runs, 1 failures" in merged.stderr
    assert "docs/page.md:38: printed '7', the page says '8'" in merged.stderr
    assert merged.returncode == 1
    assert counts(site.verify(*NATIVE).stderr) == (10, 0)


def test_merge_of_a_right_site(small_site: Workspace) -> None:
    """A site without failures ends in success; archives hold the runs of what Ruff has mended, too."""
    shutil.rmtree(small_site.root / ".proven" / "results")
    runs = sum(counts(said)[1] for said in shards(small_site, 2))
    names = ("parts/results-2.zip", "parts/results-1.zip")
    merged = small_site.command("proven", "merge", *names, *NATIVE)
    assert f"Merged {runs} results from 2 archives" in merged.stderr
    assert (merged.returncode, " 0 runs, 0 failures" in merged.stderr) == (0, True)


def test_difference_between_machines(workspace: Workspace) -> None:
    """What each interpreter's machine finds right can be wrong once they are compared."""
    workspace.write("docs/page.md", Case.read(CASES / "faults" / "differs-in-order.txt").files[0].content)
    both = []
    for name in ("3.13", "3.14"):
        done = workspace.verify("--interpreter", name, "--export", f"{name}.zip")
        assert done.returncode == 0, done.stderr
        both += ["--interpreter", name]
        another_machine(workspace)
    merged = workspace.command("proven", "merge", "3.13.zip", "3.14.zip", *both)
    assert told(merged.stderr)[0].startswith("docs/page.md:1: the output differs between 3.13 and 3.14\n")
    assert merged.returncode == 1


def test_time_out_is_merged(workspace: Workspace) -> None:
    """A block that did not end is told by the merge as it was by its shard."""
    workspace.write("docs/page.md", "```python\nwhile True:\n    pass\n```\n")
    workspace.verify(*NATIVE, "--timeout", "2", "--export", "results.zip")
    merged = workspace.command("proven", "merge", "results.zip", *NATIVE)
    assert "docs/page.md:1: still running after 2 seconds, and was stopped" in merged.stderr


def rewritten(file: Path, **about: object) -> None:
    """Change what an archive says of itself, and so that none of its results is found."""
    with zipfile.ZipFile(file) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    said = json.loads(entries.pop("about.json"))
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("about.json", json.dumps(said | about))
        for name, content in entries.items():
            archive.writestr(f"results/{name[8:-5][::-1]}.json", content)


def foreign(file: Path) -> None:
    """Another tool's archive."""
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("report.json", "{}")


def smuggled(file: Path) -> None:
    """A file too many."""
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("../../evil.py", "")


def hollow(file: Path) -> None:
    """A result without content."""
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(f"results/{'0' * 64}.json", "{}")


def cut_short(file: Path) -> None:
    """What a full disk leaves."""
    file.write_bytes(file.read_bytes()[:300])


def flipped(file: Path) -> None:
    """One wrong bit in a result."""
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        entry = archive.infolist()[-1]
    content[entry.header_offset + 30 + len(entry.filename) + 5] ^= 1
    file.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "cut short": cut_short,
    "another tool's": foreign,
    "a file too many": smuggled,
    "a hollow result": hollow,
    "a wrong bit": flipped,
    "a later format": lambda file: rewritten(file, format=2),
    "no shard": lambda file: rewritten(file, shard="3/2"),
    "other lock files": lambda file: rewritten(file, locks="0"),
    "other code": lambda file: rewritten(file, code="0"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_useless_archive(site: Workspace, damage: str) -> None:
    """An archive that is damaged, or not of this project, is named, and nothing at all is taken over."""
    DAMAGES[damage](site.root / "parts" / "results-2.zip")
    done = site.command("proven", "merge", "parts", *NATIVE)
    assert done.returncode == 2
    assert re.fullmatch(
        r"proven: parts/results-2.zip (is damaged|was made with|cannot be read as an archive of results).*\n"
        r"    Nothing was taken over. Make it anew: .*\n",
        done.stderr,
    )
    assert not list((site.root / ".proven").glob("results/*/*"))


def test_missing_shard(site: Workspace) -> None:
    """A shard whose archive is not there is named, and nothing is taken over."""
    (site.root / "parts" / "results-2.zip").unlink()
    done = site.command("proven", "merge", "parts", *NATIVE)
    assert done.stderr.startswith("proven: there is no archive of shard 2/2\n")
    assert done.returncode == 2
    assert not list((site.root / ".proven").glob("results/*/*"))


def test_no_archives(site: Workspace) -> None:
    """A folder without archives is an error."""
    done = site.command("proven", "merge", "docs")
    assert (done.returncode, done.stderr.startswith("proven: no *.zip in docs\n")) == (2, True)


def test_other_machine(site: Workspace) -> None:
    """Where an archive was made on another interpreter, what is missing is told, for which one, and why."""
    rewritten(site.root / "parts" / "results-2.zip", interpreters={"native": "CPython 3.12.1 (native macos)"})
    done = site.command("proven", "merge", "parts", *NATIVE)
    assert re.search(
        r"^docs/page.md:\d+: no result on native for this block, nor for 4 other blocks\n"
        r"    parts/results-2.zip was made on CPython 3.12.1 \(native macos\), here it is CPython ",
        done.stderr,
        flags=re.MULTILINE,
    )
    assert done.returncode == 1


def test_other_interpreters(site: Workspace) -> None:
    """A result on an interpreter that no shard ran is missing; it is not run instead."""
    done = site.command("proven", "merge", "parts", *NATIVE, "--interpreter", "3.14")
    assert "no result on 3.14 for this block, nor for 9 other blocks" in done.stderr
    assert "parts/results-1.zip was made without 3.14." in done.stderr
    assert "0 runs" in done.stderr


def test_other_pages(site: Workspace) -> None:
    """A block that is not what the shards ran has no result."""
    site.write("docs/page.md", PAGE.replace("print(3)", "print(1 + 2)"))
    done = site.command("proven", "merge", "parts", *NATIVE)
    assert told(done.stderr) == [
        "docs/page.md:16: no result on native for this block\n"
        "    The pages are not those that the shards ran: merge on the same commit.\n"
        "    Run here what is missing: proven verify\n"
    ]


def test_export_that_cannot_be_written(site: Workspace) -> None:
    """Failures are told all the same, and the exit code says that the command could not do its work."""
    done = site.verify(*NATIVE, "--export", "nowhere/results.zip")
    assert "docs/page.md:38: printed '7'" in done.stderr
    assert "proven: cannot write nowhere/results.zip" in done.stderr
    assert done.returncode == 2
