"""Name the rules that cover what Ruff, mypy, Pyright or any tool that writes SARIF 2.1.0 has found.

    ruff check --output-format json | python annotate.py --format github

A finding that a rule covers gets its code, title and address; all others pass through as they
are. This one file takes Python 3.9 or newer and nothing else, and asks no network.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, NamedTuple, NoReturn, TypeVar
from urllib.parse import quote, unquote

Rules = Mapping[str, Mapping[str, Sequence[Sequence[str]]]]
"""By tool, then by code and by name of its rule: code, title and path of each rule that covers it."""

Known = Callable[[], tuple[Rules, str]]
RULES: Rules = {}
SITE = "http://127.0.0.1:8000/"
HINT = "give what `ruff check --output-format json` prints, or SARIF 2.1.0"
STATUS = "The exit status is 2 when the report or an option cannot be used; else 0, whatever was found."
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
WINDOWS = re.compile(r"[A-Za-z]:[\\/]|\\\\")
HIDDEN = re.compile("[\0-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
ADDRESS = re.compile(r"https?://(\[[0-9A-Fa-f:.]+\]|[\w.-]+)(:[0-9]{1,5})?(/[\w.~!$&'()*+,;=:@%/-]*)?", re.A)
KINDS = {dict: "an object", list: "a list", str: "text", int: "a whole number"}
T = TypeVar("T")


class Wrong(Exception):
    """What cannot be used, where and why, and what to do."""

    def __init__(self, what: str, hint: str = HINT) -> None:
        super().__init__(f"{what}: {hint}")


class _Rule(NamedTuple):
    code: str
    label: str
    url: str

    @property
    def link(self) -> str:
        return f"[{_escaped(self.label)}](<{self.url}>)"


class _Finding(NamedTuple):
    tool: str
    id: str
    url: str
    level: str
    message: str
    path: str
    span: Sequence[int]
    """Line and column of its start and of its end, as the tool counts them, from 1; 0 is not known."""
    where: str
    rules: Sequence[_Rule]
    lines: Sequence[str]
    """What is said, then each rule that covers it."""
    edits: Sequence[tuple[Sequence[int], str]] = ()
    """What would mend it, if that is known: spans, and the text in place of each."""


class _Node(NamedTuple):
    """A value of a report, and its path there; None where there is nothing."""

    value: Any
    path: str = ""

    def at(self, *keys: str) -> _Node:
        node = self
        for key in keys:
            node = _Node(node.get(dict, {}).get(key), f"{node.path}.{key}".lstrip("."))
        return node

    def get(self, kind: type[T], default: T | None = None) -> T:
        if self.value is None and default is not None:
            return default
        if isinstance(self.value, kind) and not isinstance(self.value, bool):
            return self.value
        wrong = "is missing" if self.value is None else f"is not {KINDS[kind]}"
        raise Wrong(f"{self.path or 'the report'} {wrong}")

    def number(self, default: int | None = None) -> int:
        if (ordinal := self.get(int, default)) < 1 and self.value is not None:
            raise Wrong(f"{self.path} is {ordinal}, and counts from 1")
        return ordinal

    def items(self) -> list[_Node]:
        return [_Node(item, f"{self.path}[{number}]") for number, item in enumerate(self.get(list, []))]

    def item(self, place: _Node) -> _Node:
        number, items = place.get(int, -1), self.items()
        if number >= len(items):
            raise Wrong(f"{place.path} is {number}, and {self.path} has {len(items)} items")
        return items[number] if number >= 0 else _Node(None)


def _parse(data: bytes) -> _Node:
    """A report of any kind, as SARIF."""
    value = _decoded(data)
    report, entries = _Node(value), _Node(value if isinstance(value, list) else [value])
    keys = [entry.value for entry in entries.items() if isinstance(entry.value, dict)]
    if isinstance(value, dict) and "generalDiagnostics" in value:
        return _Node(_as_sarif("pyright", map(_from_pyright, report.at("generalDiagnostics").items())))
    if any("file" in given and "filename" not in given for given in keys):
        return _Node(_as_sarif("mypy", map(_from_mypy, entries.items())))
    if isinstance(value, list) or "filename" in value:
        return _Node(_as_sarif("ruff", map(_from_ruff, entries.items())))
    if report.at("version").value != "2.1.0" or report.at("runs").value is None:
        raise Wrong('the report is neither a list nor an object with "version": "2.1.0" and "runs"')
    return report


def _decoded(data: bytes) -> Any:
    """JSON, or a list of what stands on its lines."""
    try:
        try:
            value = json.loads(data)
        except ValueError:
            value = [json.loads(line) for line in data.splitlines() if line.strip()]
            if len(value) < 2:
                raise
        json.dumps(value, allow_nan=False)
    except ValueError as error:
        raise Wrong(f"the report is not JSON, {error}" if data.strip() else "the report is empty") from None
    return value if isinstance(value, list) else _Node(value).get(dict)


_Entry = tuple[dict[str, Any], str, str, str, dict[str, Any]]
"""Of a finding: what is declared of its rule, its level, message, path and region."""


def _as_sarif(tool: str, entries: Iterable[_Entry]) -> dict[str, Any]:
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for rule, level, message, path, region in entries:
        rules.setdefault(rule["id"], rule)
        where = _given({"artifactLocation": {"uri": to_uri(path)}, "region": region})
        result = {"ruleId": rule["id"], "ruleIndex": list(rules).index(rule["id"]), "level": level}
        locations = [{"physicalLocation": where}] if path else []
        results.append({**result, "message": {"text": message}, "locations": locations})
    run = {
        "tool": {"driver": {"name": tool, "rules": list(rules.values())}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _from_ruff(entry: _Node) -> _Entry:
    for keys in (("filename",), ("location",), ("code", "name")):
        if not any(key in entry.get(dict) for key in keys):
            raise Wrong(f"{entry.path}.{' or .'.join(keys)} is missing")
    name = entry.at("name").get(str, "invalid-syntax")  # had no name and no code in older versions
    code, url, said = entry.at("code").get(str, name), entry.at("url").get(str, ""), {"text": name}
    rule = {"id": code, "name": name, "shortDescription": said, "fullDescription": said, "helpUri": url}
    message, path, region = entry.at("message").get(str), entry.at("filename").get(str, ""), {}
    for key, place in (("start", entry.at("location")), ("end", entry.at("end_location"))):
        if place.value is not None:
            region[f"{key}Line"] = place.at("row").number()
            region[f"{key}Column"] = place.at("column").number()
    if cell := entry.at("cell").number(0):  # a line of a cell is another one of the notebook's file
        message = f"cell {cell}, line {region.get('startLine', 1)}: {message}"
        region = {"startLine": 1}
    level = {"warning": "warning", "info": "note"}.get(entry.at("severity").get(str, "error"), "error")
    return {**_given(rule), "help": {"text": url or name}}, level, message, path, region


def _from_mypy(entry: _Node) -> _Entry:
    code = entry.at("code").get(str, "note")
    level = "error" if entry.at("severity").get(str, "error") == "error" else "note"
    region = {}
    for name, line, column in (("start", "line", "column"), ("end", "end_line", "end_column")):
        if entry.at(line).get(int, -1) > 0:  # -1 is what mypy does not know; columns count from 0
            region[f"{name}Line"] = entry.at(line).get(int)
            if entry.at(column).get(int, -1) >= 0:
                region[f"{name}Column"] = entry.at(column).get(int) + 1
    return {"id": code}, level, entry.at("message").get(str), entry.at("file").get(str), region


def _from_pyright(entry: _Node) -> _Entry:
    level = {"error": "error", "warning": "warning"}.get(entry.at("severity").get(str), "note")
    region = {}
    for name in ("start", "end"):
        place = entry.at("range", name)
        if place.value is not None:
            region[f"{name}Line"] = place.at("line").get(int) + 1
            region[f"{name}Column"] = place.at("character").get(int) + 1
    rule = {"id": entry.at("rule").get(str, "error")}
    return rule, level, entry.at("message").get(str), entry.at("file").get(str), region


def _given(members: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in members.items() if value}


def to_uri(path: str) -> str:
    """A path as SARIF has it."""
    if WINDOWS.match(path):
        path = path.replace("\\", "/")
        return "file:" + quote(path if path.startswith("//") else f"///{path}", "/:", errors="replace")
    return ("file://" if path.startswith("/") else "") + quote(path, errors="replace")


def _path(uri: str) -> str:
    """The path that a URI of SARIF stands for; itself where it is no file's."""
    match = re.match(r"file:(?://([^/]*)(?=/))?/*(.*)", uri, re.IGNORECASE | re.DOTALL)
    if not match:
        return uri if SCHEME.match(uri) else unquote(uri)
    host, path = match[1] or "", unquote(match[2])
    if host.lower() not in ("", "localhost"):
        return f"\\\\{host}\\{path}"
    return path if WINDOWS.match(path) else f"/{path}"


