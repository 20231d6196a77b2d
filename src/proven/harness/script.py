"""What a script finds around it: its name, its file, and its folder on the path of imports."""

import os
import sys
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from types import ModuleType

NAME = "example.py"
"""What a block is called: relative, so that it is the same on every machine."""


class Folder(FileFinder):
    """Finds what a block has just written: clocks can be too coarse to tell that a folder has changed."""

    def find_spec(self, fullname: str, target: ModuleType | None = None) -> ModuleSpec | None:
        """The module's spec, if it is there by now."""
        self.invalidate_caches()
        return super().find_spec(fullname, target)


def settle(sources: list[dict[str, str]]) -> str:
    """Give the last of some sources, in the working directory, what Python gives a script; that directory.

    A `>>>` session has no file, as in the interactive interpreter.
    """
    folder, language = os.getcwd(), sources[-1]["language"]
    sys.dont_write_bytecode = True  # it would be taken for that of a module written anew in the same second
    sys.path[:] = [folder, *(entry for entry in sys.path if entry not in ("", folder))]
    lay_out(folder, sources)
    sys.path_importer_cache[folder] = Folder(folder, (SourceFileLoader, SOURCE_SUFFIXES))
    sys.argv = [NAME if language == "python" else ""]
    write(folder, sources)
    return folder


def lay_out(folder: str, sources: list[dict[str, str]]) -> None:
    """Write those sources that are files of a program; what is in its `src` can be imported."""
    files = {source["file"]: source["source"] for source in sources if source["language"] == "file"}
    for name, text in files.items():
        path = os.path.join(folder, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
    if any(name.startswith("src/") for name in files):
        sys.path.insert(1, os.path.join(folder, "src"))


def write(folder: str, sources: list[dict[str, str]]) -> None:
    """Write sources into the file of the script: for processes that a block starts, which import it anew."""
    if sources[-1]["language"] != "python":
        return
    texts = [source["source"] for source in sources if source["language"] == "python"]
    with open(os.path.join(folder, NAME), "w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write("\n".join(texts))
