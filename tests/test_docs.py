"""docs/: pytest-examples, as a second witness, runs native blocks and agrees with our verdict."""

import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path

import pytest
from pytest_examples import find_examples

from proven.check import results
from proven.collect.pages import read_pages
from proven.model import NATIVE, Block, Interpreter, Page, applicable
from proven.project import TIMEOUT, Project, write
from proven.run.cache import Known
from proven.run.pool import Runners
from proven.verify import runs
from proven.verify.plan import plan_blocks

from .conftest import Once
from .sampling import sampled
from .test_outputs import disagreement
from .workspace import Workspace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the witness gives each block a fork"),
]

OTHERS = {
    "console": "commands of a shell",
    "toml": "settings, which their own tools read",
}
"""Languages of native blocks that pytest-examples does not run, and why."""

EXCEPTIONS = tomllib.loads(Path(__file__).with_name("witness.toml").read_text("utf-8"))
"""Blocks that pytest-examples sees otherwise, by page and number, and what it cannot do."""


PATIENCE = 4 * TIMEOUT
"""Seconds for a block of pytest-examples', which waits for the disk when others are at work."""


@dataclass(frozen=True)
class Statement:
    """What pytest-examples says of a block."""

    page: str | None = None
    """The block with what it printed inserted; None where it did not come to an end."""
    error: str | None = None
    """The exception that ended it, as Python shows it."""

    def objection(self, block: Block) -> str:
        """How a block is not what its page says; empty where it is."""
        if self.page is None:
            return "does not come to an end"
        if not _is_declared(self.error, block.options.raises):
            return f"raises {self.error}, the page says {block.options.raises}"
        page = re.sub(r" +$", "", self.page, flags=re.MULTILINE)
        return "" if page == block.source else f"is\n{self.page}the page says\n{block.source}"


def _is_declared(error: str | None, wanted: str | None) -> bool:
    """Whether an exception begins as a block declares it, after the place that a syntax error has."""
    if error is None or wanted is None:
        return error == wanted
    first = next(line for line in error.splitlines() if not line.startswith(" "))
    return first.startswith(wanted) or re.sub(r"^(?:\w+\.)+(?=\w)", "", first).startswith(wanted)


def ask(blocks: list[Block], answers: Path) -> None:
    """Put blocks to pytest-examples, in a process without anything of Proven, which writes its answers."""
    sources = [
        [(source.file or "" if source.language == "file" else "", source.source) for source in block.sources]
        for block in blocks
    ]
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", Path(__file__).with_name("witness.py"), str(PATIENCE), answers],
        input=json.dumps(sources),
        capture_output=True,
        encoding="utf-8",
        errors="backslashreplace",
        check=False,
    )
    assert done.returncode == 0, done.stderr


def read(answers: Path) -> list[Statement]:
    """The answers, in the order of the blocks."""
    return [Statement(**answer) for answer in json.loads(answers.read_text("utf-8"))]


def own_verdicts(project: Project, pages: list[Page], native: list[Interpreter]) -> dict[str, list[str]]:
    """By address of a block that the interpreter of this test runs, what Proven says is wrong with it."""
    results_of = Known.of(project)
    with Runners(project) as runners:
        runs.run_missing(results_of, plan_blocks(pages, native), runners)
    return {
        block.address: [
            failure.message for failure in results.check(block, results_of.results(page, block, native))
        ]
        for page in pages
        for block in page.blocks
        if applicable(page, block, native)
    }


@pytest.fixture(scope="module")
def pages(verified: Project) -> list[Page]:
    """The pages of this site."""
    return read_pages(verified, verified.pages())


@pytest.fixture(scope="module")
def native(tools: Project) -> list[Interpreter]:
    """The interpreter of this test."""
    return [interpreter for interpreter in tools.interpreters() if interpreter.name == NATIVE]


@pytest.fixture(scope="module")
def some(pages: list[Page], once: Once) -> list[Page]:
    """A share of them."""
    chosen = once("some", lambda folder: write(folder, "\n".join(page.path for page in sampled(pages))))
    paths = chosen.read_text("utf-8").splitlines()
    return [page for page in pages if page.path in paths]


@pytest.fixture(scope="module")
def blocks(some: list[Page], native: list[Interpreter]) -> dict[str, Block]:
    """Their blocks that it runs, by page and number."""
    return {
        f"{page.path}#{block.number}": block
        for page in some
        for block in page.blocks
        if applicable(page, block, native)
    }


@pytest.fixture(scope="module")
def objections(blocks: dict[str, Block], once: Once) -> dict[str, str]:
    """What pytest-examples objects to in each block of Python, which is nothing in most."""
    asked = {name: block for name, block in blocks.items() if block.language not in OTHERS}

    def build(folder: Path) -> None:
        folder.mkdir()
        ask(list(asked.values()), folder / "answers.json")

    answers = read(once("witness", build) / "answers.json")
    return {name: said.objection(asked[name]) for name, said in zip(asked, answers, strict=True)}