@lru_cache(maxsize=10_000)
def _relative(path: str, roots: tuple[str, ...]) -> str:
    """A path from the first root that it is in, with slashes; else itself."""
    kind = PureWindowsPath if WINDOWS.match(path) else PurePosixPath
    for root in map(kind, roots):
        if root.is_absolute() and root in (kind(path), *kind(path).parents):
            return kind(path).relative_to(root).as_posix()
    return path


class _Run:
    def __init__(self, node: _Node, rules: Rules, site: str, roots: tuple[str, ...]) -> None:
        self.node, self.site, self.roots = node, site, roots
        self.driver = node.at("tool", "driver")
        self.tool = self.driver.at("name").get(str)
        self.catalogued = rules.get(self.tool.lower(), {})
        parts = [*node.at("tool", "extensions").items(), self.driver]
        self.declared = {rule.at("id").get(str): rule for part in parts for rule in part.at("rules").items()}

    def rule(self, result: _Node) -> _Node:
        """What the run declares of the rule that a result is of."""
        name = result.at("ruleId").get(str, "") or result.at("rule", "id").get(str, "")
        return self.declared.get(name) or self.driver.at("rules").item(result.at("ruleIndex"))

    def covering(self, result: _Node) -> list[_Rule]:
        """The site's rules that cover a result, by the code or the name of what found it."""
        rule = self.rule(result)
        nodes = (result.at("ruleId"), rule.at("id"), rule.at("name"), rule.at("properties", "name"))
        covered = [self.catalogued.get(node.value, []) for node in nodes if isinstance(node.value, str)]
        covering = next(filter(None, covered), [])
        return [_Rule(code, f"{code}: {title}", self.site + path) for code, title, path in covering]

    def findings(self) -> Iterator[_Finding]:
        """What was found and is neither gone nor suppressed, in the order of the report."""
        for result in self.node.at("results").items():
            rule = self.rule(result)
            name = result.at("ruleId").get(str, "") or rule.at("id").get(str, "")
            level = result.at("level").get(str, rule.at("defaultConfiguration", "level").get(str, "warning"))
            place = next(iter(result.at("locations").items()), _Node(None)).at("physicalLocation")
            path, region = self.path(place.at("artifactLocation")), place.at("region")
            span = [region.at(key).number(0) for key in ("startLine", "startColumn", "endLine", "endColumn")]
            url, rules = rule.at("helpUri").get(str, ""), self.covering(result)
            message = self.message(result, rule)
            where = ":".join(str(part) for part in (path, *span[:2]) if part)
            lines = [f"{name} {message}".strip(), *(f"{ours.label} {ours.url}" for ours in rules)]
            states = {
                suppression.at("status").get(str, "accepted")
                for suppression in result.at("suppressions").items()
            }
            kinds = {result.at("kind").get(str, ""), result.at("baselineState").get(str, "")}
            held = not states or states & {"underReview", "rejected"}
            if held and not kinds & {"pass", "notApplicable", "absent"}:
                edits = self.edits(result)
                yield _Finding(self.tool, name, url, level, message, path, span, where, rules, lines, edits)

    def edits(self, result: _Node) -> list[tuple[list[int], str]]:
        """The first fix of a result, if it stays within one file."""
        fix = next(iter(result.at("fixes").items()), _Node(None))
        (change, *others) = fix.at("artifactChanges").items() or [_Node(None)]
        edits = []
        for replacement in change.at("replacements").items() if not others else ():
            region = replacement.at("deletedRegion")
            keys = ("startLine", "startColumn", "endLine", "endColumn")
            span = [region.at(key).number(0) for key in keys]
            edits.append((span, replacement.at("insertedContent", "text").get(str, "")))
        return edits if all(all(span) for span, _ in edits) else []

    def message(self, result: _Node, rule: _Node) -> str:
        message = result.at("message")
        given = [argument.get(str) for argument in message.at("arguments").items()]
        if message.at("text").value is None:
            message = rule.at("messageStrings", message.at("id").get(str))
        places = re.compile(r"\{([0-9]{1,4})\}")
        return places.sub(lambda at: (given[int(at[1]) :] or [at[0]])[0], message.at("text").get(str))

    def path(self, location: _Node) -> str:
        if location.at("uri").value is None:
            location = self.node.at("artifacts").item(location.at("index")).at("location")
        uri, base = location.at("uri").get(str, ""), location.at("uriBaseId").get(str, "")
        whole = self.node.at("originalUriBaseIds", base, "uri").get(str, "")
        start = whole if whole.startswith("file:") and not SCHEME.match(uri) else ""
        return _relative(_path(start + uri), self.roots)

    def annotate(self) -> None:
        """Put links into what the run declares, and relative paths into what it found."""
        for result in self.node.at("results").items():
            if covering := self.covering(result):
                rule = self.rule(result)
                if rule.value is None:
                    rule = _Node({"id": result.at("ruleId").get(str)})
                    self.driver.value["rules"] = [*self.driver.at("rules").get(list, []), rule.value]
                    self.declared[rule.value["id"]] = rule
                _help(rule, covering)
        self.relocate(self.node.at("results").value)
        for artifact in self.node.at("artifacts").items():
            self.relocate({"artifactLocation": artifact.at("location").value})

    def relocate(self, value: Any) -> None:
        for part in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
            self.relocate(part)
        place = value.get("artifactLocation") if isinstance(value, dict) else None
        uri = place.get("uri") if isinstance(place, dict) else None
        if place and isinstance(uri, str) and (told := _relative(path := _path(uri), self.roots)) != path:
            place["uri"] = to_uri(told)


