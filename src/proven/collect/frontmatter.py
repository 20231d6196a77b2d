"""Read and check a page's front matter, with the line of everything that is wrong."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from proven.model import CoursePart, Failure, Failures, Page, PageFront, Reference, RuleFront
from proven.project.trees import repeated_keys

_Loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def parse(path: str, text: str, rules: bool = True) -> RuleFront | PageFront:
    """The front matter of a page, checked against the schema of its kind.

    Args:
        path: The page's name in messages.
        text: The whole page.
        rules: Whether there are schemas; without rules only `python` and `environment` mean anything.

    Returns:
        What it says; a RuleFront where it gives a code.

    Raises:
        Failures: The YAML is malformed or does not fit the schema.
    """
    root, meta = read(path, text)
    held = [*_repeated(path, root), *_invalid(path, root, meta)] if root and rules else []
    failures = [*held, *(_bad_specifier(path, root, meta) if root else ())]
    if failures:
        raise Failures(sorted(failures))
    if rules:
        return _front(meta)
    return PageFront(python=str(meta.get("python", "")), environment=str(meta.get("environment", "")))


def _front(meta: dict[str, Any]) -> RuleFront | PageFront:
    """Front matter that fits its schema."""
    course = meta.get("course")
    common: dict[str, Any] = {
        **{key: meta.get(key, "") for key in ("title", "summary", "python", "environment")},
        "aliases": tuple(meta.get("aliases", ())),
    }
    if "code" not in meta:
        parts = course and tuple(CoursePart(part["heading"], tuple(part["rules"])) for part in course)
        return PageFront(
            **common, course=parts, generated=meta.get("generated", ""), program=meta.get("program", "")
        )
    detectors = meta.get("detectors", ())
    return RuleFront(
        **common,
        code=meta["code"],
        short=meta["short"],
        level=meta["level"],
        keywords=tuple(meta.get("keywords", ())),
        detectors=tuple(detector["ruff"] for detector in detectors),
        about=tuple(detector["ruff"] for detector in detectors if detector.get("about", True)),
        see_also=tuple(meta.get("see-also", ())),
        references=tuple(Reference(**reference) for reference in meta["references"]),
    )


def length(text: str) -> int:
    """How many lines of a page are front matter; they end in a newline."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return 0
    return next((number for number, line in enumerate(lines[1:], 2) if line.rstrip() == "---"), 0)


def read(path: str, text: str) -> tuple[yaml.Node | None, dict[str, Any]]:
    """The front matter of a page as YAML has it: its tree, for lines, and its keys and values.

    Raises:
        Failures: It is not a mapping in YAML.
    """
    source = _source(path, text)
    if source is None:
        return None, {}
    try:
        root = yaml.compose(source, Loader=_Loader)
        meta = yaml.load(source, Loader=_Loader) if root else {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise Failures(
            [
                Failure(
                    path, line, f"front matter is not YAML: {error.problem}", "Check indentation and quotes."
                )
            ]
        ) from None
    if root is None or not isinstance(meta, dict):
        raise Failures([Failure(path, 1, "front matter is not a mapping", "Write it as in `title: ...`.")])
    return root, meta


def fail(page: Page, keys: Sequence[str | int], message: str, remedy: str = "") -> Failure:
    """A failure at a value in a page's front matter, or at its start when the value is not there."""
    root, meta = read(page.path, page.text)
    return Failure(page.path, _line(root, keys) if root and keys[0] in meta else 1, message, remedy)


def _source(path: str, text: str) -> str | None:
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:index])
    raise Failures([Failure(path, 1, "front matter is never closed", "End it with a line of three dashes.")])


@cache
def schema(name: str) -> dict[str, Any]:
    """One of the committed JSON Schemas, by its file's stem."""
    loaded: dict[str, Any] = json.loads(
        files("proven").joinpath(f"schemas/{name}.schema.json").read_text("utf-8")
    )
    return loaded


def _invalid(path: str, root: yaml.Node, meta: dict[str, Any]) -> Iterator[Failure]:
    kind = "rule" if "code" in meta else "page"
    for error in Draft202012Validator(schema(kind)).iter_errors(meta):
        if error.validator == "additionalProperties":
            yield from _unknown_keys(path, root, error)
        else:
            where = ".".join(map(str, error.absolute_path))
            message = f"front matter: {where}: {error.message}" if where else f"front matter: {error.message}"
            yield Failure(path, _line(root, error.absolute_path), message, _description(error))


def _bad_specifier(path: str, root: yaml.Node, meta: dict[str, Any]) -> Iterator[Failure]:
    try:
        SpecifierSet(str(meta.get("python", "")))
    except InvalidSpecifier:
        yield Failure(
            path,
            _line(root, ["python"]),
            f"python: {meta['python']!r} is no version specifier",
            'Write it as in python: ">=3.11".',
        )


def _description(error: ValidationError) -> str:
    rules: Any = error.schema
    return str(rules.get("description", ""))


def _unknown_keys(path: str, root: yaml.Node, error: ValidationError) -> Iterator[Failure]:
    rules: Any = error.schema
    given: Any = error.instance
    properties = rules["properties"]
    for key in given:
        if key not in properties:
            line = _line(root, [*error.absolute_path, key])
            yield Failure(
                path, line, f"front matter: unknown key {key!r}", f"Known keys are {', '.join(properties)}."
            )


def _line(node: yaml.Node, keys: Sequence[str | int] | Any) -> int:
    """The page's line (front matter starts on line 2) of a value in the YAML tree."""
    line = node.start_mark.line
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == key), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
            line = node.start_mark.line
    return int(line) + 2


def _repeated(path: str, root: yaml.Node) -> Iterator[Failure]:
    for key in repeated_keys(root):
        line = key.start_mark.line + 2
        yield Failure(path, line, f"front matter: {key.value!r} is given twice", "Keep one.")
