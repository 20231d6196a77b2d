"""The command line, and the formats that the program brings."""

from pathlib import Path

import pytest
from conftest import Install

from converter.command import main


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return a table with characters that formats have to escape."""
    path = tmp_path / "table.csv"
    path.write_text('item,note\ntea,"a|b\nc"\n', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("json", '[\n  {\n    "item": "tea",\n    "note": "a|b\\nc"\n  }\n]\n'),
        ("markdown", "| item | note |\n| --- | --- |\n| tea | a\\|b c |\n"),
    ],
)
def test_a_table_is_converted(
    table: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, str(table)]) == 0
    assert capsys.readouterr().out == text


def test_a_table_without_rows_is_converted(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text("")
    assert main(["markdown", str(table)]) == 0
    assert main(["json", str(table)]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_problems_are_printed_and_cost_no_other_format(
    table: Path, install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    source = "class Plugin:\n    name = 'json'\n    def write(self, rows): return ''\n"
    install("converter_j", source, entry_points="json = converter_j:Plugin")
    assert main(["markdown", str(table)]) == 0
    assert "'json' is in more than one package" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "text"), [("yaml", "a\n1\n"), ("json", "a,b\n1\n"), ("json", "a,a\n1,2\n")]
)
def test_what_cannot_be_converted_is_an_error(
    table: Path, name: str, text: str
) -> None:
    table.write_text(text)
    with pytest.raises(SystemExit, match="1"):
        main([name, str(table)])
