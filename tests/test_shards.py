"""A site divided among machines."""

import re
from collections import Counter

import pytest

from proven.collect.pages import read_pages
from proven.project import Project
from proven.verify.shards import Shard

from .machines import NATIVE, WRONG, another_machine, counts, shards, told
from .small_site import rule
from .workspace import ROOT, Workspace

PROJECT = Project.around(ROOT)
BAD = ("0/8", "9/8", "x", "2", "1/0", "-1/2", "1/2/3", "")


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
    small_site.write("docs/topic/three.md", WRONG)
    whole = small_site.verify(*NATIVE).stderr
    another_machine(small_site)
    parts = shards(small_site, 3)
    assert sorted(text for part in parts for text in told(part)) == sorted(told(whole))
    assert len(told(whole)) == 3
    assert sum(counts(part)[0] for part in parts) == counts(whole)[0]
    assert "Running blocks of shard 2/3: " in parts[1]
    assert re.search(r"\d blocks of shard 2/3 on \d pages", parts[1])
