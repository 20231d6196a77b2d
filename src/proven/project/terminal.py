"""Messages and progress on the terminal."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from proven.model import Unavailable

if TYPE_CHECKING:
    from rich.console import Console


@cache
def console() -> Console:
    """Where messages go; made when there is one, for it takes its time."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show that something long is under way, and report what stops it in one message.

    Raises:
        Unavailable: A program failed, or the disk did.
    """
    try:
        with console().status(title) if console().is_terminal else _announced(title):
            yield
    except subprocess.CalledProcessError as error:
        raise Unavailable(f"{title}: failed\n{_advice(error.stderr or '')}") from None
    except OSError as error:
        raise Unavailable(f"{title}: {error}\n    Nothing was changed. Mend that and start again.") from None


@contextmanager
def _announced(title: str) -> Iterator[None]:
    console().print(title)
    yield


def _advice(stderr: str) -> str:
    said = [line[:300] for line in stderr.splitlines() if line.strip() and not line.startswith("npm warn")]
    text = "\n".join(f"    {line}" for line in said[:8])
    if any(
        code in stderr
        for code in ("ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN", "ECONNRESET", "E404")
    ):
        text += "\n    The interpreters and esbuild come from the npm registry, once."
        text += "\n    Check the network, or npm's `registry` setting."
    if "ENOSPC" in stderr:
        text += "\n    The disk is full: make room."
    return f"{text}\n    Nothing was changed."


@contextmanager
def progress(part: str = "") -> Iterator[Show]:
    """Show how far long work is, and on what part; nothing when there is nothing to do."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console(), transient=True, disable=not console().is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, total: int) -> None:
            if done == 0 and not console().is_terminal:
                console().print(f"{what}{part}: {total}")
            if what not in tasks:
                tasks[what] = bar.add_task(what + part)
            bar.update(tasks[what], completed=done, total=total)

        yield show


def quiet(what: str, done: int, total: int) -> None:
    """Show nothing of the progress."""


type Show = Callable[[str, int, int], None]
"""Told what is under way, and how much of it is done and to do; from any thread."""
