"""The texts of files and of notebooks' cells, and changes to them."""

import json
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any

from proven.scan.hits import Edit, Stopped

NOTEBOOK = ".ipynb"


class Source:
    """A file of Python, or a notebook.

    Args:
        path: Where it is.

    Raises:
        Stopped: It cannot be read.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.lines: dict[int, list[str]] = {}
        self.notebook: dict[str, Any] | None = None
        try:
            self.content = Path(path).read_bytes()
            self.text = self.content.decode("utf-8-sig")
            if path.endswith(NOTEBOOK):
                self.notebook = json.loads(self.text)
            self.parts = self._parts()
        except UnicodeDecodeError as error:
            line = self.content[: error.start].count(b"\n") + 1
            raise Stopped(f"{path}:{line}: not UTF-8: save the file as UTF-8") from None
        except OSError as error:
            raise Stopped(f"{path}: cannot be read: {error.strerror}") from None
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
            raise Stopped(f"{path}: not a notebook: open it with Jupyter and save it") from None

    def _parts(self) -> dict[int, str]:
        """The text of each cell with code by its number; of a file, all of it as number 0."""
        if self.notebook is None:
            return {0: self.text}
        if self.notebook.get("metadata", {}).get("language_info", {}).get("name", "python") != "python":
            return {}
        return {
            number: cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
            for number, cell in enumerate(self.notebook["cells"], 1)
            if cell["cell_type"] == "code"
        }

    def line(self, cell: int, number: int) -> str:
        """A line; empty where there is none."""
        if cell not in self.lines:
            self.lines[cell] = self.parts.get(cell, "").split("\n")
        lines = self.lines[cell]
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""

    def is_among(self, cell: int, first: int, last: int, changed: Container[int]) -> bool:
        """Whether one of some lines is among those of the file that have changed.

        Of a cell, which stands in the file as JSON, a line counts as changed where one like it has.
        """
        if self.notebook is None:
            return any(number in changed for number in range(first, last + 1))
        written = self.text.split("\n")
        new = [line for number, line in enumerate(written, 1) if number in changed]
        lines = [self.line(cell, number) for number in range(first, last + 1)]
        as_json = {json.dumps(line, ensure_ascii=ascii_)[1:-1] for line in lines for ascii_ in (True, False)}
        return any(line and line in text for line in as_json for text in new)

    def mended(self, edits: Mapping[int, Iterable[Edit]]) -> str:
        """The file's text with edits made, by the cell that each is of; no two of a cell may overlap."""
        parts = {cell: _edited(self.parts[cell], chosen) for cell, chosen in edits.items()}
        if self.notebook is None:
            return parts.get(0, self.text)
        changed = json.loads(self.text)
        for cell, text in parts.items():
            was = changed["cells"][cell - 1]["source"]
            changed["cells"][cell - 1]["source"] = text if isinstance(was, str) else text.splitlines(True)
        indent = 1 if '\n "' in self.text else None
        end = "\n" if self.text.endswith("\n") else ""
        return json.dumps(changed, ensure_ascii=False, indent=indent) + end


def _edited(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made, from the end on."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def offset(line: int, column: int) -> int:
        return min(starts[min(line, len(starts)) - 1] + column - 1, len(text))

    pieces = [(offset(*edit.span[:2]), offset(*edit.span[2:]), edit.text) for edit in edits]
    for start, end, new in sorted(pieces, reverse=True):
        text = text[:start] + new + text[end:]
    return text
