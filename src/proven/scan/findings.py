"""Violations of rules in files: `find(files, pack, settings) -> Report`."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from proven.scan import ast_grep, checkers, ignores, ruff
from proven.scan.checkers import Checker
from proven.scan.hits import Hit, Stopped
from proven.scan.pack import Pack, Rule
from proven.scan.settings import Settings
from proven.scan.source import NOTEBOOK, Source


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation of a rule."""

    rule: Rule
    hit: Hit
    code: str
    """The line that it begins on."""

    @property
    def harm(self) -> str:
        """One sentence: what our own detector says, or the rule's summary."""
        return self.hit.message if self.hit.tool == "ast-grep" else self.rule.summary


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment that was to let a finding pass, and is wrong or not needed."""

    path: str
    cell: int
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in some files."""

    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...]
    problems: tuple[str, ...]
    """What could not be checked, each with its place and what to do."""
    sources: Mapping[str, Source]
    """What could be, by path."""
    ignored: int = 0
    """How many findings a comment lets pass."""


def find(files: Sequence[str], pack: Pack, settings: Settings, types: Sequence[Checker] = ()) -> Report:
    """Check files.

    Args:
        files: Paths of Python files and notebooks.
        pack: The rules, and what finds violations of them.
        settings: Which of them count where.
        types: Type checkers to ask besides.

    Raises:
        Stopped: A tool cannot work, or a setting is wrong.
    """
    chosen = settings.chosen(pack)
    sources, problems = _read(files)
    notes = _notes(sources)
    findings: dict[tuple[str, int, int, str], Finding] = {}
    ignored = 0
    hits = _hits(sources, pack, chosen, types)
    for hit in sorted(hits, key=lambda hit: hit.place):
        rule = pack.rule(hit.tool, hit.code, chosen)
        source = sources[hit.path]
        if hit.code == ruff.UNREADABLE:
            problems.append(f"{hit.path}:{hit.span[0]}:{hit.span[1]}: cannot be parsed: {hit.message}")
        elif rule and not settings.ignores(Path(hit.path), rule.code):
            if _is_ignored(notes.get((hit.path, hit.cell), ()), source, hit, rule.code):
                ignored += 1
                continue
            key = (hit.path, hit.cell, hit.span[0], rule.code)
            former = findings.get(key)
            if former is None or (hit.edits and not former.hit.edits):
                findings[key] = Finding(rule, hit, source.line(hit.cell, hit.span[0]))
    remarks = _remarks(notes, _sought(pack, chosen, types))
    return Report(tuple(findings.values()), tuple(remarks), tuple(problems), sources, ignored)


def _notes(sources: Mapping[str, Source]) -> dict[tuple[str, int], list[ignores.Ignore]]:
    """The comments that let findings pass, by path and cell."""
    return {
        (path, cell): comments
        for path, source in sources.items()
        for cell, text in source.parts.items()
        if (comments := ignores.read(text))
    }


def _sought(pack: Pack, chosen: Sequence[str], types: Sequence[Checker]) -> set[str]:
    """The rules of which all findings are known: no tool that leads to them was left out."""
    asked = ("ruff", "ast-grep", *types)
    of_others = {
        code
        for tool, by_code in pack.detectors.items()
        if tool not in asked
        for covering in by_code.values()
        for code in covering
    }
    return {*chosen} - of_others


def _remarks(notes: Mapping[tuple[str, int], list[ignores.Ignore]], sought: set[str]) -> Iterator[Remark]:
    for (path, cell), comments in notes.items():
        for note in comments:
            if note.problem and (not note.codes or not note.reason or sought.issuperset(note.codes)):
                yield Remark(path, cell, note.line, note.problem)


def _read(files: Sequence[str]) -> tuple[dict[str, Source], list[str]]:
    sources, problems = {}, []
    for path in files:
        try:
            sources[path] = Source(path)
        except Stopped as problem:
            problems.append(str(problem))
    return sources, problems


def _hits(
    sources: Mapping[str, Source], pack: Pack, chosen: Sequence[str], types: Sequence[Checker]
) -> Iterator[Hit]:
    by_name = {name: path for path in sources for name in (path, str(Path(path).absolute()))}

    def ours(hits: Iterable[Hit]) -> Iterator[Hit]:
        for hit in hits:
            if path := by_name.get(hit.path) or by_name.get(str(Path(hit.path).absolute())):
                yield hit if path == hit.path else replace(hit, path=path)

    yield from ours(ruff.find(pack.codes("ruff", chosen), [*sources]))
    yield from ours(_of_patterns(sources, pack, chosen))
    for tool in types:
        wanted = pack.codes(tool, chosen)
        yield from (hit for hit in ours(checkers.find(tool, [*sources])) if hit.code in wanted)


def _of_patterns(sources: Mapping[str, Source], pack: Pack, chosen: Sequence[str]) -> Iterator[Hit]:
    """What ast-grep finds, which reads a cell as a file of its own."""
    wanted = set(pack.codes("ast-grep", chosen))
    if not wanted:
        return
    with tempfile.TemporaryDirectory(prefix="proven-") as name:
        folder = Path(name)
        rules = folder / "rules.yml"
        rules.write_text(pack.documents, "utf-8")
        cells: dict[str, tuple[str, int]] = {}
        for path, source in sources.items():
            for cell, text in source.parts.items() if path.endswith(NOTEBOOK) else ():
                file = folder / f"{len(cells)}.py"
                file.write_text(text, "utf-8", newline="")
                cells[str(file)] = (path, cell)
        files = [path for path in sources if not path.endswith(NOTEBOOK)]
        for hit in ast_grep.find(rules, [*files, *cells], pack.fixes):
            if hit.code in wanted:
                path, cell = cells.get(hit.path, (hit.path, 0))
                yield replace(hit, path=path, cell=cell)


def _is_ignored(notes: Iterable[ignores.Ignore], source: Source, hit: Hit, code: str) -> bool:
    """Whether a comment lets a finding pass: on its first line, or alone on the line above."""
    for note in notes:
        alone = source.line(hit.cell, note.line).lstrip().startswith("#")
        here = note.line == hit.span[0] or (alone and note.line == hit.span[0] - 1)
        if here and code in note.codes and note.reason:
            note.used = True
            return True
    return False
