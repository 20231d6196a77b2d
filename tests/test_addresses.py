"""No address is lost: what leads where, what is at it, and the list of all that were published."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from selectolax.lexbor import LexborHTMLParser

from proven import policy, published
from proven.exports.addresses import EXPORT
from proven.exports.catalogue import catalogue
from proven.project import ADDRESSES, Project
from proven.site import Site, check, read_pages

from .conftest import ROOT, Workspace, write_small_site
from .small_site import CODES, COURSE, rule

REMOVED = """
[PX903]
page = "topic/three"
former = ["topic/drei"]
removed = "It is <said> in PX901 & here."
replacement = "PX901"

[PX904]
page = "topic/four"
removed = "Nobody does it any more."
"""
INDEX = "---\ntitle: Rules by tool\ngenerated: tools\n---\n\n# Rules by tool\n"
GONE = "PX901-EX9/\nPX903-EX1/\nruff/E999/\n"
ALIASES = "aliases: [topic/old, PX903, topic/three, topic/drei]\n"


@pytest.fixture
def small(workspace: Workspace) -> Workspace:
    """A project with two rules, that stays unverified."""
    return write_small_site(workspace)


def aliased(text: str, aliases: str) -> str:
    """A rule page with a line more in its front matter."""
    return text.replace("see-also", f"{aliases}see-also")


def of(project: Project) -> Site:
    """The pages of a project."""
    return Site(tuple(read_pages(project, project.pages())))


def exported(root: Path, site_url: str = "") -> Mapping[str, str]:
    """The files of the export, by path, for a site that holds."""
    project = Project.around(root)
    site = of(project)
    assert check(root, site) == []
    return {name: str(text) for name, text in EXPORT.make(catalogue(project, site, site_url)).items()}


@pytest.fixture
def files(small: Workspace) -> Mapping[str, str]:
    """The files of a site with a former address, two removed rules, and what is no longer there."""
    small.write("codes.toml", CODES.replace('"topic/one"', '"topic/one"\nformer = ["topic/old"]') + REMOVED)
    small.write("docs/topic/one.md", aliased(rule("PX901", "PX902"), ALIASES))
    small.write("docs/tools.md", INDEX + "\n")
    small.write(ADDRESSES, GONE)
    return exported(small.root)


def link(html: str) -> str:
    """Where a small page leads."""
    return str(LexborHTMLParser(html).css("a")[0].attributes["href"])


LEADS = {
    "PX901/": "../topic/one/",
    "px901/": "../topic/one/",
    "Px901/": "../topic/one/",
    "pX901/": "../topic/one/",
    "one/": "../topic/one/",
    "topic/old/": "../one/",
    "old/": "../topic/one/",
    "PX901-EX1/": "../topic/one/#PX901-EX1",
    "px901-EX1/": "../topic/one/#PX901-EX1",
    "px901-ex1/": "../topic/one/#PX901-EX1",
    "PX901-EX9/": "../topic/one/#exceptions",
    "ruff/B006/": "../../tools/#ruff-B006",
    "ruff/b006/": "../../tools/#ruff-B006",
    "ruff/mutable-argument-default/": "../../tools/#ruff-B006",
    "ruff/E999/": "../../tools/#ruff",
}


def test_leads(files: Mapping[str, str]) -> None:
    """Codes in any case, slugs, former addresses, exceptions and tools' rules lead on by a relative link."""
    for address, target in LEADS.items():
        html = files[f"{address}index.html"]
        assert link(html) == target, address
        assert f'content="0; url={target}"' in html
        assert '<meta name="robots" content="noindex">' in html
        assert "location.replace" in html
    assert "topic/one/index.html" not in files


def test_removed(files: Mapping[str, str]) -> None:
    """A rule that is gone says why at each of its addresses, and leads nobody on unasked."""
    for address in ("PX903/", "px903/", "topic/three/", "three/", "topic/drei/", "drei/", "PX903-EX1/"):
        html = files[f"{address}index.html"]
        assert "It is &lt;said&gt; in PX901 &amp; here." in html
        assert "<script" not in html
        assert 'http-equiv="refresh"' not in html
        assert link(html).endswith("/one/")
    assert "<a " not in files["PX904/index.html"]
    assert "Nobody does it any more." in files["four/index.html"]


