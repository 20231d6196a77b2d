"""What is written, held against the file that shows it: `golden(file, text)`."""

import os
import re
from difflib import unified_diff
from pathlib import Path

import pytest

ANY = "<?>"
"""Stands in a file for what differs from time to time."""


def golden(file: Path, text: str) -> None:
    """Hold a text against a file; with UPDATE_CASES in the environment, write it there if it differs."""
    said = file.read_text("utf-8") if file.exists() else None
    if said is not None and re.fullmatch(".*".join(map(re.escape, said.split(ANY))), text):
        return
    if "UPDATE_CASES" in os.environ:
        file.write_text(text, "utf-8", newline="\n")
        return
    lines = unified_diff((said or "").split("\n"), text.split("\n"), str(file), "what there is", lineterm="")
    pytest.fail("\n".join(lines), pytrace=False)
