"""Every link of the built site leads somewhere, else the last site stays.

- Every link of the built site leads to a file, and to a fragment in it (`link-to-nowhere`)
"""

import re

from .small_site import rule
from .workspace import Workspace

NOWHERE = "the link to {} leads nowhere"
NO_FRAGMENT = "the link to {} names a fragment that is not there"

FAULTS = (
    ("[page](six.md)", NOWHERE.format("six.md")),
    ("[folder](../six/)", NOWHERE.format("../six/")),
    ("[fragment](#wy)", NO_FRAGMENT.format("#wy")),
    ("[of another page](two.md#wy)", NO_FRAGMENT.format("../two/#wy")),
    ("[of home](../index.md#six)", NO_FRAGMENT.format("../../#six")),
    ("[outside](../../../x.html)", NOWHERE.format("../../../x.html")),
    ("[from the root](/six/)", NOWHERE.format("/six/")),
    ("[upper case](../TWO/)", NOWHERE.format("../TWO/")),
    ("![picture](six.png)", NOWHERE.format("six.png")),
    ('<a href="../html/">html</a>', NOWHERE.format("../html/")),
    ('<img alt="" srcset="../two/ 1x, set.png 2x">', NOWHERE.format("set.png")),
    ('<video poster="poster.png"></video>', NOWHERE.format("poster.png")),
    ("!!! note\n    [in an admonition](../admonition/)", NOWHERE.format("../admonition/")),
)


def with_text(written: str) -> str:
    """A rule page with something in its Why."""
    return rule("PX901", "PX902").replace("Because the tests say so.", f"Because\nof this:\n\n{written}")


def test_broken_links(small_site: Workspace) -> None:
    """Links that lead nowhere fail at their lines in the page, without --strict, and leave no site."""
    text = with_text("\n\n".join(written for written, _ in FAULTS))
    small_site.write("docs/topic/one.md", text)
    lines = [text[: text.index(written.splitlines()[-1])].count("\n") + 1 for written, _ in FAULTS]
    done = small_site.process("mkdocs", "build")  # whose end takes away what it was making
    assert done.returncode == 1
    assert re.findall(r"^docs/topic/one.md:(\d+): (.*)$", done.stderr, re.M) == [
        (str(line), message) for line, (_, message) in zip(lines, FAULTS, strict=True)
    ]
    assert (
        f"docs/topic/one.md:{lines[0]}: the link to six.md leads nowhere\n    Name a page by its"
        in done.stderr
    )
    assert "names a fragment that is not there\n    Like it there: #why.\n" in done.stderr
    assert not (small_site.root / "site").exists()
    assert not list((small_site.root / ".proven").glob("site-*"))


def test_links_that_lead_somewhere(small_site: Workspace) -> None:
    """Pages by file and by folder, fragments of headings and blocks, files and other sites pass."""
    small_site.write("docs/topic/a picture.png", b"")
    text = with_text(
        "[a](two.md) [b](two.md#why) [c](../topic/two.md#block-1) [d](#exceptions) [e](../two/) [f](#top) "
        "![g](<a picture.png>) [h](https://docs.python.org/3/#six) [i](mailto:me@python.org) [j](../index.md)"
    )
    small_site.write("docs/topic/one.md", text)
    done = small_site.command("mkdocs", "build")
    assert done.returncode == 0, done.stderr


def test_site_below_a_path(small_site: Workspace) -> None:
    """With a `site_url` its path is the site's root, and the site map is followed."""
    config = (small_site.root / "mkdocs.yml").read_text("utf-8")
    small_site.write("mkdocs.yml", config.replace('!ENV [SITE_URL, ""]', "https://example.org/docs/"))
    done = small_site.command("mkdocs", "build")
    assert done.returncode == 0, done.stderr
    small_site.write("docs/topic/one.md", with_text("[x](/topic/two/)"))
    assert "the link to /topic/two/ leads nowhere" in small_site.command("mkdocs", "build").stderr


def test_link_of_a_template(small_site: Workspace) -> None:
    """A link that a template writes on every page is reported once."""
    block = '{% block scripts %}{{ super() }}<a href="six/"></a>{% endblock %}'
    small_site.write("overrides/main.html", f'{{% extends "base.html" %}}{block}')
    done = small_site.command("mkdocs", "build")
    assert done.returncode == 1
    assert done.stderr.count("the link to six/ leads nowhere") == 4  # one for each folder that it is in


def test_link_of_a_style_sheet(small_site: Workspace) -> None:
    """A style sheet that asks for a file that is not there fails by its line."""
    name = "overrides/stylesheets/proven.css"
    small_site.write(
        name, "/* url(five.png) */\np { background: url('data:,x') }\nq { background: url(six.png) }\n"
    )
    done = small_site.command("mkdocs", "build")
    assert done.returncode == 1
    assert "stylesheets/proven.css:3: the link to six.png leads nowhere" in done.stderr
    assert "five.png" not in done.stderr


def test_broken_link_keeps_the_site(small_site: Workspace) -> None:
    """A build whose links do not hold leaves the last site, hidden files included."""
    small_site.write("site/.git", "a branch of built sites")
    assert small_site.command("mkdocs", "build").returncode == 0
    site = small_site.root / "site"
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    assert site / ".git" in before
    small_site.write("docs/topic/one.md", with_text("[x](#wy)"))
    assert small_site.command("mkdocs", "build").returncode == 1
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before


def test_site_is_replaced(small_site: Workspace) -> None:
    """What is no longer built goes; the folder itself stays, for whoever serves it."""
    small_site.write("site/gone/index.html", "")
    site = small_site.root / "site"
    folder = site.stat().st_ino
    done = small_site.command("mkdocs", "build")
    assert done.returncode == 0, done.stderr
    assert (site / "topic" / "one" / "index.html").is_file()
    assert not (site / "gone").exists()
    assert site.stat().st_ino == folder


def test_dirty_build(small_site: Workspace) -> None:
    """`--dirty` brings single pages up to date where the site is."""
    small_site.command("mkdocs", "build")
    page = small_site.root / "site" / "topic" / "two" / "index.html"
    built = page.stat().st_mtime_ns
    small_site.write("docs/topic/one.md", with_text("Changed."))
    done = small_site.command("mkdocs", "build", "--dirty")
    assert done.returncode == 0, done.stderr
    assert "Changed." in (page.parents[1] / "one" / "index.html").read_text("utf-8")
    assert page.stat().st_mtime_ns == built
