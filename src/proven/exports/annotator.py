"""The program that names rules in reports of Ruff and of other tools, as one file."""

import json
from pathlib import Path

from proven.exports import annotate
from proven.exports.export import Export, Files
from proven.rules.catalogue import Catalogue
from proven.rules.coverage import is_telling


def rules_of(catalogue: Catalogue) -> annotate.Rules:
    """The rules that the program knows: of Ruff by code and by name, of type checkers by code.

    A code of a type checker that several rules show says little of each: it is left out.
    """
    rules: dict[str, dict[str, list[list[str]]]] = {}
    for detector, covering in catalogue.by_detector.items():
        if is_telling(detector, len(covering)):
            listed = [[rule.code, rule.title, rule.path] for rule in covering]
            rules.setdefault(detector.tool, {}).update({detector.code: listed, detector.name: listed})
    return rules


def make(catalogue: Catalogue) -> Files:
    """The program, with the rules of a site and its address."""
    source = Path(annotate.__file__).read_text("utf-8")
    for name, value in (
        ("RULES: Rules = {}\n", rules_of(catalogue)),
        (f'SITE = "{annotate.SITE}"\n', catalogue.site_url),
    ):
        before, after = source.split(f"\n{name}")
        source = f"{before}\n{name.partition(' = ')[0]} = {json.dumps(value, ensure_ascii=False)}\n{after}"
    return {"annotate.py": source}


EXPORT = Export(
    path="annotate.py",
    title="Annotations",
    purpose=(
        "Names the rules in what Ruff, mypy, Pyright and other tools have found, for GitHub, GitLab, "
        "reviewdog and code scanning. It takes Python 3.9 or newer, and nothing else."
    ),
    make=make,
    example="ruff check --output-format json | python annotate.py --format github",
)
