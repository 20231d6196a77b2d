"""The table of what each version did, under blocks that are for different versions.

- Blocks that follow one another and are for different versions have a table of what each version did
"""

import re

from .workspace import Workspace, only

PART = "### What each version does\n\n"
OLDER = """```python python="<{0}" raises="ValueError: no <b>"
raise ValueError("no <b>")
```
"""
NEWER = """```python python=">={0}"
print("new")
#> new
```
"""


def test_alternatives(small_site: Workspace) -> None:
    """Blocks for different versions have a table of what each did; not where a version is left out."""
    only(small_site, "3.12", "3.13", "3.14", "native")
    page = small_site.root / "docs" / "topic" / "one.md"
    text, why = page.read_text("utf-8"), "Because the tests say so.\n"
    page.write_text(text.replace(why, f"{why}\n{PART}{OLDER.format(3.13)}\n{NEWER.format(3.13)}"), "utf-8")
    other = small_site.root / "docs" / "topic" / "two.md"
    apart = f"{why}\n{PART}{OLDER.format(3.13)}{NEWER.format(3.14)}"
    other.write_text(other.read_text("utf-8").replace(why, apart), "utf-8")
    done = small_site.command("mkdocs", "build")
    assert done.returncode == 0, done.stderr
    built = small_site.root / "site" / "topic"
    tables = re.findall(r"<table>.*?</table>", (built / "one" / "index.html").read_text("utf-8"), re.DOTALL)
    rows = [re.sub(r"<[^>]*>", "|", row) for row in re.findall(r"<tr>.*?</tr>", tables[0])]
    assert len(tables) == 1
    assert re.fullmatch(r"\|+3\.12\.\d+\|+ValueError: no &lt;b&gt;\|+", rows[1])
    assert re.fullmatch(r"\|+3\.13\..*, 3\.14\..*\|+new\|+", rows[2])
    assert "<table>" not in (built / "two" / "index.html").read_text("utf-8")
