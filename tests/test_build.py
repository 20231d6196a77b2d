"""`mkdocs build` as a writer meets it."""

import json
import re
import shutil
import subprocess
import sys

from proven.project.package import BROWSER

from .small_site import FORGET, rule
from .workspace import FEW, ROOT, Workspace


def test_build(built_small: Workspace) -> None:
    """A plain strict build verifies, renders everything generated, and says nothing of Material's end."""
    assert "end of life" not in (built_small.root / "build.log").read_text("utf-8")
    html = (built_small.root / "site" / "topic" / "one" / "index.html").read_text("utf-8")
    for text in (
        "PX901",
        "A rule of the tests, long enough",
        'data-role="avoid"',
        "it needs threads",
        'href="https://docs.astral.sh/ruff/rules/mutable-argument-default/"',
        "B006",
        'href="../two/"',
        f"{BROWSER}.",
        "mypy ",
    ):
        assert text in html
    index = (built_small.root / "site" / "topic" / "index.html").read_text("utf-8")
    assert "Keep rule PX902 in *all* tests" in index
    assert re.search(r"</span></p>\s*<p>A rule of the tests, long enough", index)


def test_fix(built_small: Workspace) -> None:
    """A page says whether Ruff's fix is safe, from Ruff's own data, once it has been tried."""
    html = (built_small.root / "site" / "topic" / "one" / "index.html").read_text("utf-8")
    assert "It has a fix, which Ruff calls unsafe" in html


def test_unchanged_site_is_the_same(small_site: Workspace) -> None:
    """What a build remembers of the last one changes nothing in what it writes."""

    def build() -> dict[str, bytes]:
        assert small_site.command("mkdocs", "build").returncode == 0
        files = (small_site.root / "site").rglob("*.html")
        return {str(file): file.read_bytes() for file in files}

    first = build()
    assert build() == first
    shutil.rmtree(small_site.root / ".proven" / "results")
    assert build() == first
    (small_site.root / ".proven" / "site.json").write_text('{"key": ')
    assert build() == first


def test_edit_after_a_build(warm_site: Workspace) -> None:
    """A page that changes is verified and shown anew, next to pages that are remembered."""
    warm_site.write("docs/topic/two.md", rule("PX902", "PX901").replace("Because", "Only because"))
    done = warm_site.command("mkdocs", "build")
    assert "Verified 4 blocks, 0 runs" in done.stderr
    assert "Only because" in (warm_site.root / "site" / "topic" / "two" / "index.html").read_text("utf-8")
    warm_site.write("docs/topic/two.md", rule("PX902", "PX901", printed=2))
    done = warm_site.command("mkdocs", "build")
    assert done.returncode == 1
    assert "docs/topic/two.md:24: printed '2', the page says '1'" in done.stderr


def test_build_from_elsewhere(small_site: Workspace) -> None:
    """The configuration may be named by a path from another folder."""
    elsewhere = Workspace(small_site.root / "docs")
    done = elsewhere.command("mkdocs", "build", "--config-file", "../mkdocs.yml")
    assert done.returncode == 0, done.stderr
    assert (small_site.root / "site" / "topic" / "one" / "index.html").is_file()


def test_failing_block_keeps_the_site(warm_site: Workspace) -> None:
    """All failures are listed by file and line, the build exits non-zero, and the site is as it was."""
    warm_site.write("docs/topic/one.md", rule("PX901", "PX902", printed=2))
    warm_site.write("docs/topic/two.md", rule("PX902", "PX901", printed=3))
    before = sorted((warm_site.root / "site").rglob("*"))
    done = warm_site.command("mkdocs", "build")
    assert done.returncode == 1
    assert re.search(r"docs/topic/one.md:24: printed '2', the page says '1'\n    Mend", done.stderr)
    assert "docs/topic/two.md:24: printed '3', the page says '1'" in done.stderr
    assert sorted((warm_site.root / "site").rglob("*")) == before


def test_warm_build_runs_nothing(warm_site: Workspace) -> None:
    """A second build takes every result from the cache."""
    assert "0 runs" in warm_site.command("mkdocs", "build").stderr


def test_block_that_the_collector_does_not_see(small_site: Workspace) -> None:
    """A fence that only SuperFences takes for one stops the build, and leaves the last site."""
    small_site.write("site/index.html", "the last one")
    small_site.write("docs/index.md", "# Home page\n\nText:\n\n    ```python\n    print(1)\n    ```\n")
    done = small_site.command("mkdocs", "build")
    assert done.returncode != 0
    assert "docs/index.md:5: this would be shown as a block, and would not be verified" in done.stderr
    assert (small_site.root / "site" / "index.html").read_text("utf-8") == "the last one"


