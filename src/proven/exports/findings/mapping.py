"""Which rules cover what a tool reports: map.json and its schema.

All rules are named, also for a code that many share. assets/rules/map.json, which the browser
reads, names one rule to show beside a finding, and none where a code says little.
"""

from typing import Any

from proven.exports.export import Export, Files
from proven.exports.schema import described
from proven.rules.catalogue import Catalogue


def make(catalogue: Catalogue) -> Files:
    """map.json and map.schema.json."""
    tools: dict[str, dict[str, list[str]]] = {}
    for detector, rules in catalogue.by_detector.items():
        codes = [rule.code for rule in rules]
        tools.setdefault(detector.tool, {}).update({detector.code: codes, detector.name: codes})
    named = {code for by_code in tools.values() for codes in by_code.values() for code in codes}
    data: dict[str, Any] = {
        "version": catalogue.version,
        "site_url": catalogue.site_url,
        "tools": {tool: dict(sorted(by_code.items())) for tool, by_code in sorted(tools.items())},
        "rules": {
            rule.code: {"title": rule.title, "url": catalogue.url(rule.path)}
            for rule in catalogue.rules
            if rule.code in named
        },
    }
    return described("map", data, catalogue)


EXPORT = Export(
    path="map.json",
    title="Rules by what tools report",
    purpose="For each code and name that Ruff, mypy or Pyright report, the codes of the rules that "
    "explain it: for editors and for bots that comment on findings.",
    make=make,
    schema="map.schema.json",
    example="curl -s {site}map.json | jq '.tools.ruff.B006'",
)
