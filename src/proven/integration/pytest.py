"""pytest takes the pages of a project for test files: `pytest docs/async/timeouts.md`.

pytest loads this module in every run of whoever has the package installed, so it
imports nothing of the package before a page is collected.
"""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from proven.integration.pytest_items import PageFile


_address = re.compile(r"(.+\.md):(\d+)")


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
    if file_path.suffix != ".md":
        return None
    located = _project(file_path.parent)
    if located is None or not _asked_for(parent.config, located[1]):
        return None
    from proven.integration.pytest_items import PageFile

    return PageFile.from_parent(parent, path=file_path, root=located[0])


def _asked_for(config: pytest.Config, docs: Path) -> bool:
    """Whether an argument, or `testpaths`, names the docs folder or something in it.

    A bare `pytest` in a project leaves its pages to the build.
    """
    names = (argument.partition("::")[0] for argument in config.args)
    return any(Path(config.invocation_params.dir, name).resolve().is_relative_to(docs) for name in names)


@cache
def _project(folder: Path) -> tuple[Path, Path] | None:
    """The project in whose docs folder a folder is, and that docs folder."""
    for above in folder.resolve().parents:
        settings = above / "mkdocs.yml"
        if settings.is_file():
            docs = _docs(settings)
            return (above, docs) if docs and folder.resolve().is_relative_to(docs) else None
    return None


def _docs(file: Path) -> Path | None:
    """The docs folder of a mkdocs.yml that names the plugin, itself or in what it inherits from."""
    text = file.read_bytes()
    if b"proven" not in text and b"INHERIT" not in text:
        return None
    from proven.project.settings import read

    try:
        settings = read(file)
    except (OSError, ValueError):
        return None
    return file.parent / settings.docs if settings.used else None
