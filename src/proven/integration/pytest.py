"""pytest takes the pages of a project for test files: `pytest docs/async/timeouts.md`.

pytest loads this module in every run of whoever has the package installed, so it
imports nothing of the package before a page is collected.
"""

import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from proven.integration.pytest_items import PageFile


_NOTEBOOKS = (".py", ".ipynb")

_address = re.compile(r"(.+\.(?:md|py|ipynb)):(\d+)")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of `proven verify`; their names must not be those of another plugin."""
    group = parser.getgroup("proven", "blocks of documentation pages")
    group.addoption(
        "--proven-interpreter",
        action="append",
        default=[],
        metavar="NAME",
        help="run blocks on this one only, as 3.14 or native; repeatable",
    )
    group.addoption(
        "--proven-timeout", type=float, metavar="SECONDS", help="how long one run of a block may take"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Take a block's address for its node: `docs/x.md:24` for `docs/x.md::24`."""
    for index, argument in enumerate(config.args):
        if (match := _address.fullmatch(argument)) and Path(config.invocation_params.dir, match[1]).is_file():
            config.args[index] = f"{match[1]}::{match[2]}"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "PageFile | None":
    """Collect a page of a project whose mkdocs.yml names the plugin, if its folder was asked for."""
    is_module = file_path.suffix == ".py" and parent.session.isinitpath(file_path)
    return None if is_module else _page(file_path, parent)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> "PageFile | None":
    """Take a notebook that an argument names for a page, and not for a module of tests."""
    return _page(module_path, parent)


def _page(file_path: Path, parent: pytest.Collector) -> "PageFile | None":
    if file_path.suffix not in (".md", *_NOTEBOOKS):
        return None
    located = _project(file_path.parent, file_path.suffix in _NOTEBOOKS)
    if located is None or not _asked_for(parent.config, located[1]):
        return None
    if file_path.suffix == ".py" and b"\n# %%" not in b"\n" + file_path.read_bytes():
        return None  # a module like others
    from proven.integration.pytest_items import PageFile

    return PageFile.from_parent(parent, path=file_path, root=located[0])


def _asked_for(config: pytest.Config, folders: Iterable[Path]) -> bool:
    """Whether an argument, or `testpaths`, names a folder of pages or something in it.

    A bare `pytest` in a project leaves its pages to the build.
    """
    names = (argument.partition("::")[0] for argument in config.args)
    asked = [Path(config.invocation_params.dir, name).resolve() for name in names]
    return any(path.is_relative_to(folder) for path in asked for folder in folders)


@cache
def _project(folder: Path, notebooks: bool) -> tuple[Path, list[Path]] | None:
    """The project that a folder is of, if it has pages or notebooks, and all folders that have."""
    for above in folder.resolve().parents:
        settings = above / "mkdocs.yml"
        if settings.is_file():
            pages = _pages(settings, notebooks)
            return (above, pages) if any(map(folder.resolve().is_relative_to, pages)) else None
    return None


def _pages(file: Path, notebooks: bool) -> list[Path]:
    """The folders of pages, or of notebooks, of a mkdocs.yml that names the plugin, or inherits that."""
    text = file.read_bytes()
    if b"proven" not in text and b"INHERIT" not in text:
        return []
    from proven.project.settings import read

    try:
        settings = read(file)
    except (OSError, ValueError):
        return []
    names = (settings.notebooks if notebooks else (settings.docs,)) if settings.used else ()
    return [Path(os.path.normpath(file.parent / name)) for name in names]
