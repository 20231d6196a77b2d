"""Carry results from the machines that made them to the one that merges them.

An archive is a zip file: `about.json` says what it was made with, and each
`results/<key>.json` is a file of the cache. A key stands for all that a result
depends on, so merging is copying.
"""

import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from proven.model import Block, Failure, Interpreter, Page, Result, Unavailable
from proven.project import Project, Show
from proven.run.cache import Known, decode, encode
from proven.verify import verify
from proven.verify.plan import Plan, ask_tools, plan_blocks, plan_fixes
from proven.verify.shards import WHOLE, Shard
from proven.verify.verify import Report

FORMAT = 1
_ABOUT = "about.json"
_RESULT = re.compile(r"results/([0-9a-f]{64})\.json")


@dataclass(frozen=True, slots=True)
class Archive:
    """What a file of results says of itself."""

    file: Path
    shard: Shard
    locks: str
    code: str
    interpreters: dict[str, str]
    """What each interpreter was, by its name."""

    def results(self) -> Iterator[tuple[str, Result]]:
        """The results with their keys.

        Raises:
            Unavailable: The file is damaged, or something else is in it.
        """
        with _reading(self.file), zipfile.ZipFile(self.file) as archive:
            for name in archive.namelist():
                if match := _RESULT.fullmatch(name):
                    yield match[1], decode(archive.read(name).decode("utf-8"))
                elif name != _ABOUT:
                    raise ValueError(f"{name} does not belong there")


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise _useless(file, f"cannot be read as an archive of results: {error}") from None
    except (zipfile.BadZipFile, zlib.error) as error:
        raise _useless(file, f"is damaged: {error}") from None


def _useless(file: Path, problem: str) -> Unavailable:
    remedy = "Nothing was taken over. Make it anew: proven verify --shard 1/2 --export results-1.zip"
    return Unavailable(f"{file} {problem}\n    {remedy}")


def save(
    file: Path, project: Project, report: Report, interpreters: list[Interpreter], shard: Shard = WHOLE
) -> None:
    """Write the results of a verification, time-outs included, whole or not at all.

    Args:
        file: What to write.
        project: What the results depend on.
        report: The verification.
        interpreters: What it was made on.
        shard: Which part it is of.

    Raises:
        Unavailable: The disk does not take it.
    """
    about = {
        "format": FORMAT,
        "shard": str(shard),
        "locks": project.locks,
        "code": project.run_code,
        "interpreters": {interpreter.name: str(interpreter) for interpreter in interpreters},
    }
    try:
        with tempfile.TemporaryDirectory(prefix=".proven-", dir=file.parent) as folder:
            made = Path(folder) / file.name
            with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(_ABOUT, json.dumps(about))
                for job in report.plan:
                    if result := report.cached.get(job):
                        archive.writestr(f"results/{report.cached.key(job)}.json", encode(result))
            made.replace(file)
    except OSError as error:
        raise Unavailable(f"cannot write {file}: {error}\n    Mend that and start again.") from None


def read(paths: Iterable[Path], project: Project) -> list[Archive]:
    """What archives say of themselves, once they are all of this project and no shard is missing.

    Args:
        paths: Archives, or folders of them.
        project: What their results have to depend on.

    Raises:
        Unavailable: One is damaged or foreign, or a shard is missing.
    """
    files = [file for path in paths for file in (sorted(path.glob("*.zip")) if path.is_dir() else [path])]
    if not files:
        raise Unavailable(
            f"no *.zip in {', '.join(map(str, paths))}\n    Name the files that --export wrote."
        )
    archives = [_about(file) for file in files]
    for archive in archives:
        if archive.locks != project.locks:
            raise _useless(archive.file, "was made with other lock files than those here.")
        if archive.code != project.run_code:
            raise _useless(archive.file, "was made with another version of what runs blocks.")
    given = {archive.shard for archive in archives}
    wanted = {Shard(number, shard.total) for shard in given for number in range(1, shard.total + 1)}
    if missing := sorted(wanted - given):
        shards = ", ".join(map(str, missing))
        raise Unavailable(
            f"there is no archive of shard {shards}\n    Nothing was taken over. Name those of all shards."
        )
    return archives


def _about(file: Path) -> Archive:
    with _reading(file), zipfile.ZipFile(file) as archive:
        about = json.loads(archive.read(_ABOUT))
        if about["format"] != FORMAT:
            raise ValueError(f"it has format {about['format']}, not {FORMAT}")
        return Archive(
            file, Shard.parse(about["shard"]), about["locks"], about["code"], dict(about["interpreters"])
        )


def take(archives: list[Archive], cached: Known) -> int:
    """Take over all results, or none; how many there were.

    Raises:
        Unavailable: An archive is damaged.
    """
    for archive in archives:
        for _ in archive.results():
            pass
    count = 0
    for archive in archives:
        for key, result in archive.results():
            cached.put_under(key, result)
            count += 1
    return count


def judge(
    project: Project,
    archives: list[Archive],
    cached: Known,
    pages: list[Page],
    interpreters: list[Interpreter],
    progress: Show,
) -> list[Failure]:
    """Check every block of the pages by what is known, and say what is not; tools read what they have not.

    Raises:
        Unavailable: A tool does not start.
    """
    seen = ask_tools(project, pages, progress)()
    plan = {**plan_fixes(pages, seen, interpreters), **plan_blocks(pages, interpreters)}
    failures = [
        *_missing(archives, cached, plan),
        *verify.judge_runs(project, cached, pages, interpreters),
        *verify.judge_tools(cached, pages, seen, interpreters),
    ]
    return sorted(failures)


def _missing(archives: list[Archive], cached: Known, plan: Plan) -> Iterator[Failure]:
    """One failure for each interpreter on which a result is missing, at the first block without one."""
    lacking: dict[Interpreter, list[Block]] = {}
    for job, block in plan.items():
        if not cached.get(job):
            lacking.setdefault(job.interpreter, []).append(block)
    for interpreter, blocks in lacking.items():
        others = f", nor for {len(blocks) - 1} other blocks" if len(blocks) > 1 else ""
        remedy = f"{_reason(archives, interpreter)}\nRun here what is missing: proven verify"
        yield blocks[0].fail(None, f"no result on {interpreter.name} for this block{others}", remedy)


def _reason(archives: list[Archive], interpreter: Interpreter) -> str:
    others = [(archive.file, archive.interpreters.get(interpreter.name)) for archive in archives]
    for file, other in others:
        if other and other != str(interpreter):
            return f"{file} was made on {other}, here it is {interpreter}: use machines that are alike."
    for file, other in others:
        if other is None:
            return f"{file} was made without {interpreter.name}."
    return "The pages are not those that the shards ran: merge on the same commit."
