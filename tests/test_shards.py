"""A site divided among machines, and put together again."""

import json
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from proven.project import Project
from proven.shards import Shard
from proven.site import read_pages

from .conftest import CASES, ROOT, Workspace, empty_project
from .small_site import rule
from .txtar import Case

PROJECT = Project.around(ROOT)

PAGE = "".join(f"```python\nprint({number})\n#> {number}\n```\n\n" for number in range(10))
NATIVE = ("--interpreter", "native")
BAD = ("0/8", "9/8", "x", "2", "1/0", "-1/2", "1/2/3", "")


WRONG = PAGE.replace("#> 7", "#> 8")


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
    (found,) = re.findall(r"(\d+) blocks.*, (\d+) runs", stderr)
    return int(found[0]), int(found[1])


@pytest.mark.parametrize("total", range(1, 9))
def test_each_block_is_in_one_shard(total: int) -> None:
    """Of this site, every block and every page is in exactly one shard, and no shard is larger by two."""
    pages = read_pages(PROJECT, PROJECT.pages())
    parts = [Shard(number, total) for number in range(1, total + 1)]
    blocks = [[block.address for page in part.blocks(pages) for block in page.blocks] for part in parts]
    paths = [[page.path for page in part.pages(pages)] for part in parts]
    every = {
        "blocks": (blocks, [block.address for page in pages for block in page.blocks]),
        "pages": (paths, [page.path for page in pages]),
    }
    for divided, whole in every.values():
        assert Counter(name for part in divided for name in part) == Counter(whole)
        assert max(map(len, divided)) - min(map(len, divided)) <= 1


def test_division_is_the_same_on_each_machine() -> None:
    """What is in a shard follows from names alone, not from the order in which pages are found."""
    pages = read_pages(PROJECT, PROJECT.pages())
    for part in (Shard(2, 3).pages, Shard(2, 3).blocks):
        assert sorted(part(pages), key=lambda page: page.path) == sorted(
            part(pages[::-1]), key=lambda page: page.path
        )


@pytest.mark.parametrize("shard", BAD)
def test_no_shard(workspace: Workspace, shard: str) -> None:
    """What is no shard is refused, with what one looks like."""
    done = workspace.verify("--shard", shard)
    assert done.returncode == 2
    assert f"{shard!r} is no shard: write 1/8 for the first of eight" in done.stderr


def test_no_update_of_a_shard(workspace: Workspace) -> None:
    """`--update` writes whole pages, for which a shard has not run all."""
    done = workspace.verify("--shard", "1/2", "--update")
    assert (done.returncode, "--update writes whole pages" in done.stderr) == (2, True)


def test_shards_are_the_whole(small_site: Workspace) -> None:
    """All shards together run and say what is run and said otherwise, and each says it once."""
    small_site.write("docs/topic/one.md", rule("PX901", "PX902", printed=2).replace("-> None:", "->None:"))
    small_site.write("docs/topic/three.md", PAGE.replace("#> 7", "#> 8"))
    whole = small_site.verify(*NATIVE).stderr
    another_machine(small_site)
    parts = shards(small_site, 3)
    assert sorted(text for part in parts for text in told(part)) == sorted(told(whole))
    assert len(told(whole)) == 3
    assert sum(counts(part)[0] for part in parts) == counts(whole)[0]
    assert "Running blocks of shard 2/3: " in parts[1]
    assert re.search(r"\d blocks of shard 2/3 on \d pages", parts[1])


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
    workspace.verify(*NATIVE, "--timeout", "1", "--export", "results.zip")
    merged = workspace.command("proven", "merge", "results.zip", *NATIVE)
    assert "docs/page.md:1: still running after 1 seconds, and was stopped" in merged.stderr


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
