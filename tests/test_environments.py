"""Blocks run in the environment that they, their page or its topic name, natively and confined.

- A block runs in the environment that it, its page or its topic names, whose packages mypy and Pyright see;
  one that is not declared as it should be, or cannot be had, is told with the remedy
- `--without` and PROVEN_WITHOUT leave the blocks of an environment out, and the page says so
"""

import json
import re
from pathlib import Path

import pytest

from proven.project import BROWSER, Project

from .conftest import CASES
from .workspace import ROOT, Workspace, declare, only

LOCK = (CASES / "environments" / "small" / "uv.lock").read_text("utf-8")
VERSION = re.findall(r'name = "humanize"\nversion = "(.*)"', LOCK)[0]
PAGE = f"""---
title: Numbers for people
environment: small
---

# Numbers for people

```python
import importlib.metadata
import sys

import humanize

print(humanize.intcomma(12345), sys.prefix == sys.base_prefix)
#> 12,345 False
print(importlib.metadata.version("humanize"))
#> {VERSION}
reveal_type(humanize.intcomma(1))  # revealed: str
#> Runtime type is 'str'
```

```console run
$ python -c "import humanize; print(humanize.naturalsize(10**6))"
1.0 MB
```

```python environment="native" raises="ModuleNotFoundError: No module named 'humanize'"
import humanize  # error: [import-not-found]
```
"""


@pytest.fixture
def declared(workspace: Workspace) -> Workspace:
    """A project that declares an environment, and is verified natively."""
    only(workspace, "native")
    declare(workspace)
    return workspace


@pytest.fixture
def page(declared: Workspace) -> Workspace:
    """A page whose blocks run in the environment, but for the last."""
    text = PAGE.replace("reveal_type", "from typing import reveal_type\nreveal_type")
    declared.write("docs/page.md", text.replace("#> Runtime type is 'str'\n", ""))
    return declared


def test_page(page: Workspace) -> None:
    """Blocks and consoles have its packages, and so have type checkers; a block may have the build's own."""
    done = page.verify()
    assert done.returncode == 0, done.stderr
    assert "Installing the environment small" in done.stderr
    assert "3 blocks on 1 pages, 3 runs, 0 failures" in done.stderr
    again = page.verify()
    assert "Installing" not in again.stderr
    assert "0 runs, 0 failures" in again.stderr


def test_topic(declared: Workspace) -> None:
    """What the index of a topic names holds for its pages, and not below; a page may name another."""
    block = "\n```python\nimport humanize\n\nprint(humanize.intcomma(1000))\n#> 1,000\n```\n"
    declared.write("docs/numbers/index.md", "---\nenvironment: small\n---\n\n# Numbers\n")
    declared.write("docs/numbers/one.md", f"# One\n{block}")
    declared.write("docs/numbers/two.md", f"---\nenvironment: native\n---\n\n# Two\n{block}")
    declared.write("docs/numbers/below/three.md", f"# Three\n{block}")
    done = declared.verify()
    failed = re.findall(r"docs/numbers/(\S+): raised ModuleNotFoundError", done.stderr)
    assert failed == ["below/three.md:4", "two.md:8"], done.stderr
    declared.write("docs/numbers/index.md", "---\nenvironment: smal\n---\n\n# Numbers\n")
    done = declared.verify("docs/numbers/index.md", "docs/numbers/one.md")
    assert "docs/numbers/index.md:2: there is no environment 'smal'" in done.stderr


def test_change_of_the_lock_file(page: Workspace) -> None:
    """Another lock file is another environment: what ran in the last is run again, and nothing else."""
    assert page.verify().returncode == 0
    lock = page.root / "environments" / "small" / "uv.lock"
    lock.write_text(lock.read_text("utf-8") + "# changed\n", "utf-8")
    done = page.verify()
    assert "Installing the environment small" in done.stderr
    assert "3 blocks on 1 pages, 2 runs, 0 failures" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (".python-version", None, ": there is no .python-version\n    Write it: uv python pin"),
        ("uv.lock", None, ": there is no uv.lock\n    Write it: uv lock --project"),
        ("uv.lock", "[[", "/uv.lock cannot be read: "),
        (".python-version", "pypy", "/.python-version: not 'pypy'\n    Name a version as in"),
    ],
    ids=["no version", "no lock file", "malformed lock file", "no version of CPython"],
)
def test_not_as_it_should_be(page: Workspace, name: str, content: str | None, said: str) -> None:
    """What is missing or malformed is told in one message, with the remedy."""
    file = page.root / "environments" / "small" / name
    file.unlink()
    if content:
        file.write_text(content, "utf-8")
    done = page.verify()
    assert done.returncode == 2
    assert f"environments/small{said}" in done.stderr
    assert "Traceback" not in done.stderr


