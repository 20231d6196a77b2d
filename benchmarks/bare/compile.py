"""Runs inside Pyodide, and ends in a function that adds bytecode to a wheel, beside the sources.

Tracebacks and `inspect` need these. The bytecode is good for whatever time the sources have, and the same
each time it is made: https://peps.python.org/pep-0552/
"""

import importlib
import sys
from importlib.util import source_hash
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def compiled(source: str, target: str) -> None:
    """Copy a wheel, and compile each of its modules."""
    to_bytes = importlib._bootstrap_external._code_to_hash_pyc  # type: ignore[attr-defined]
    with ZipFile(source) as wheel, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for entry in wheel.infolist():
            content = wheel.read(entry)
            made.writestr(entry, content)
            folder, _, name = entry.filename.rpartition("/")
            if not name.endswith(".py"):
                continue
            try:
                code = compile(content, entry.filename, "exec", dont_inherit=True)
            except SyntaxError:
                continue  # a template, or for another version
            file = f"{folder}/__pycache__/{name[:-3]}.{sys.implementation.cache_tag}.pyc".lstrip("/")
            made.writestr(ZipInfo(file), to_bytes(code, source_hash(content), False), ZIP_DEFLATED)


compiled  # noqa: B018 - is what runPython() gives
