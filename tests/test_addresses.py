"""No address is lost: what leads where, what is at it, and the list of all that were published."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from selectolax.lexbor import LexborHTMLParser

from proven.collect.pages import read_pages
from proven.exports.redirects import EXPORT
from proven.model import Site
from proven.project import ADDRESSES, Project
from proven.render import policy
from proven.rules.catalogue import catalogue
from proven.rules.site import check

from .small_site import CODES, rule
from .workspace import Workspace

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
def files(unverified_site: Workspace) -> Mapping[str, str]:
    """The files of a site with a former address, two removed rules, and what is no longer there."""
    unverified_site.write(
        "codes.toml", CODES.replace('"topic/one"', '"topic/one"\nformer = ["topic/old"]') + REMOVED
    )
    unverified_site.write("docs/topic/one.md", aliased(rule("PX901", "PX902"), ALIASES))
    unverified_site.write("docs/tools.md", INDEX + "\n")
    unverified_site.write(ADDRESSES, GONE)
    return exported(unverified_site.root)


def link(html: str) -> str:
    """Where a small page leads."""
    return str(LexborHTMLParser(html).css("a")[0].attributes["href"])


LEADS = {
    "PX901/": "../topic/one/",
    "px901/": "../topic/one/",
    "one/": "../topic/one/",
    "topic/old/": "../one/",
    "old/": "../topic/one/",
    "PX901-EX1/": "../topic/one/#PX901-EX1",
    "px901-ex1/": "../topic/one/#PX901-EX1",
    "PX901-EX9/": "../topic/one/#exceptions",
    "ruff/B006/": "../../tools/#ruff-B006",
    "ruff/b006/": "../../tools/#ruff-B006",
    "ruff/mutable-argument-default/": "../../tools/#ruff-B006",
    "ruff/E999/": "../../tools/#ruff",
}


def test_leads(files: Mapping[str, str]) -> None:
    """Codes in upper and lower case, slugs, former addresses, exceptions and tools' rules lead on."""
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


def test_one_rule_for_a_code(unverified_site: Workspace) -> None:
    """A tool's rule that one rule covers leads to that; so does an address of a site without an index."""
    text = rule("PX902", "PX901").replace("detectors:\n  - ruff: mutable-argument-default\n", "")
    unverified_site.write(
        "docs/topic/two.md", text.replace("items.clear()", "items.clear(1)  # error: [call-arg]")
    )
    files = exported(unverified_site.root)
    assert link(files["ruff/B006/index.html"]) == "../../topic/one/"
    assert link(files["mypy/call-arg/index.html"]) == "../../topic/two/"


def test_policy(files: Mapping[str, str]) -> None:
    """Each page has the site's policy, which lets its own script pass and nothing else."""
    pages = [text for name, text in files.items() if name.endswith(".html")]
    for html in pages:
        assert policy.add_csp(html) == html
        assert "Content-Security-Policy" in html
        allowed = set(re.findall(r"'(sha256-[^']+)'", html))
        assert allowed == set(policy.hashes(html))
        assert "http://127.0.0.1" not in html


def test_canonical(unverified_site: Workspace) -> None:
    """What search engines are to note is a whole address, there only when the site has a public one."""
    canonical = '<link rel="canonical" href="https://example.org/docs/topic/one/">'
    public = exported(unverified_site.root, "https://example.org/docs/")
    assert canonical in public["PX901/index.html"]
    assert canonical in public["PX901-EX1/index.html"]
    assert "canonical" not in exported(unverified_site.root)["PX901/index.html"]


def test_table(files: Mapping[str, str]) -> None:
    """redirects.json fits its schema, and says of each page what it does."""
    table = json.loads(files["redirects.json"])
    schema = json.loads(files["redirects.schema.json"])
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(table)
    assert {f"{address}index.html" for address in (*table["redirects"], *table["removed"])} == {
        name for name in files if name.endswith("/index.html")
    }
    assert table["redirects"]["px901-ex1/"] == "topic/one/#PX901-EX1"
    assert table["removed"]["PX904/"] == "Nobody does it any more."
    assert table["pages"]["topic/one/"] == "Keep rule PX901 in *all* tests"
    assert list(table["redirects"]) == sorted(table["redirects"])


def test_page_under_another_name(unverified_site: Workspace) -> None:
    """Pages that are no rules can have former addresses too."""
    unverified_site.write(ADDRESSES, "guide/\n")
    unverified_site.write("docs/handbook.md", "---\ntitle: Handbook\naliases: [guide]\n---\n\n# Handbook\n")
    assert link(exported(unverified_site.root)["guide/index.html"]) == "../handbook/"
