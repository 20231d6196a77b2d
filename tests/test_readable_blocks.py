"""Which blocks Ruff and the type checkers are asked about: those that a parser reads."""

import pytest

from proven.check.lint import is_checked
from proven.collect.blocks import readable

CASES = {
    "refused by the compiler": ("return", "SyntaxError: 'return' outside function", True),
    "refused by the parser": ("return return", "SyntaxError: invalid syntax", False),
    "raises nothing": ("pass", None, True),
}


@pytest.mark.parametrize(("code", "raises", "wanted"), CASES.values(), ids=CASES)
def test_what_parses_is_checked(code: str, raises: str | None, wanted: bool) -> None:
    """A block that is there for its syntax error is read by Ruff where only the compiler refuses it."""
    options = f' raises="{raises}"' if raises else ""
    (block,) = readable("docs/a.md", f"```python{options}\n{code}\n```\n").blocks
    assert is_checked(block) is wanted