def _help(rule: _Node, covering: Sequence[_Rule]) -> None:
    """Put links into a rule's help in Markdown: where there is that, GitHub shows nothing else."""
    links = "".join(f"- {covered.link}\n" for covered in covering)
    help_, text = rule.at("help").get(dict, {}), rule.at("help", "text").get(str, "")
    markdown = rule.at("help", "markdown").get(str, _escaped(text))
    if links not in markdown:
        plain = text or "\n".join(f"{covered.label} {covered.url}" for covered in covering)
        rule.value["help"] = {**help_, "text": plain, "markdown": f"{links}\n{markdown}"}
        rule.value.setdefault("helpUri", covering[0].url)


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([!#-&(-+\--/<-@\[-`{-~])", r"\\\1", text)


def one_line(text: str) -> str:
    """Text on one line, with an escape for each character that steers a terminal or turns the line."""
    return HIDDEN.sub(lambda match: match[0].encode("unicode_escape").decode(), " ".join(text.split()))


def _code(text: str) -> str:
    """Text in which Markdown, HTML, mentions and numbers of issues mean nothing."""
    line = one_line(text)
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    return f"{fence} {line} {fence}" if "`" in line else f"{fence}{line}{fence}"


def _text(finding: _Finding) -> str:
    said, *rules = finding.lines
    where = f"{one_line(finding.where)}: " if finding.where else ""
    return f"{where}{one_line(said)}\n" + "".join(f"    {line}\n" for line in rules)


def _markdown(finding: _Finding) -> str:
    said = " ".join(_code(part) for part in (finding.where, finding.id, finding.message) if part)
    return f"- {said}\n" + "".join(f"    - {rule.link}\n" for rule in finding.rules)


def _github(finding: _Finding) -> str:
    """A workflow command, which takes columns of one line only."""
    line, column, end_line, end_column = finding.span if finding.path else (0, 0, 0, 0)
    place: dict[str, Any] = {"file": finding.path, "line": line, "endLine": end_line}
    if end_line in (0, line):
        place.update(col=column, endColumn=end_column)
    place["title"] = finding.rules[0].label if finding.rules else f"{finding.tool} ({finding.id})"
    properties = ",".join(f"{key}={_data(f'{value}', ':,')}" for key, value in _given(place).items())
    command = finding.level if finding.level in ("error", "warning") else "notice"
    message = _data("\n".join(finding.lines))
    return f"::{command} {properties}::{message}\n"


def _data(text: str, more: str = "") -> str:
    return one_line(re.sub(f"[%\r\n{more}]", lambda match: f"%{ord(match[0]):02X}", text))


def _rdjsonl(finding: _Finding) -> str:
    rule = next(iter(finding.rules), _Rule(finding.id, "", finding.url))
    diagnostic: dict[str, Any] = {
        "message": "\n".join(finding.lines) if finding.rules else finding.message,
        "location": _given({"path": finding.path, "range": _range(finding.span)}),
        "severity": {"error": "ERROR", "warning": "WARNING"}.get(finding.level, "INFO"),
        "source": {"name": finding.tool},
        "code": _given({"value": rule.code, "url": rule.url}),
    }
    if finding.edits:
        diagnostic["suggestions"] = [{"range": _range(span), "text": text} for span, text in finding.edits]
    return json.dumps(diagnostic, ensure_ascii=False) + "\n"


def _range(span: Sequence[int]) -> dict[str, Any]:
    start, end = (_given(dict(zip(("line", "column"), span[at:]))) for at in (0, 2))
    return _given({"start": start, "end": end})


def _gitlab(findings: Sequence[_Finding]) -> Iterator[dict[str, Any]]:
    """A Code Quality report; its fingerprints stay when lines move, and when rules cover more."""
    seen = Counter[str]()
    for finding in findings:
        same = json.dumps([finding.tool, finding.id, finding.path, finding.message])
        seen[same] += 1
        yield {
            "description": " ".join(
                [f"{finding.id}: {finding.message}", *(f"({line})" for line in finding.lines[1:])]
            ),
            "check_name": finding.id,
            "fingerprint": hashlib.sha256(f"{same} {seen[same]}".encode()).hexdigest(),
            "severity": {"error": "major", "warning": "minor"}.get(finding.level, "info"),
            "location": {"path": finding.path, "lines": {"begin": finding.span[0] or 1}},
        }


LINES = {"text": _text, "markdown": _markdown, "github": _github, "rdjsonl": _rdjsonl}
FORMATS = [*LINES, "gitlab", "sarif"]


class _Parser(ArgumentParser):
    def __init__(self, program: str) -> None:
        super().__init__(program, None, __doc__, STATUS, [], RawDescriptionHelpFormatter, allow_abbrev=False)
        self.add_argument("report", nargs="?", default="-", help="its file; default: standard input")
        self.add_argument("--format", choices=FORMATS, default="text", help="default: text")
        self.add_argument("--base-url", metavar="URL", help="the address of a mirror of the site")
        self.add_argument("--root", default=".", help="where paths start; default: this folder")

    def error(self, message: str) -> NoReturn:
        raise Wrong(message, f"see {self.prog} --help")


def render(report: Any, form: str, rules: Rules, site: str, root: str = ".") -> str:
    """A report in one of the forms, with the rules that cover its findings, and paths from a root."""
    roots = (root, str(Path(root).absolute()), os.path.realpath(root))
    runs = [_Run(node, rules, site, roots) for node in _Node(report).at("runs").items()]
    findings = [finding for run in runs for finding in run.findings()]
    for run in runs if form == "sarif" else ():
        run.annotate()
    if form in LINES:
        return "".join(map(LINES[form], findings)) or "No findings.\n" * (form == "markdown")
    value = list(_gitlab(findings)) if form == "gitlab" else report
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def main(arguments: Sequence[str], catalogued: Known | None = None, name: str = "annotate.py") -> int:
    """Read a report and write it, with the rules that cover its findings.

    Args:
        arguments: Those of the command line.
        catalogued: Gives the rules of the site, and its address; else they are those of this file.
        name: What this is called in messages.

    Returns:
        The exit status: 2 when the report or an option cannot be used, else 0.
    """
    try:
        options = _Parser(name).parse_args(arguments)
        form, mirror = options.format, options.base_url
        if mirror is not None and not ADDRESS.fullmatch(mirror):
            raise Wrong(f"--base-url {mirror!r} is no address", "give one like https://example.org/")
        data = sys.stdin.buffer.read() if options.report == "-" else Path(options.report).read_bytes()
        rules, home = catalogued() if catalogued else (RULES, SITE)
        output = render(_parse(data).value, form, rules, f"{(mirror or home).rstrip('/')}/", options.root)
        sys.stdout.buffer.write(output.encode("utf-8", "replace"))
        sys.stdout.flush()
    except (Wrong, OSError, RecursionError) as error:
        print(one_line(f"{name}: {error}"), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
