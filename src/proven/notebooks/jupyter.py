"""Notebooks of Jupyter's as Markdown, `read(path, text)`, and with other outputs, `write(text, results)`.

What it takes from a cell besides its code is what the file says of its last run. The format:
https://nbformat.readthedocs.io/en/latest/format_description.html
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from proven.model import Failure, Failures, Place, Result
from proven.notebooks.notebook import Notebook

_KEY = re.compile(r'^( +)"cell_type":', re.MULTILINE)
_MAGIC = re.compile(r"^(\s*)([%!].*)$", re.MULTILINE)
_FENCE = re.compile(r"^(`{3,}|~{3,}) *\{?\.?(python|pycon)\b", re.MULTILINE)
_OURS = ("stream", "execute_result", "error")
"""The outputs that are compared; pictures and the like are left as they are."""
_PYTHON = "python"
_SAVE = "Save it with Jupyter, in version 4 of its format."
_SKIP = "skip-execution"
"""The tag of a cell that is not to be run, as MyST has it."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as JSON has it, and the line at which its source begins, counted from 1."""

    told: dict[str, Any]
    line: int

    @property
    def source(self) -> str:
        return _text(self.told["source"])

    @property
    def was_run(self) -> bool:
        """Whether its outputs are known, though there may be none."""
        return self.told.get("execution_count") is not None or bool(self.outputs)

    @property
    def outputs(self) -> list[dict[str, Any]]:
        return list(self.told.get("outputs", ()))


def read(path: str, text: str) -> Notebook:
    """A notebook as a page.

    Args:
        path: The notebook's name in messages.
        text: Its JSON.

    Raises:
        Failures: It is not a notebook of version 4.
    """
    lines: list[str] = []
    places: list[Place] = []
    stored: dict[int, str] = {}
    is_first = True
    cells, language = _cells(path, text)
    for cell in cells:
        made = _of_code(cell, language, is_first) if cell.told["cell_type"] == "code" else _of_text(cell)
        lines += [*made, ""]
        places += [(path, cell.line + number) for number in range(len(made) + 1)]
        if cell.told["cell_type"] == "code" and made:
            is_first = False
            if cell.was_run:
                stored[cell.line] = _shown(cell)
    return Notebook("\n".join(lines), tuple(places), stored)


def write(text: str, results: Mapping[int, Result]) -> str:
    """A notebook with what its cells have shown now, in the form in which Jupyter writes it.

    Args:
        text: Its JSON.
        results: What cells did, by the line at which they begin.
    """
    whole = json.loads(text)
    changed = False
    for told, cell in zip(whole["cells"], _cells("", text)[0], strict=True):
        result = results.get(cell.line)
        if result and cell.was_run and not _agrees(cell, result):
            others = [output for output in cell.outputs if output["output_type"] not in _OURS]
            data = {"text/plain": result.value} if result.value else {}
            told["outputs"] = [*outputs(result, told.get("execution_count"), data), *others]
            changed = True
    return f"{json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False)}\n" if changed else text


def is_same(stored: str, shown: str) -> bool:
    """Whether a cell shows what is stored: IPython lays out the values of containers in lines of its own."""
    return "".join(stored.split()) == "".join(shown.split())


def _agrees(cell: _Cell, result: Result) -> bool:
    return is_same(_shown(cell), result.text) and _ended(cell) == str(result.error or "")


def _cells(path: str, text: str) -> tuple[list[_Cell], str]:
    """The cells of a notebook, in order, and the language of its code.

    Raises:
        Failures: It has none, or not as Jupyter writes them: each line in a line of its own.
    """
    try:
        whole = json.loads(text)
        cells = whole["cells"]
        kinds = [(cell["cell_type"], cell["source"]) for cell in cells]
        about = whole.get("metadata", {})
        kernel, info = about.get("kernelspec", {}), about.get("language_info", {})
        language = kernel.get("language") or info.get("name") or _PYTHON
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Failures([Failure(path, 1, f"not a notebook: {error!r}", _SAVE)]) from None
    indent = match[1] if (match := _KEY.search(text)) else ""
    key = f'{indent}"source":'  # outputs may have keys of this name too, farther in
    starts = [number for number, line in enumerate(text.split("\n"), 1) if line.startswith(key)]
    if len(starts) != len(kinds):
        raise Failures([Failure(path, 1, "its cells are not written line by line", _SAVE)])
    return [*map(_Cell, cells, starts)], language