@pytest.fixture(scope="module")
def verdicts(tools: Project, some: list[Page], native: list[Interpreter]) -> dict[str, list[str]]:
    """What Proven says is wrong with these blocks, by address: nothing."""
    return own_verdicts(tools, some, native)


def test_both_agree(verdicts: dict[str, list[str]], objections: dict[str, str]) -> None:
    """Each block prints and raises what its page says: for pytest-examples, and for us."""
    assert {address: failures for address, failures in verdicts.items() if failures} == {}
    unexpected = {name: text for name, text in objections.items() if text and name not in EXCEPTIONS}
    assert unexpected == {}, "\n".join(f"{name} {text}" for name, text in unexpected.items())


def test_every_exception_is_needed(
    pages: list[Page], blocks: dict[str, Block], objections: dict[str, str]
) -> None:
    """What is not put to pytest-examples, or seen otherwise by it, is what is listed: no less and no more."""
    assert EXCEPTIONS.keys() <= {f"{page.path}#{block.number}" for page in pages for block in page.blocks}
    assert {block.language for block in blocks.values()} <= {"python", *OTHERS}
    assert {name for name, text in objections.items() if text} == EXCEPTIONS.keys() & objections.keys()


def test_both_find_the_same(tools: Project, pages: list[Page]) -> None:
    """pytest-examples, which finds fences in a way of its own, has the same Python at the same lines."""
    written = [page for page in pages if not page.is_notebook]
    ours = {block.address: block.source for page in written for block in page.blocks if block.is_python}
    theirs = {
        f"{tools.name(example.path)}:{example.start_line}": example.source
        for example in find_examples(tools.docs)
    }
    assert theirs == ours


@pytest.mark.usefixtures("verdicts")
def test_every_output_is_noted_alike(tools: Project, pages: list[Page]) -> None:
    """What blocks print, on any interpreter where that is known, we note as pytest-examples does."""
    remembered = Known.of(tools)
    outcomes = [remembered.get(job) for job in plan_blocks(pages, tools.interpreters())]
    printed = {(output.text, output.indent) for outcome in outcomes if outcome for output in outcome.prints}
    assert [text for text in starmap(disagreement, sorted(printed)) if text] == []


def fence(code: str, options: str = "") -> str:
    """A block of Python."""
    return f"```python {options}\n{code}\n```\n\n"


WRONG = {
    "output": fence("print(1)\n#> 2"),
    "no-output": fence("print(1)"),
    "more-output": fence("print(1)\n#> 1\n#> 1"),
    "never-printed": fence("if False:\n    print(1)\n    #> 1"),
    "indentation": fence("if True:\n    print(1)\n#> 1"),
    "lines": fence('print("a\\nb")\n#> a\n#> b'),
    "type": fence("raise KeyError(1)", 'raises="ValueError"'),
    "message": fence("raise KeyError(1)", 'raises="KeyError: 2"'),
    "not-declared": fence("raise KeyError(1)"),
    "not-raised": fence("print(1)\n#> 1", 'raises="KeyError"'),
    "syntax": fence("return", 'raises="SyntaxError: invalid syntax"'),
    "before-it-raises": fence("print(1)\n#> 2\nraise KeyError", 'raises="KeyError"'),
    "continued": fence("x = 1") + fence("print(x)\n#> 2", "continues"),
    "end": fence("import os\n\nos._exit(0)"),
}
"""Pages whose last block is not what it says."""

RIGHT = {
    "output": fence("print(1)\n#> 1"),
    "turns": fence("for n in 1, 2:\n    print(n)\n    #> 1\n    #> 2\n    print(-n)\n    #> -1\n    #> -2"),
    "lines": fence('print("a\\nb")\n"""\na\nb\n"""'),
    "raised": fence("print(1)\n#> 1\nraise KeyError(1)", 'raises="KeyError: 1"'),
    "syntax": fence("return", """raises="SyntaxError: 'return' outside function\""""),
    "continued": fence("x = 1\nprint(x)\n#> 1") + fence("print(x)\n#> 1", "continues"),
    "script": fence("print(__name__)\n#> __main__"),
}


@pytest.mark.parametrize(("cases", "wrong"), [(WRONG, True), (RIGHT, False)], ids=["wrong", "right"])
def test_both_object(
    workspace: Workspace, native: list[Interpreter], cases: dict[str, str], wrong: bool
) -> None:
    """Where a block is not what its page says, pytest-examples objects, and so do we; else neither does."""
    for name, text in cases.items():
        workspace.write(f"docs/{name}.md", text)
    project, answers = Project.around(workspace.root), workspace.root / "answers.json"
    pages = read_pages(project, project.pages())
    last = [page.blocks[-1] for page in pages]
    ask(last, answers)
    theirs = {block.address: said.objection(block) for block, said in zip(last, read(answers), strict=True)}
    ours = own_verdicts(project, pages, native)
    said = {address: (text != "", ours[address] != []) for address, text in theirs.items()}
    assert said == dict.fromkeys(said, (wrong, wrong)), (theirs, ours)
