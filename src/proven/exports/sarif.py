"""All rules as the rules of a tool in SARIF 2.1.0: rules.sarif, a log without results."""

from pathlib import PurePosixPath
from typing import Any

from proven.exports.export import Export, Files
from proven.exports.schema import to_json
from proven.render.escape import literal
from proven.rules.catalogue import Catalogue, site_title
from proven.rules.rule import LEVELS, Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def make(catalogue: Catalogue) -> Files:
    """rules.sarif."""
    driver: dict[str, Any] = {
        "name": site_title(catalogue),
        "semanticVersion": catalogue.version,
        "informationUri": catalogue.site_url,
        "rules": [_rule(rule, catalogue.url(rule.path)) for rule in catalogue.rules],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": []}
    return {"rules.sarif": to_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})}


def _rule(rule: Rule, url: str) -> dict[str, Any]:
    former = [name for name in rule.former if "/" not in name]
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.slug.split("-")),
        **({"deprecatedIds": former} if former else {}),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.summary},
        "helpUri": url,
        "help": {"text": _text(rule, url), "markdown": _markdown(rule, url)},
        "defaultConfiguration": {"level": rule.level},
        "properties": {"tags": ["python", str(PurePosixPath(rule.name).parent)]},
    }


def _text(rule: Rule, url: str) -> str:
    exceptions = [f"{exemption.code}: {exemption.text}" for exemption in rule.exemptions]
    return "\n".join([rule.summary, *exceptions, url])


def _markdown(rule: Rule, url: str) -> str:
    exceptions = [
        f"- [{exemption.code}]({url}#{exemption.code}): {literal(exemption.text)}"
        for exemption in rule.exemptions
    ]
    listed = ["Exceptions:\n\n" + "\n".join(exceptions)] if exceptions else []
    link = (
        f"[{rule.code}: {literal(rule.title)}]({url}) ({LEVELS[rule.level]}, Python {literal(rule.python)})"
    )
    return "\n\n".join([literal(rule.summary), *listed, link])


EXPORT = Export(
    path="rules.sarif",
    title="All rules in SARIF",
    purpose="The rules as a tool's rules, with levels, texts and links, and no results: "
    "for code scanning that is to name them.",
    make=make,
    example="curl -s {site}rules.sarif | jq '.runs[].tool.driver.rules[].id'",
)
