"""The formats that the program brings itself."""

import json
from collections.abc import Iterable, Sequence

from converter.plugin import Row


class Json:
    """A list of objects."""

    name = "json"

    def write(self, rows: Sequence[Row]) -> str:
        """Return the rows as objects whose values are texts."""
        objects = [dict(row) for row in rows]
        return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


class Markdown:
    """A table with a head."""

    name = "markdown"

    def write(self, rows: Sequence[Row]) -> str:
        """Return the table; nothing for no rows, as there are no columns then."""
        if not rows:
            return ""
        columns = list(rows[0])
        lines = [columns, ["---"] * len(columns), *(row.values() for row in rows)]
        return "".join(map(_line, lines))


def _line(cells: Iterable[str]) -> str:
    escaped = (" ".join(cell.replace("|", r"\|").splitlines()) for cell in cells)
    return f"| {' | '.join(escaped)} |\n"
