"""Packages that only Pyodide's distribution has: from its server or a mirror, or the site does without.

A wheel of the test's own stands for `humanize` of the distribution; natively the environment `small` has it.

- What pages import is fetched once, held against its digest, and served; where it cannot be had, blocks run
  natively, the page says why they have no Run button, and nothing is left half there;
  `distribution: required` makes it an error
"""

import hashlib
import json
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from proven.project import BROWSER
from proven.project.packages import LOCK
from proven.toolchain.distribution import MIRROR

from ..workspace import Workspace, declare, own
from .conftest import served
from .driver import Block
from .mirror import distribute, mirrored, wheel

PAGE = """---
environment: small
---

# Numbers

```python
import humanize

print(humanize.intcomma(12345))
#> 12,345
```
"""
NUMBERS = """from pathlib import Path

Path(__file__).with_name("fonts.json").write_text("{}")  # when it is imported, as Matplotlib does


def intcomma(number):
    return f"{number:,}"
"""
REASON = "Not run in the browser: this build could not fetch humanize."


@pytest.fixture
def site(workspace: Workspace) -> Workspace:
    """A site whose block imports a package of the distribution, which takes another, and a mirror."""
    declare(workspace)
    settings = f"plugins:\n  - proven:\n      interpreters: ['{BROWSER}', native]\n"
    workspace.write("mkdocs.yml", f"site_name: x\ntheme: {{name: material, font: false}}\n{settings}")
    workspace.write("docs/index.md", PAGE)
    own(workspace, ".proven/packages")
    distribute(
        workspace, {"humanize": wheel("humanize", NUMBERS), "filler": wheel("filler", NUMBERS)}, ["humanize"]
    )
    return workspace


WRITING = """```python environment="small" raises="PermissionError: a block may write only"
import humanize

open(humanize.__file__, "w")
```
"""


def test_blocks_that_import_it_are_confined(site: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a package may do when it is imported, no block of its process may."""
    monkeypatch.setenv(MIRROR, str(site.root / "mirror"))
    second = WRITING.replace("\n\n", "\n\nnumber = 2\n")
    site.write("docs/index.md", f"{PAGE}\n{WRITING}\n{second}")
    done = site.verify("--interpreter", BROWSER)
    assert done.returncode == 0, done.stderr
    assert "3 blocks on 1 pages, 3 runs, 0 failures" in done.stderr


def html(site: Workspace) -> str:
    """The page as it is built."""
    return (site.root / "site" / "index.html").read_text("utf-8")


def test_fetched_once(site: Workspace, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a mirror, by Pyodide's version; the site has the wheels, and readers run the block from there."""
    package = site.root / ".proven" / "node_modules" / "py314" / "package.json"
    version = json.loads(package.read_text("utf-8"))["version"]
    (site.root / "mirror").rename(site.root / f"v{version}")
    with mirrored(site.root) as (address, asked):
        monkeypatch.setenv(MIRROR, address + "/v{version}/")
        done = site.command("mkdocs", "build", "--strict")
        assert done.returncode == 0, done.stderr
        assert "Fetching packages from Pyodide's distribution" in done.stderr
        assert len(asked) == 2
        assert "1 blocks on 1 pages, 0 runs, 0 failures" in site.verify().stderr
        assert len(asked) == 2
    assert REASON not in html(site)
    with served(site.root / "site") as url:
        requests: list[str] = []
        page.context.on("request", lambda request: requests.append(request.url))
        page.goto(url)
        block = Block(page, 1)
        block.run()
        expect(block.status).to_have_text("Same output as recorded.", timeout=60_000)
        assert [address for address in requests if not address.startswith((url, "data:", "blob:"))] == []
        assert sum("humanize-1.0" in address for address in requests) == 1


def test_a_folder_is_a_mirror(site: Workspace) -> None:
    """The setting takes a folder too, from the project's."""
    settings = site.root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "      mirror: mirror\n", "utf-8")
    done = site.verify()
    assert "1 blocks on 1 pages, 2 runs, 0 failures" in done.stderr, done.stderr