def test_one_rule_for_a_code(small: Workspace) -> None:
    """A tool's rule that one rule covers leads to that; so does an address of a site without an index."""
    text = rule("PX902", "PX901").replace("detectors:\n  - ruff: mutable-argument-default\n", "")
    small.write("docs/topic/two.md", text.replace("items.clear()", "items.clear(1)  # error: [call-arg]"))
    found = exported(small.root)
    assert link(found["ruff/B006/index.html"]) == "../../topic/one/"
    assert link(found["mypy/call-arg/index.html"]) == "../../topic/two/"


def test_policy(files: Mapping[str, str]) -> None:
    """Each page has the site's policy, which lets its own script pass and nothing else."""
    pages = [text for name, text in files.items() if name.endswith(".html")]
    for html in pages:
        assert policy.protect(html) == html
        assert "Content-Security-Policy" in html
        allowed = set(re.findall(r"'(sha256-[^']+)'", html))
        assert allowed == set(policy.hashes(html))
        assert "http://127.0.0.1" not in html


def test_canonical(small: Workspace) -> None:
    """What search engines are to note is a whole address, there only when the site has a public one."""
    canonical = '<link rel="canonical" href="https://example.org/docs/topic/one/">'
    public = exported(small.root, "https://example.org/docs/")
    assert canonical in public["PX901/index.html"]
    assert canonical in public["PX901-EX1/index.html"]
    assert "canonical" not in exported(small.root)["PX901/index.html"]


def test_table(files: Mapping[str, str]) -> None:
    """redirects.json fits its schema, and says of each page what it does."""
    table = json.loads(files["redirects.json"])
    schema = json.loads(files["redirects.schema.json"])
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(table)
    assert {f"{one}index.html" for one in (*table["redirects"], *table["removed"])} == {
        name for name in files if name.endswith("/index.html")
    }
    assert table["redirects"]["px901-ex1/"] == "topic/one/#PX901-EX1"
    assert table["removed"]["PX904/"] == "Nobody does it any more."
    assert table["pages"]["topic/one/"] == "The rule PX901 of *all* tests"
    assert list(table["redirects"]) == sorted(table["redirects"])


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
def test_lost(small: Workspace, fault: str) -> None:
    """An address that leads nowhere any more, or to two places, fails with its place and remedy."""
    written, message = FAULTS[fault]
    for name, text in written.items():
        small.write(name, text)
    said = "\n".join(map(str, check(small.root, of(Project.around(small.root)))))
    assert re.search(message, said), said


def test_page_under_another_name(small: Workspace) -> None:
    """Pages that are no rules can have former addresses too."""
    small.write(ADDRESSES, "guide/\n")
    small.write("docs/handbook.md", "---\ntitle: Handbook\naliases: [guide]\n---\n\n# Handbook\n")
    assert link(exported(small.root)["guide/index.html"]) == "../handbook/"


def test_noted(small: Workspace) -> None:
    """`proven addresses` notes what is new, keeps what is there, and has nothing to say the second time."""
    small.write(ADDRESSES, "PX901-EX7/\n")
    done = small.command("proven", "addresses")
    assert done.returncode == 0, done.stderr
    assert "topic/one/\n" in done.stdout
    listed = (small.root / ADDRESSES).read_text("utf-8").splitlines()
    addresses = [line for line in listed if line and not line.startswith("#")]
    assert addresses == sorted(addresses)
    assert {"PX901-EX7/", "PX901-EX1/", "PX901/", "one/", "topic/", "ruff/B006/"} <= set(addresses)
    assert "px901/" not in addresses
    again = small.command("proven", "addresses")
    assert (again.returncode, again.stdout) == (0, "")


def test_noted_with_the_code(small: Workspace) -> None:
    """`proven code` notes the addresses of a page that is not written yet, where they are noted at all."""
    small.command("proven", "code", "docs/topic/three.md")
    assert not (small.root / ADDRESSES).exists()
    small.write(ADDRESSES, "one/\n")
    small.command("proven", "code", "docs/topic/three.md")
    listed = (small.root / ADDRESSES).read_text("utf-8")
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
    assert list(published.check(ROOT, site)) == []
    assert published.unlisted(ROOT, site) == []
