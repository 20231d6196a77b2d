"""How `proven check` shows what it has found: to people, and in the forms that machines read."""

from __future__ import annotations  # rich takes long to import, and not all forms need it

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from proven.exports import annotate
from proven.scan.findings import Finding, Remark, Report

if TYPE_CHECKING:
    from rich.text import Text

    from proven.scan.source import Source

_TOOL = "Proven"
_NAMES = {"ruff": "Ruff", "ast-grep": "ast-grep", "mypy": "mypy", "pyright": "Pyright"}
_COMMENT = "proven-comment"
"""What a comment is reported as that is wrong, or not needed."""

_WIDTH = 120
"""Characters of a line of code that are shown."""

_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}


def show(report: Report, form: str, renamed: Mapping[str, str]) -> int:
    """Print a report; the exit status.

    Args:
        report: What was found.
        form: `text`, or one of those of `proven annotate`.
        renamed: What to call files that are not the user's own, by path.
    """
    for problem in report.problems:
        click.echo(annotate.one_line(_named(problem, renamed)), err=True)
    if form == "text":
        _show_text(report, renamed)
    else:
        rules = {finding.rule.code: finding.rule for finding in report.findings}
        catalogued = {_TOOL.lower(): {code: [[code, rule.title, rule.url]] for code, rule in rules.items()}}
        click.echo(annotate.render(_sarif(report, renamed), form, catalogued, ""), nl=False)
    if report.problems:
        return 2
    return 1 if report.findings or report.remarks else 0


def _named(text: str, renamed: Mapping[str, str]) -> str:
    for path, name in renamed.items():
        text = text.replace(path, name)
    return text


def _show_text(report: Report, renamed: Mapping[str, str]) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for finding in report.findings:
        text = _described(finding, report.sources[finding.hit.path], renamed)
        if console.is_terminal:
            console.print(text)
        else:
            click.echo(text.plain)
    for remark in report.remarks:
        where = f"{_path(remark.path, renamed)}:{_cell(remark.cell)}{remark.line}"
        click.echo(annotate.one_line(f"{where}: {remark.message}"))
    count = len(report.findings) + len(report.remarks)
    fixable = sum(bool(finding.hit.edits) for finding in report.findings)
    said = _counted(count, "finding") if count else "No findings"
    said += f", {fixable} with a fix" if fixable else ""
    said += f", {report.ignored} let pass by comments" if report.ignored else ""
    click.echo(f"{said} in {_counted(len(report.sources), 'file')}", err=True)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _described(finding: Finding, source: Source, renamed: Mapping[str, str]) -> Text:
    """A finding for people: place, rule, line, harm, what found it, link."""
    from rich.style import Style
    from rich.text import Text

    hit, rule = finding.hit, finding.rule
    path = _path(hit.path, renamed)
    text = Text(annotate.one_line(f"{path}:{_cell(hit.cell)}{hit.span[0]}:{hit.span[1]}"), Style(bold=True))
    if hit.path not in renamed:
        text.stylize(Style(link=Path(hit.path).absolute().as_uri()))
    text.append(" ").append(rule.code, Style(color=_COLOURS[rule.level], bold=True, link=rule.url))
    text.append(f" {annotate.one_line(rule.title)}\n", Style(bold=True))
    for line, style in _frame(finding, source):
        text.append(line[:9], "dim").append(f"{line[9:]}\n", style)
    fix = "" if not hit.edits else ", has a safe fix" if hit.is_safe else ", has an unsafe fix"
    said = "" if hit.tool == "ast-grep" else f": {annotate.one_line(hit.message)}"
    text.append(f"    {annotate.one_line(finding.harm)}\n")
    return text.append(f"    {_NAMES[hit.tool]} {hit.code}{said}{fix}\n    {rule.url}\n", "dim")


def _frame(finding: Finding, source: Source) -> Iterator[tuple[str, str]]:
    """The line, those around it, and what marks the place, each with its style; of long lines the part."""
    line, column, end_line, end_column = finding.hit.span
    first = max(0, column - _WIDTH // 2) if column > _WIDTH * 3 // 4 else 0
    for number in (line - 1, line, line + 1):
        text = source.line(finding.hit.cell, number)
        if number == line or text.strip():
            shown = text.expandtabs(1)[first : first + _WIDTH]
            shown = annotate.HIDDEN.sub("\N{REPLACEMENT CHARACTER}", shown)
            yield f"{'>' if number == line else ' '}{number:5} | {shown}".rstrip(), ""
        if number == line:
            end = min(end_column if end_line == line else len(text) + 1, first + _WIDTH)
            marks = " " * (column - 1 - first) + "^" * max(end - column, 1)
            yield f"       | {marks}", _COLOURS[finding.rule.level]


def _path(path: str, renamed: Mapping[str, str]) -> str:
    """A path from the current folder, where it is inside of that."""
    return renamed.get(path) or path.removeprefix(f"{Path.cwd()}{os.sep}")


def _cell(cell: int) -> str:
    return f"cell {cell}:" if cell else ""


def _sarif(report: Report, renamed: Mapping[str, str]) -> dict[str, Any]:
    rules = {finding.rule.code: finding.rule for finding in report.findings}
    driver = {
        "name": _TOOL,
        "rules": [
            {
                "id": code,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.summary},
                "helpUri": rule.url,
                "help": {"text": rule.url},
            }
            for code, rule in rules.items()
        ],
    }
    results = [*_results(report.findings, renamed), *map(_remark, report.remarks)]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": annotate.SCHEMA, "version": "2.1.0", "runs": [run]}


def _results(findings: Iterable[Finding], renamed: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    for finding in findings:
        hit = finding.hit
        said = f"{finding.harm} ({_NAMES[hit.tool]} {hit.code})"
        result = _result(finding.rule.code, finding.rule.level, said, hit.path, hit.cell, hit.span, renamed)
        fixes = [_fix(finding, renamed)] if hit.edits and not hit.cell else []
        yield {**result, **({"fixes": fixes} if fixes else {})}


def _fix(finding: Finding, renamed: Mapping[str, str]) -> dict[str, Any]:
    hit = finding.hit
    replacements = [
        {
            "deletedRegion": dict(
                zip(("startLine", "startColumn", "endLine", "endColumn"), edit.span, strict=True)
            ),
            "insertedContent": {"text": edit.text},
        }
        for edit in hit.edits
    ]
    place = {"uri": annotate.to_uri(_path(hit.path, renamed))}
    kind = "safe" if hit.is_safe else "unsafe"
    return {
        "description": {"text": f"The {kind} fix of {_NAMES[hit.tool]} {hit.code}"},
        "artifactChanges": [{"artifactLocation": place, "replacements": replacements}],
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return _result(_COMMENT, "warning", remark.message, remark.path, remark.cell, (remark.line, 1, 0, 0), {})


def _result(
    code: str, level: str, said: str, path: str, cell: int, span: tuple[int, ...], renamed: Mapping[str, str]
) -> dict[str, Any]:
    line, column, end_line, end_column = span
    region = {"startLine": line, "startColumn": column}
    if end_line:
        region |= {"endLine": end_line, "endColumn": end_column}
    if cell:  # a line of a cell is another one of the notebook's file
        said, region = f"cell {cell}, line {line}: {said}", {"startLine": 1}
    place = {"artifactLocation": {"uri": annotate.to_uri(_path(path, renamed))}, "region": region}
    return {
        "ruleId": code,
        "level": level,
        "message": {"text": said},
        "locations": [{"physicalLocation": place}],
    }