LANGUAGES = """# Home page

```python file="app.py"
print(1)
#> 1
```

```toml file="pyproject.toml"
[project]
name = "app"
version = "1.0"
```

```ini file="app.ini"
[app]
```

```yaml title="x.yml" hl_lines="2" linenums="7"
a: 1
b: 2
```

```console run
$ python app.py
1
```

```console
$ only shown
```

```rust title="main.rs"
fn main() {}
```
"""


def test_other_languages(small_site: Workspace) -> None:
    """Files show their names, what SuperFences knows goes on working, and no option is shown as text."""
    small_site.write("docs/index.md", LANGUAGES)
    done = small_site.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    html = (small_site.root / "site" / "index.html").read_text("utf-8")
    for name in ("app.py", "pyproject.toml"):
        assert f'<span class="pp-file">{name}</span>' in html
    for name in ("app.ini", "x.yml", "main.rs"):
        assert f'<span class="filename">{name}</span>' in html
    assert "Checked with validate-pyproject" in html
    assert '<span class="hll">' in html
    assert re.search(r'data-language="console">\s*<div[^>]*>\s*<div[^>]*><span class="pp-verified">', html)
    assert html.count("pp-actions") == 1
    assert "$ only shown" in re.sub(r"<[^>]*>", "", html)
    assert not re.search(r"```|file=|console run", html)


def test_data_that_the_collector_does_not_see(small_site: Workspace) -> None:
    """Data that only SuperFences takes for a block stops the build, as Python does."""
    small_site.write("docs/index.md", "# Home page\n\nText:\n\n    ```json\n    {}\n    ```\n")
    done = small_site.command("mkdocs", "build")
    assert done.returncode != 0
    assert "the page shows a block that" in done.stderr
    assert "Traceback" not in done.stderr


def test_default_address() -> None:
    """`mkdocs serve` serves where the README says."""
    done = subprocess.run(
        [sys.executable, "-c", "from mkdocs.config import load_config; print(*load_config().dev_addr)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["127.0.0.1", "8000"]


def test_data_of_a_block(built_small: Workspace) -> None:
    """What the script is given is what was verified; a block for native CPython alone has no version."""
    html = (built_small.root / "site" / "topic" / "one" / "index.html").read_text("utf-8")
    forget, native = map(json.loads, re.findall(r'class="pp-data">(.*?)</script>', html))
    assert forget == {
        "sources": [{"language": "python", "source": FORGET}],
        "changed": [1, 4, 5],
        "version": BROWSER,
        "stdout": "1\n",
        "errors": dict.fromkeys(FEW[:-1]),
    }
    assert (native["changed"], native["version"], native["errors"]) == ([1, 3, 4], "", {})


def test_an_unchanged_site_does_without_what_verifies(small_site: Workspace) -> None:
    """A warm build imports nothing that takes longer to load than the build."""
    page = small_site.root / "docs" / "index.md"
    page.write_text(f"{page.read_text('utf-8')}\n```toml\na = 1\n```\n", "utf-8")
    small_site.write(
        "examples/notebooks/one.py", "# ---\n# title: One\n# summary: It counts.\n# ---\n\n# %%\nn = 1\n"
    )
    small_site.command("mkdocs", "build")
    done = small_site.command("mkdocs", "build", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert done.returncode == 0, done.stderr
    assert "proven.markdown" in done.stderr
    slow = r"\| +(proven\.(collect\.blocks|rules|check|verify)|markdown_it|jsonschema|nbformat|pytest|mypy)\b"
    assert not re.search(slow, done.stderr)


def test_front_matter_says_where_a_page_is_verified(small_site: Workspace) -> None:
    """HTML and Markdown name the versions of the front matter, not those that were run before it changed."""

    def versions(name: str) -> list[str]:
        text = (small_site.root / "site" / "topic" / "one" / name).read_text("utf-8")
        verified = re.findall(r"Verified(?: |</summary><span>)on CPython ([^<.)]*\.[^<)]*)", text)[0]
        return re.findall(r"(3\.\d+)\.", verified)

    def build() -> list[list[str]]:
        done = small_site.command("mkdocs", "build")
        assert done.returncode == 0, done.stderr
        return [versions("index.html"), versions("index.html.md")]

    html, markdown = build()
    assert html == markdown
    native = f"3.{sys.version_info.minor}"
    assert set(html) == {*FEW[:-1], native}
    text = rule("PX901", "PX902")
    small_site.write("docs/topic/one.md", text.replace('">=3.11"', '">=3.13"'))
    narrowed, markdown = build()
    assert narrowed == markdown
    assert set(narrowed) == {BROWSER, native} - {"3.12"}
    small_site.write("docs/topic/one.md", text)
    assert build() == [html, html]
