"""`mkdocs serve` as a writer meets it."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .small_site import rule
from .waiting import until
from .workspace import Workspace, declare

type Served = tuple[Workspace, str, Path]


@pytest.fixture
def served(small_site: Workspace, tmp_path: Path) -> Iterator[Served]:
    """`mkdocs serve` on a small site: the project, its address, and what it prints."""
    with serving(small_site, tmp_path / "serve.log") as url:
        yield small_site, url, tmp_path / "serve.log"


@contextmanager
def serving(project: Workspace, log: Path) -> Iterator[str]:
    """Serve a project; its address.

    Args:
        project: The project.
        log: Takes what the server prints.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    with log.open("wb") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address],
            cwd=project.root,
            env={**os.environ, "NO_COLOR": "1"},
            stdout=stream,
            stderr=stream,
        )
    try:
        until(lambda: "Serving on" in log.read_text("utf-8"), "serving")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait()


def get(url: str) -> str:
    """A page's text."""
    with urllib.request.urlopen(url, timeout=60) as response:
        text: str = response.read().decode()
        return text


def test_serve(served: Served) -> None:
    """A saved page is verified and shown anew; what is wrong is reported, and shown at the block."""
    project, url, log = served
    page = f"{url}/topic/one/"
    assert "<pre>1\n</pre>" in get(page)
    text = rule("PX901", "PX902")
    project.write("docs/topic/one.md", text.replace("print(1)\n#> 1", "print(5)\n#> 5"))
    until(lambda: "<pre>5\n</pre>" in get(page), "showing the change")
    project.write("docs/topic/one.md", text.replace("print(1)\n#> 1", "print(6)\n#> 7"))
    until(lambda: "one.md:24: printed '6', the page says '7'" in log.read_text("utf-8"), "the report")
    until(lambda: "printed &#39;6&#39;, the page says &#39;7&#39;" in get(page), "showing what is wrong")
    project.write("docs/topic/one.md", text.replace("[PX902]", "[PX999]"))
    until(lambda: "one.md:10: see-also names PX999" in log.read_text("utf-8"), "the report of a disagreement")
    project.write("docs/topic/one.md", text.replace("Because", "[Because](#wy)"))
    until(lambda: "the link to #wy names a fragment" in log.read_text("utf-8"), "the report of a link")
    project.write("docs/topic/one.md", text.replace("title: ", "title: [", 1))
    until(lambda: "one.md:4: front matter is not YAML" in log.read_text("utf-8"), "the report of a page")
    project.write("docs/topic/one.md", text)
    until(lambda: "<pre>1\n</pre>" in get(page), "recovering")


def test_notebook(small_site: Workspace, tmp_path: Path) -> None:
    """A notebook that is saved is shown anew."""
    front = "# ---\n# title: Count\n# summary: A notebook.\n# ---\n\n# %%\n"
    file = small_site.write("examples/notebooks/count.py", f"{front}print(1)\n#> 1\n")
    with serving(small_site, tmp_path / "serve.log") as url:
        assert "<pre>1\n</pre>" in get(f"{url}/notebooks/count/")
        file.write_text(f"{front}print(2)\n#> 3\n", "utf-8")
        until(lambda: "<pre>2\n</pre>" in get(f"{url}/notebooks/count/"), "showing the change")
        said = (tmp_path / "serve.log").read_text("utf-8")
        assert "examples/notebooks/count.py:8: printed '2', the page says '3'" in said


def test_environment(small_site: Workspace, tmp_path: Path) -> None:
    """The site is served while an environment is installed, then its blocks are run and shown."""
    declare(small_site)
    text = rule("PX901", "PX902").replace("print(1)\n#> 1", "print(humanize.intcomma(1000))\n#> 1,000")
    text = text.replace("python: ", "environment: small\npython: ", 1)
    small_site.write("docs/topic/one.md", text.replace("print(humanize", "import humanize\n\nprint(humanize"))
    with serving(small_site, tmp_path / "serve.log") as url:
        said = (tmp_path / "serve.log").read_text("utf-8")
        assert "Installing the environment small; its blocks are left out until then" in said
        until(lambda: "<pre>1,000\n</pre>" in get(f"{url}/topic/one/"), "running the block")
        assert "left out of this build" not in get(f"{url}/topic/one/")


def test_program(small_site: Workspace, tmp_path: Path) -> None:
    """A file of a program that is saved is shown anew, and the blocks of its page are run with it."""
    small_site.write("examples/shop/pyproject.toml", '[project]\nname = "shop"\n')
    small_site.write("examples/shop/src/shop.py", "def price():\n    return 5\n")
    front = "---\nprogram: shop\ntitle: Shop\nsummary: A shop.\n---\n# Shop\n\n"
    excerpt = "```excerpt\nsrc/shop.py#price\n```\n\n"
    small_site.write(
        "docs/shop.md", f"{front}{excerpt}```python\nimport shop\n\nprint(shop.price())\n#> 5\n```\n"
    )
    with serving(small_site, tmp_path / "serve.log") as url:
        assert '<span class="mi">5</span>' in get(f"{url}/shop/").partition("pp-excerpt")[2]
        small_site.write("examples/shop/src/shop.py", "def price():\n    return 6\n")
        until(lambda: '<span class="mi">6</span>' in get(f"{url}/shop/"), "showing the change")
        said = (tmp_path / "serve.log").read_text("utf-8")
        assert "docs/shop.md:16: printed '6', the page says '5'" in said
