"""What a search index says of rules: each result shows code, title and summary: `rewrite(folder, codes)`."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from proven.model import short


def label_rules(folder: Path, codes: Mapping[str, str]) -> None:
    """Let the search index of a built site name rules by their codes, also as people type them.

    A result shows those parts of its text that have a word of the query: the text of a rule is made one part.

    Args:
        folder: The built site.
        codes: The codes of rules by address: `async/timeouts/`.

    Raises:
        OSError: The disk does not take it.
    """
    file = folder / "search" / "search_index.json"
    if not file.is_file():
        return
    index = json.loads(file.read_text("utf-8"))
    docs = {entry["location"]: entry for entry in index["docs"]}
    for address, code in codes.items():
        if entry := docs.get(address):
            exceptions = docs.get(f"{address}#exceptions", {"text": ""})["text"]
            others = [short(code), *re.findall(rf"(?<={code}-)EX\d+", exceptions)]
            entry["title"] = f"{code} {entry['title']}"
            entry["text"] = f'<div class="pp-found">{entry["text"]}<p hidden>{" ".join(others)}</p></div>'
    file.write_text(json.dumps(index, separators=(",", ":")), "utf-8")
