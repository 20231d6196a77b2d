"""What the documents list is made from the code: `UPDATE_CASES=1 uv run pytest tests/test_documents.py`."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from proven.project.package import NEWEST, OLDEST

from .conftest import CASES
from .golden import golden
from .workspace import ROOT

ENTRY = "__main__"


def packages() -> Iterator[str]:
    """A table of the packages, from the top down, by the first sentence of each."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    yield from ("| package | |", "| --- | --- |")
    for layer in settings["contracts"][0]["layers"]:
        for name in layer.split(" | "):
            if name != ENTRY:
                text = (ROOT / "src" / "proven" / name / "__init__.py").read_text("utf-8")
                sentence = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0].replace("\n", " ")
                yield f"| `{name}` | {sentence} |"


def faults() -> Iterator[str]:
    """A table of the catalogue of faults, by the first line of each."""
    yield from ("| what is wrong | file |", "| --- | --- |")
    for case in sorted((CASES / "faults").glob("*.txt")):
        title = case.read_text("utf-8").split("\n", 1)[0].replace("|", r"\|")
        yield f"| {title} | `{case.stem}` |"


TESTS = ROOT / "tests"
FILES = sorted(TESTS.rglob("test_*.py"))
FUNCTIONS = {name for file in FILES for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))}

RUN_CASES = (TESTS / "test_verify.py", TESTS / "test_hostile.py")
"""Their promises are shown by what they name, most of it cases."""

ELSEWHERE = {
    "SECURITY.md": ("test_hostile.py",),
    "maintaining/browser.md": ("browser/test_*.py", "test_checkers.py", "test_covered.py"),
    "maintaining/ci.md": ("annotate/test_*.py",),
}
"""The tests whose promises a document lists; maintaining/checks.md lists those of all others."""


def sources(document: str) -> list[Path]:
    """The tests whose promises a document lists, those of the cases first."""
    taken = {name: {file for glob in globs for file in TESTS.glob(glob)} for name, globs in ELSEWHERE.items()}
    others = set(FILES).difference(*taken.values())
    return sorted(taken.get(document, others), key=lambda file: (file not in RUN_CASES, file))


def promises(file: Path) -> Iterator[tuple[str, list[str]]]:
    """What the items in a test's docstring promise, and the cases and tests that show it."""
    text = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    items = re.sub(r"\n  +", " ", text)
    own = [] if file in RUN_CASES else [file.relative_to(TESTS).as_posix()]
    for promise, named in re.findall(r"^- (.+?)(?: \(((?:`[^`]+`,? ?)+)\))?$", items, re.MULTILINE):
        yield promise, [*own, *re.findall("`(.+?)`", named)]


def promised(document: str) -> Iterator[str]:
    """A table of what the tests of a document promise."""
    yield from ("| promise | shown by |", "| --- | --- |")
    for file in sources(document):
        for promise, shown in promises(file):
            yield f"| {promise} | {', '.join(f'`{name}`' for name in shown)} |"


MADE: list[tuple[str, str, Callable[[], Iterator[str]]]] = [
    ("README.md", "packages", packages),
    ("maintaining/architecture.md", "packages", packages),
    ("maintaining/checks.md", "faults", faults),
    *[(name, "promises", partial(promised, name)) for name in ("maintaining/checks.md", *ELSEWHERE)],
]
"""The documents with a table that is made, the name of its place, and what makes it."""


@pytest.mark.parametrize(("name", "place", "rows"), MADE)
def test_made(name: str, place: str, rows: Callable[[], Iterator[str]]) -> None:
    """A table between two comments says what the code says."""
    file = ROOT / name
    start, end = f"<!-- {place} -->", f"<!-- /{place} -->"
    before, rest = file.read_text("utf-8").split(start)
    table = "\n".join(rows())
    golden(file, f"{before}{start}\n\n{table}\n\n{end}{rest.split(end)[1]}")


def test_shown() -> None:
    """Every case and test that a promise names is there."""
    names = {name for file in FILES for _, shown in promises(file) for name in shown}
    cases = [file.relative_to(CASES).with_suffix("") for file in CASES.rglob("*.*")]
    missing = {name for name in names if not is_test(name) and not any(case.match(name) for case in cases)}
    assert missing == set()


def is_test(name: str) -> bool:
    """Whether there is a test, or a file of tests, of this name."""
    return name in FUNCTIONS or any(file.match(name) for file in FILES)


DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CHECKING.md", "CONTRIBUTING.md", "SECURITY.md", "USING.md")),
    *sorted((ROOT / "maintaining").glob("*.md")),
]


MODULES = [file for pattern in ("src/**/*.py", "src/**/*.ts", "tests/**/*.py") for file in ROOT.glob(pattern)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links(document: Path) -> None:
    """Every file that a document links to is there, as is each path, module and test that it names."""
    text = document.read_text("utf-8")
    linked = [document.parent / path for path in re.findall(r"\]\(([^)#:]+)\)", text)]
    paths = re.findall(r"`((?:src|tests|benchmarks|docs|\.github)/[\w./-]+\.\w+)`", text)
    assert [path for path in (*linked, *map(ROOT.joinpath, paths)) if not path.exists()] == []
    modules = re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:py|ts))`", text)
    assert [name for name in modules if not any(file.match(name) for file in MODULES)] == []
    assert [name for name in re.findall(r"`(test_\w+)`", text) if name not in FUNCTIONS] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_addresses_of_blocks(document: Path) -> None:
    """The address of a block, as in `docs/async/timeouts.md:30`, is the line of a fence."""
    for name, line in re.findall(r"(docs/[\w/-]+\.md):(\d+)\b(?!:)", document.read_text("utf-8")):
        lines = (ROOT / name).read_text("utf-8").splitlines()
        assert lines[int(line) - 1].startswith("```"), f"{name}:{line}"


@pytest.mark.parametrize("name", ["README.md", "USING.md", "mkdocs.yml", "docs/index.md"])
def test_versions(name: str) -> None:
    """A text that says which versions blocks run on says the oldest and the newest of package.json."""
    text = " ".join((ROOT / name).read_text("utf-8").split())
    assert set(re.findall(r"3\.\d+ to 3\.\d+", text)) == {f"{OLDEST} to {NEWEST}"}, name
