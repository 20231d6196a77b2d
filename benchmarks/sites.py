"""Sites to measure: copies of the real one, and generated ones of any size."""

import shutil
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]

BLOCKS_A_PAGE = 10

BEFORE = """```python
def collect(item: int, into: list[int] = []) -> list[int]:
    into.append(item)
    return into


collect({n})
print(collect({n} + 1))
#> [{n}, {m}]
```
"""

PREFER = """```python
def collect(item: int, into: list[int] | None = None) -> list[int]:
    into = [] if into is None else into
    into.append(item)
    return into


collect({n})
print("{label}:", collect({m}))
#> {label}: [{m}]
```
"""

OTHERS = (
    """```python
import asyncio


async def double(number: int) -> int:
    await asyncio.sleep(0)
    return number * 2


async def main() -> None:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(double(one)) for one in range({n}, {n} + 3)]
    print([task.result() - {n} for task in tasks])
    #> [{n}, {n} + 2, {n} + 4]


asyncio.run(main())
```
""",
    """```python raises="ValueError: invalid literal for int() with base 10: 'x{n}'"
import json

settings = json.loads('{{"port": "x{n}"}}')
port = int(settings["port"])
```
""",
    """```pycon
>>> from dataclasses import dataclass
>>> @dataclass(frozen=True)
... class Point:
...     x: int
>>> Point({n})
Point(x={n})
```
""",
)


def block(number: int) -> str:
    """One block; no two of a site are alike."""
    text = OTHERS[number % len(OTHERS)]
    values = [number, number + 2, number + 4]
    return text.replace("[{n}, {n} + 2, {n} + 4]", str(values)).format(n=number)


def page(number: int) -> str:
    """A page of ten blocks, one of them under Prefer."""
    first = number * BLOCKS_A_PAGE
    shown = "\n".join(block(first + index) for index in range(2, BLOCKS_A_PAGE))
    before = BEFORE.format(n=first, m=first + 1)
    prefer = PREFER.format(n=first, m=first + 1, label="round 0")
    return (
        f"# Page {number}\n\n## Before\n\n{before}\n"
        f"## Prefer {{#prefer}}\n\n{prefer}\n## More {{#more}}\n\n{shown}"
    )


def share(folder: Path) -> None:
    """Make a folder a project that shares what the repository has installed and built."""
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    (folder / ".proven").mkdir()
    for name in ("node_modules", "snapshots", "theme", "packages"):
        (folder / ".proven" / name).symlink_to(ROOT / ".proven" / name, target_is_directory=True)


def copy(folder: Path) -> None:
    """The real site."""
    share(folder)
    for name in ("codes.toml", "addresses.txt"):
        shutil.copy(ROOT / name, folder)
    for name in ("docs", "environments", "examples"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".venv", "__pycache__"))


def copy_results(folder: Path) -> None:
    """What is known of the blocks of the real site, as far as it has been built."""
    for name in ("results", "tools", "mypy"):
        if (ROOT / ".proven" / name).is_dir():
            shutil.copytree(ROOT / ".proven" / name, folder / ".proven" / name)


def generate(folder: Path, blocks: int) -> None:
    """A site of so many blocks, ten a page."""
    share(folder)
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text("# Home\n", "utf-8")
    for number in range(blocks // BLOCKS_A_PAGE):
        (folder / "docs" / f"page{number}.md").write_text(page(number), "utf-8")


def plain(folder: Path) -> Path:
    """A configuration of Material alone for the site in a folder."""
    text = (folder / "mkdocs.yml").read_text("utf-8").replace("!!python/name:", "").replace("!ENV ", "")
    config = yaml.safe_load(text)
    config.pop("site_url")
    config["plugins"] = ["search"]
    config["theme"].pop("custom_dir")
    config.pop("extra_javascript")
    config["site_dir"] = "plain"
    kept = [name for name in config["markdown_extensions"] if "proven" not in str(name)]
    config["markdown_extensions"] = [*kept, "pymdownx.superfences"]
    file = folder / "plain.yml"
    file.write_text(yaml.safe_dump(config), "utf-8")
    return file