def test_the_archive_is_without_it(site: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would double its size: the command says what is left out."""
    monkeypatch.setenv(MIRROR, str(site.root / "mirror"))
    monkeypatch.setattr("proven.archive.scripts._LEVEL", 1)  # which takes seconds, and makes it larger
    monkeypatch.setattr("proven.archive.export.LIMIT", 10**9)
    done = site.command("proven", "export", "offline")
    assert done.returncode == 0, done.stderr
    file = wheel("humanize", NUMBERS)[0]
    said = " ".join(done.stderr.split())
    assert (
        "left out, for their size: translations and parts of packages that no page uses, filler-1.0-" in said
    )
    assert file in said
    (archive,) = (site.root / "dist").glob("*.zip")
    with zipfile.ZipFile(archive) as packed:
        assert not [name for name in packed.namelist() if "humanize-1.0" in name]


def missing(site: Workspace) -> str:
    """The server does not have the second wheel."""
    (site.root / "mirror" / wheel("humanize", "")[0]).unlink()
    return ""


def another(site: Workspace) -> str:
    """One wheel has a byte more than was locked."""
    file = site.root / "mirror" / wheel("humanize", "")[0]
    file.write_bytes(file.read_bytes() + b"\0")
    return ""


def cut(_: Workspace) -> str:
    """The server breaks off in the middle of a wheel."""
    return "humanize"


def needing(site: Workspace) -> str:
    """A wheel has a module that needs a shared library: in WebAssembly, its section `dylink.0` says so."""
    needed = "\1\4\0\0\0\0\2\x0c\1\x0alibnone.so"  # after the sizes of its memory and table
    section = f"\x08dylink.0{needed}"
    module = f"\0asm\1\0\0\0\0{chr(len(section))}{section}"
    name, content = wheel("humanize", NUMBERS, **{"fast.so": module})
    (site.root / "mirror" / name).write_bytes(content)
    lock = (site.root / LOCK).read_text("utf-8")
    old = hashlib.sha256(wheel("humanize", NUMBERS)[1]).hexdigest()
    site.write(LOCK, lock.replace(old, hashlib.sha256(content).hexdigest()))
    return ""


@pytest.mark.parametrize("broken", [missing, another, cut, needing])
def test_cannot_be_had(
    site: Workspace, broken: Callable[[Workspace], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The block is verified natively, its page says why it has no Run, and one line tells the builder."""
    with mirrored(site.root / "mirror", broken(site)) as (address, _):
        monkeypatch.setenv(MIRROR, address)
        verified = site.verify()
        done = site.command("mkdocs", "build")
        strict = site.command("mkdocs", "build", "--strict")
    assert "1 blocks on 1 pages, 1 runs, 0 failures" in verified.stderr
    for said in (verified.stderr, done.stderr, strict.stderr):
        assert (
            said.count(f"humanize: not fetched from {address}; blocks that import them have no Run") == 1
        ), said
    assert ("fast.so needs libnone.so" in verified.stderr) == (broken is needing)
    assert (done.returncode, strict.returncode) == (0, 0)
    assert REASON in html(site)
    assert not (site.root / ".proven" / "distribution").exists()
    assert not list((site.root / "site").rglob("humanize*.whl"))
    assert not list((site.root / ".proven").glob("making-*"))


def test_it_is_there_again(site: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be had is tried again by the next build, and the page has its Run button then."""
    with mirrored(site.root / "docs") as (address, _):
        assert site.process("mkdocs", "build", env={MIRROR: address}).returncode == 0
    assert REASON in html(site)
    done = site.process("mkdocs", "build", env={MIRROR: str(site.root / "mirror")})
    assert done.returncode == 0, done.stderr
    assert REASON not in html(site)


def test_required(site: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that demands it is not built without, and says what could not be had."""
    settings = site.root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "      distribution: required\n", "utf-8")
    with mirrored(site.root / "docs") as (address, _):
        monkeypatch.setenv(MIRROR, address)
        done = site.command("mkdocs", "build")
    assert done.returncode == 1
    assert "packages cannot be had" in done.stderr
    assert f"They come from {address}: check the network, or name a mirror" in done.stderr
    assert "humanize-1.0-cp314" in done.stderr
    assert not (site.root / "site").exists()


def test_a_page_that_imports_none(site: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is fetched for a site that does not need it."""
    site.write("docs/index.md", "# Numbers\n\n```python\nprint(1)\n#> 1\n```\n")
    with mirrored(site.root / "mirror") as (address, asked):
        monkeypatch.setenv(MIRROR, address)
        assert site.command("mkdocs", "build").returncode == 0
    assert asked == []
