"""All rules as data: rules.json and its schema."""

from collections import Counter
from pathlib import PurePosixPath
from typing import Any

from proven.exports.export import Export, Files
from proven.exports.schema import described
from proven.model import Interpreter, Page, RulePage
from proven.rules.catalogue import Catalogue, site_title
from proven.rules.ledger import Entry
from proven.rules.rule import Rule


def make(catalogue: Catalogue) -> Files:
    """rules.json and rules.schema.json."""
    data: dict[str, Any] = {
        "version": catalogue.version,
        "site": {"title": site_title(catalogue), "url": catalogue.site_url},
        "topics": [_topic(topic, catalogue) for topic in catalogue.topics],
        "rules": [_rule(rule, catalogue) for rule in catalogue.rules],
        "removed": [_removed(entry) for entry in catalogue.removed],
    }
    return described("rules", data, catalogue)


def _topic(topic: Page, catalogue: Catalogue) -> dict[str, Any]:
    members = [page for _, part in catalogue.site.course(topic) for page in part]
    return {
        "name": _folder(topic),
        "title": topic.title,
        "summary": topic.front.summary,
        "url": catalogue.url(topic.address),
        "markdown_url": catalogue.url(topic.markdown_address),
        "rules": [page.code for page in members if isinstance(page, RulePage)],
    }


def _folder(page: Page) -> str:
    return str(PurePosixPath(page.name).parent)


def _rule(rule: Rule, catalogue: Catalogue) -> dict[str, Any]:
    url = catalogue.url(rule.path)
    return {
        "code": rule.code,
        "title": rule.title,
        "summary": rule.summary,
        "level": rule.level,
        "python": rule.python,
        "topic": _folder(rule.topic),
        "name": rule.name,
        "url": url,
        "markdown_url": catalogue.url(rule.page.markdown_address),
        "detectors": [
            {"tool": detector.tool, "code": detector.code, "name": detector.name}
            | ({"url": detector.url} if detector.url else {})
            for detector in rule.detectors
        ],
        "exceptions": [
            {"code": exemption.code, "text": exemption.text, "url": f"{url}#{exemption.code}"}
            for exemption in rule.exemptions
        ],
        "aliases": list(rule.former),
        "see_also": list(rule.page.front.see_also),
        "keywords": list(rule.page.front.keywords),
        "references": [{"title": source.title, "url": source.url} for source in rule.page.front.references],
        "blocks": _blocks(rule, catalogue),
    }


def _blocks(rule: Rule, catalogue: Catalogue) -> dict[str, Any]:
    """How many blocks there are of each kind, and how many were verified where."""
    blocks = rule.page.blocks
    roles = Counter(block.role for block in blocks)
    ran: Counter[Interpreter] = Counter(
        interpreter for block in blocks for interpreter in catalogue.results(block)
    )
    return {
        "total": len(blocks),
        "avoid": roles["avoid"],
        "prefer": roles["prefer"],
        "skipped": sum(bool(block.skipped) for block in blocks),
        "verified_on": [
            {
                "python": interpreter.version,
                "build": interpreter.build,
                "native": interpreter.native,
                "blocks": ran[interpreter],
            }
            for interpreter in catalogue.interpreters()
            if interpreter in ran
        ],
    }


def _removed(entry: Entry) -> dict[str, Any]:
    replaced = {"replacement": entry.replacement} if entry.replacement else {}
    return {"code": entry.code, "name": entry.page, "reason": entry.removed} | replaced


EXPORT = Export(
    path="rules.json",
    title="All rules as data",
    purpose="Every rule with its code, statement, detectors, exceptions and addresses, "
    "and the codes of rules that are gone: for tools that look rules up.",
    make=make,
    schema="rules.schema.json",
    example="curl -s {site}rules.json | jq -r '.rules[].title'",
)
