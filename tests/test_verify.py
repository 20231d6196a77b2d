"""Pages that are right, and every way to be wrong: tests/cases/verify/ and tests/cases/faults/.

`UPDATE_CASES=1 uv run pytest tests/test_verify.py` writes anew what a case prints;
read the difference before you commit it. `txtar.py` says how a case is written.

- A block runs without error on each interpreter that its `python=` and the page's `python:` admit
  (`raises-unexpected`, `exit-*`, `no-interpreter`)
- `#>` is what was printed, on each of them; nothing is left over (`output-*`, `differs-between-versions`,
  `wrong-on-one-interpreter`)
- The whole output comes in the same order on each of them (`differs-in-order`)
- What is different in each interpreter, the order of a set, an address, the time, a random number, is not
  stated as output (`differs-by-*`, `test_hostile.py`)
- `raises=` is the exception that ends the block (`raises-*`)
- Sessions give what they show (`session-*`)
- A block with `value` ends in an expression; its value is noted as output is, and its table is the same on
  each interpreter. One with `figure=` ends in a figure, which is that in the file beside its page, and has a
  text that stands for it (`show-options`, `value-*`, `table-differs`, `figure-differs`, `test_shown.py`)
- A console's commands print what it shows, on both streams, and exit with 0 or as `exit=` says
  (`console-*`, `test_cache.py`, `test_update.py`)
- `toml`, `json` and `yaml` parse, with no key given twice and no `NaN` in JSON; `raises=` is what refuses
  them (`data-*`)
- A `pyproject.toml` is accepted by validate-pyproject, and by Ruff, uv, mypy and pytest if it has a table
  for them; a table that nothing can check fails (`pyproject-*`)
- A block ends within 20 seconds, a console within 20 for each command, prints at most 200,000 characters,
  and ends by itself; the others go on (`console-timeout`, `loops-for-ever`, `floods`, `ends-the-interpreter`,
  `console-floods`)
- A block writes in its working directory only (`writes-files`)
- A block in WebAssembly does not reach JavaScript (`reaches-for-javascript`, `hostile/javascript`)
- mypy `--strict` and Pyright, in its standard mode, report on Prefer, and on any block with a mark, exactly
  what `# error: [code]`, `# revealed: type` and the marks of one of them say (`types-*`)
- Prefer is clean under the site's selection of Ruff rules; on Avoid nothing fires but the declared
  detectors, and each of those does (`lint-*`); an expression that is shown is of use (`lint-shown`)
- Avoid and Prefer are as `ruff format --line-length 79` writes them (`format-differs`)
- Where Ruff has a fix for what a declared detector finds, it silences the rule, and the mended block runs
  (`fix-*`)
- Each block under Avoid prints, raises, has a marked type error, or is found by a declared detector, unless
  the page has a section Measured (`roles-*`)
- Fences are closed, options known, and no Python or console goes unchecked because of another name
  (`fence-unclosed`, `option-*`, `data-options`, `console-malformed`, `continues-nothing`,
  `language-unchecked`)
- Front matter fits `src/proven/schemas/` (`front-matter-*`)
- Results and findings that are cut short, of another make, or read by two builds at once are not believed
  or shared by halves; a missing interpreter and a full disk are said in one message (`results-*`,
  `findings-cut-short`, `interpreter-missing`, `disk-full`, `test_cache.py`)
- A setting, an argument or a folder that cannot be used is told in one message, with the remedy
  (`configuration-malformed`, `interpreter-unknown`, `page-elsewhere`, `project-nowhere`, `shard-malformed`)
"""

import re
from pathlib import Path

import pytest

from .conftest import CASES
from .txtar import check
from .workspace import Workspace

LEAST = 40
"""How many faults there have to be."""

GOOD = sorted((CASES / "verify").glob("*.txt"))
FAULTS = sorted((CASES / "faults").glob("*.txt"))


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.stem)
def test_good(case: Path, workspace: Workspace) -> None:
    """What is right passes."""
    check(case, workspace)


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.stem)
def test_fault(case: Path, workspace: Workspace) -> None:
    """Each fault is reported at its place, with the way to mend it, and nothing else is lost."""
    check(case, workspace)


def test_catalogue() -> None:
    """The catalogue is as large as it is said to be, and every case of it fails somewhere."""
    assert len(FAULTS) >= LEAST
    for case in FAULTS:
        assert re.search(r"^exit [12]$", case.read_text("utf-8"), re.MULTILINE), case.stem