def test_name(page: Workspace) -> None:
    """An environment cannot be called as the build's own Python is."""
    environments = page.root / "environments"
    (environments / "small").rename(environments / "native")
    assert "environments/native: no environment can have this name" in page.verify().stderr


def test_unknown(declared: Workspace) -> None:
    """A page or a block that names none that there is fails there, and the other blocks are verified."""
    declared.write(
        "docs/page.md",
        "---\nenvironment: large\n---\n\n```python\nimport humanize\n```\n\n"
        '```python environment="tiny"\nimport humanize\n```\n\n'
        '```python environment="native"\nprint(1)\n#> 2\n```\n',
    )
    failures = [line for line in declared.verify().stderr.splitlines() if line.startswith("docs/")]
    assert failures == [
        "docs/page.md:2: there is no environment 'large'",
        "docs/page.md:9: there is no environment 'tiny'",
        "docs/page.md:15: printed '1', the page says '2' on native",
    ]


def test_cannot_be_had(page: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where uv fails, its words are told once, with the remedies; the next run begins anew."""
    pyproject = page.root / "environments" / "small" / "pyproject.toml"
    text = pyproject.read_text("utf-8")
    pyproject.write_text(text.replace("humanize", "humanise"), "utf-8")
    done = page.verify()
    assert done.returncode == 2
    assert done.stderr.count("the environment small cannot be had") == 1
    assert "or leave its blocks out: proven verify --without small" in done.stderr.lower()
    pyproject.write_text(text, "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("proven.toolchain.environments.shutil.which", lambda *_, **__: None)
        assert "there is no uv\n    Install it: pip install uv" in page.verify().stderr
    assert page.verify().returncode == 0


def test_left_out(page: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks that are left out are counted, and their page says why they were not run."""
    page.write("mkdocs.yml", "site_name: Numbers\nplugins: [proven]\n")
    done = page.verify("--without", "small")
    assert "0 failures\n2 blocks were left out: those of the environment small" in done.stderr
    assert not (page.root / ".proven" / "environments").exists()
    assert "no environment 'smal'" in page.verify("--without", "smal").stderr
    monkeypatch.setenv("PROVEN_WITHOUT", "small")
    built = page.command("mkdocs", "build")
    assert built.returncode == 0, built.stderr
    html = (page.root / "site" / "page" / "index.html").read_text("utf-8")
    assert html.count("Not run: the environment small is left out of this build") == 2
    monkeypatch.delenv("PROVEN_WITHOUT")
    built = page.command("mkdocs", "build")
    assert built.returncode == 0, built.stderr
    html = (page.root / "site" / "page" / "index.html").read_text("utf-8")
    assert "left out" not in html
    assert "Runs outside the browser only: it needs packages of the environment small." in html
    assert "on CPython 3.13 in environment small" in html


def test_list(page: Workspace) -> None:
    """The command lists what there is, what it holds, and whether it is installed."""
    done = page.command("proven", "environments")
    assert done.stdout == f"small: Python 3.13, not installed, 2 blocks\n    humanize {VERSION}\n"
    page.verify()
    done = page.command("proven", "environments")
    assert re.fullmatch(
        rf"small: .*, installed, [1-9]\d* MB, 2 blocks\n    humanize {VERSION}\n", done.stdout
    )


def test_confinement(declared: Workspace) -> None:
    """A block is confined in an environment as it is without."""
    acts = (CASES / "hostile" / "acts.md").read_text("utf-8")
    acts = acts.replace("$ROOT", str(declared.root)).replace("$HOME", str(Path.home()))
    declared.write("docs/page.md", acts)
    declared.write("docs/index.md", "---\nenvironment: native\n---\n")
    plain = declared.verify()
    declared.write("docs/index.md", "---\nenvironment: small\n---\n")
    confined = declared.verify()
    assert confined.returncode == 1
    said = [text.stderr.partition("Running blocks")[2] for text in (plain, confined)]
    assert said[1].replace(" on small", " on native") == said[0]


def test_versions() -> None:
    """What blocks import both natively and in a browser is of the same version, so that outputs are too."""
    project = Project.of(ROOT / "mkdocs.yml")
    (pyodide,) = [interpreter for interpreter in project.pyodides() if interpreter.name == BROWSER]
    lock = json.loads((Path(str(pyodide.folder)) / "pyodide-lock.json").read_text("utf-8"))
    versions = {name: package["version"] for name, package in lock["packages"].items()}
    versions |= {name: wheel.version for name, wheel in project.packages.wheels(BROWSER).items()}
    differing = {
        (environment.name, name): (version, versions[name])
        for environment in project.environments.values()
        for name, version in environment.packages.items()
        if versions.get(name, version) != version
    }
    assert differing == {}
