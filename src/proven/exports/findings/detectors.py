"""What finds violations of the rules: the site's detectors for ast-grep, and the set for `proven check`."""

from typing import Any

import yaml

from proven.exports.export import Export, Files
from proven.exports.schema import to_json
from proven.model import Pattern
from proven.rules.catalogue import Catalogue
from proven.rules.coverage import is_telling
from proven.scan.pack import FORM, NAME

FOLDER = "rules/ast-grep"
CONFIG = "rules/sgconfig.yml"


def make(catalogue: Catalogue) -> Files:
    """A file for each detector, the configuration that names their folder, and the set of rules."""
    own = [(pattern, catalogue.url(rule.path)) for rule in catalogue.rules for pattern in rule.page.patterns]
    if not own:
        return {NAME: pack(catalogue)}
    return {
        CONFIG: "ruleDirs:\n  - ast-grep\n",
        **{f"{FOLDER}/{pattern.id}.yml": _document(exported(pattern, url)) for pattern, url in own},
        NAME: pack(catalogue),
    }


def exported(pattern: Pattern, url: str) -> dict[str, Any]:
    """A detector as ast-grep reads it, with the address of its rule in place of what only its page needs."""
    data = yaml.safe_load(pattern.text)
    del data["metadata"]
    if pattern.fix:
        data["metadata"] = {"fix": pattern.fix}
    return {**data, "url": url}


def _document(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)


def pack(catalogue: Catalogue) -> str:
    """The rules, and what leads to them: what `proven check` reads."""
    detectors: dict[str, dict[str, list[str]]] = {}
    for detector, covering in catalogue.by_detector.items():
        if is_telling(detector, len(covering)):
            codes = [rule.code for rule in covering]
            detectors.setdefault(detector.tool, {})[detector.code] = codes
    patterns = [(pattern, rule) for rule in catalogue.rules for pattern in rule.page.patterns]
    named = {code for by_code in detectors.values() for codes in by_code.values() for code in codes}
    data: dict[str, Any] = {
        "form": FORM,
        "version": catalogue.version,
        "site_url": catalogue.site_url,
        "rules": {
            rule.code: {
                "title": rule.title,
                "summary": rule.summary,
                "level": rule.level,
                "path": rule.path,
            }
            for rule in catalogue.rules
            if rule.code in named
        },
        "detectors": detectors,
        "fixes": {pattern.id: pattern.fix for pattern, _ in patterns if pattern.fix},
        "ast_grep": [exported(pattern, catalogue.url(rule.path)) for pattern, rule in patterns],
    }
    return to_json(data)


EXPORT = Export(
    path=NAME,
    title="Detectors",
    purpose="What finds violations of the rules: this file for `proven check --rules`, and, for "
    f"`ast-grep scan`, the detectors that no linter has, in `{FOLDER}/` with an `sgconfig.yml`.",
    make=make,
    example="proven check --rules {site} src",
)
