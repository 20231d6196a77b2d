"""The list of every address that was ever published: what it catches, and what writes it.

- Every address that was ever published leads somewhere, one that is new is noted before it is published,
  and two rules do not share a slug
"""

import re

import pytest

from proven.project import ADDRESSES, Project
from proven.rules import address_list
from proven.rules.site import check

from .small_site import CODES, COURSE, rule
from .test_addresses import aliased, link, of
from .workspace import ROOT, Workspace

OTHER = {"docs/other/index.md": COURSE.replace("one, two", "one").replace("Topic", "Other")}

FAULTS = {
    "address of a rule": (
        {ADDRESSES: "# All\ntopic/one/\ntopic/gone/\n"},
        r"^addresses.txt:3: topic/gone/ leads nowhere any more\n    Bring docs/topic/gone.md back.*: \[",
    ),
    "slug": ({ADDRESSES: "gone/\n"}, r"^addresses.txt:1: gone/ leads nowhere any more"),
    "code": (
        {ADDRESSES: "PX903/\n"},
        r"^addresses.txt:1: PX903/ leads.*\n    Bring the rule back, or say in codes.toml.*\n    \[PX903\]",
    ),
    "exception of no rule": (
        {ADDRESSES: "PX903-EX1/\n"},
        r"^addresses.txt:1: PX903-EX1/ leads.*\n.*\n    \[PX903\]",
    ),
    "tool": (
        {ADDRESSES: "ruff/E999/\n"},
        r"^addresses.txt:1: ruff/E999/ leads.*\n    Bring back the page that says `generated: tools`",
    ),
    "no address": (
        {ADDRESSES: "one/\n<<<<<<< HEAD\n"},
        r"^addresses.txt:2: '<<<<<<< HEAD' is no address\n    Write one a line, as in",
    ),
    "slug of two rules": (
        {
            **OTHER,
            "docs/other/one.md": rule("PX903", "PX901"),
            "docs/topic/one.md": rule("PX901", "PX902").replace("[PX902]", "[PX902, PX903]"),
            "codes.toml": f'{CODES}\n[PX903]\npage = "other/one"\n',
        },
        r"^docs/other/one.md:3: other/one ends as docs/topic/one.md does: both would be at /one/\n    Name",
    ),
    "slug of a page": (
        {"docs/one.md": "---\ntitle: A page\n---\n\n# A page\n"},
        r"^docs/topic/one.md:3: topic/one ends as docs/one.md does: both would be at /one/",
    ),
    "slug of a former address": (
        {
            "docs/topic/one.md": aliased(rule("PX901", "PX902"), "aliases: [other/two]\n"),
        },
        r"^docs/topic/two.md:3: topic/two ends as docs/topic/one.md does: both would be at /two/",
    ),
    "slug of a removed rule": (
        {"codes.toml": f'{CODES}\n[PX903]\npage = "other/one"\nremoved = "No."\n'},
        r"^docs/topic/one.md:3: topic/one ends as other/one, which was removed, does: both would be at /one/",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_lost(unverified_site: Workspace, fault: str) -> None:
    """An address that leads nowhere any more, or to two places, fails with its place and remedy."""
    written, message = FAULTS[fault]
    for name, text in written.items():
        unverified_site.write(name, text)
    said = "\n".join(map(str, check(unverified_site.root, of(Project.around(unverified_site.root)))))
    assert re.search(message, said), said


def test_noted(unverified_site: Workspace) -> None:
    """`proven addresses` notes what is new, keeps what is there, and has nothing to say the second time."""
    unverified_site.write(ADDRESSES, "PX901-EX7/\n")
    done = unverified_site.command("proven", "addresses")
    assert done.returncode == 0, done.stderr
    assert "topic/one/\n" in done.stdout
    listed = (unverified_site.root / ADDRESSES).read_text("utf-8").splitlines()
    addresses = [line for line in listed if line and not line.startswith("#")]
    assert addresses == sorted(addresses)
    assert {"PX901-EX7/", "PX901-EX1/", "PX901/", "one/", "topic/", "ruff/B006/"} <= set(addresses)
    assert "px901/" not in addresses
    again = unverified_site.command("proven", "addresses")
    assert (again.returncode, again.stdout) == (0, "")


def test_noted_with_the_code(unverified_site: Workspace) -> None:
    """`proven code` notes the addresses of a page that is not written yet, where they are noted at all."""
    unverified_site.command("proven", "code", "docs/topic/three.md")
    assert not (unverified_site.root / ADDRESSES).exists()
    unverified_site.write(ADDRESSES, "one/\n")
    unverified_site.command("proven", "code", "docs/topic/three.md")
    listed = (unverified_site.root / ADDRESSES).read_text("utf-8")
    assert listed.endswith("\n\nPX903/\none/\nthree/\ntopic/three/\n")


def test_nothing_is_published_unnoted(small_site: Workspace) -> None:
    """Where addresses are noted the build stops at a new one, and says what notes it; then it goes on."""
    small_site.write(ADDRESSES, "topic/one/\n")
    done = small_site.command("mkdocs", "build", "--strict")
    assert done.returncode == 1
    assert re.search(
        r"addresses.txt:1: PX901-EX1/, .* and \d+ more: not noted yet\n    Note what is new", done.stderr
    )
    assert not (small_site.root / "site" / "index.html").exists()
    small_site.command("proven", "addresses")
    done = small_site.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    site = small_site.root / "site"
    assert 'id="PX901-EX1"' in (site / "topic" / "one" / "index.html").read_text("utf-8")
    assert link((site / "PX901-EX1" / "index.html").read_text("utf-8")) == "../topic/one/#PX901-EX1"


def test_this_site() -> None:
    """All addresses of this site are noted, and all that were noted are there."""
    site = of(Project.around(ROOT))
    assert list(address_list.check(ROOT, site)) == []
    assert address_list.unlisted(ROOT, site) == []