def _of_text(cell: _Cell) -> list[str]:
    """The lines of a text: blocks in it are shown and not run, for the cells have no part in them."""
    return _FENCE.sub(r"\1text", cell.source).split("\n") if cell.told["cell_type"] == "markdown" else []


def _of_code(cell: _Cell, language: str, is_first: bool) -> list[str]:
    """The fence of a cell of code, which continues the one before it; other languages are not run."""
    code = cell.source.rstrip("\n")
    if not code.strip():
        return []
    tags = cell.told.get("metadata", {}).get("tags", ())
    error = _ended(cell).split("\n")[0].split('"')[0].strip()
    shows = any(output["output_type"] == "execute_result" for output in cell.outputs)
    words = [
        language.lower(),
        "" if is_first else "continues",
        f'raises="{error}"' if error else "",
        "value" if shows and not error else "",
        f'skip="its tag is {_SKIP}"' if _SKIP in tags else "",
    ]
    ticks = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 3)
    runs = _MAGIC.sub(r"\1# \2", code)  # as jupytext has them: IPython alone understands them
    said = words if words[0] == _PYTHON else words[:1]
    fence = [ticks + " ".join(word for word in said if word), *runs.split("\n"), ticks]
    return [*fence, *(line for output in cell.outputs for line in _picture(output))]


def _picture(output: dict[str, Any]) -> Iterator[str]:
    """A picture that is stored; the page shows it, and says that it is not compared."""
    data = output.get("data", {})
    for kind in ("image/svg+xml", "image/png"):
        if kind in data:
            told = "".join(_text(data[kind]).split())
            if kind.endswith("xml"):
                told = b64encode(_text(data[kind]).encode()).decode()
            alt = escape(_text(data.get("text/plain", "")), quote=True).replace("\n", " ")
            caption = "Stored in the notebook, and not verified."
            yield from ("", f'<figure><img alt="{alt}" src="data:{kind};base64,{told}">')
            yield f"<figcaption>{caption}</figcaption></figure>"
            return


def _shown(cell: _Cell) -> str:
    """What a cell has printed, and the value that it has ended in."""
    printed = "".join(
        _text(output["text"])
        for output in cell.outputs
        if output["output_type"] == "stream" and output["name"] == "stdout"
    )
    values = (_value(output) for output in cell.outputs if output["output_type"] == "execute_result")
    return printed + "".join(f"{value}\n" for value in values)


def _value(output: dict[str, Any]) -> str:
    return _text(output["data"].get("text/plain", ""))


def _ended(cell: _Cell) -> str:
    """The exception that has ended a cell; empty if none has."""
    ends = (f"{output['ename']}: {output['evalue']}" for output in cell.outputs if "ename" in output)
    return next(ends, "").removesuffix(": ")


def outputs(result: Result, count: int | None, data: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """What a cell has shown, as a notebook of Jupyter's stores it.

    Args:
        result: What it did.
        count: The number of its run.
        data: What it showed in the end, by media type.
    """
    for name, text in (("stdout", result.stdout), ("stderr", result.stderr)):
        if text:
            yield {"name": name, "output_type": "stream", "text": text.splitlines(keepends=True)}
    if data:
        lines = {kind: text.splitlines(keepends=True) for kind, text in data.items()}
        kind = {"execution_count": count, "output_type": "execute_result"}
        yield {"data": lines, "metadata": {}, **(kind if result.value else {"output_type": "display_data"})}
    if error := result.error:
        traceback = error.traceback.rstrip("\n").split("\n")
        told = {"ename": error.type, "evalue": error.message, "traceback": traceback}
        yield {**told, "output_type": "error"}


def _text(told: str | list[str]) -> str:
    return told if isinstance(told, str) else "".join(told)
