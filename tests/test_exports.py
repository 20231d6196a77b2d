"""What tools read: every rule is there, in forms that their readers take."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker

from proven.collect.pages import read_pages
from proven.exports import inventory, llms, sarif
from proven.exports import rules as all_rules
from proven.exports.findings import mapping
from proven.exports.markdown import pages
from proven.exports.registry import EXPORTS
from proven.model import Site
from proven.pages.exports import exports
from proven.pages.registry import whole_catalogue
from proven.project import Project
from proven.rules.catalogue import Catalogue
from proven.rules.ledger import Entry
from proven.verify.provenance import Tools

from .workspace import FEW, Workspace

URL = "https://example.org/docs/"
SCHEMAS = Path(__file__).parent / "schemas"

type Contents = dict[str, str | bytes]

formats = FormatChecker()


@formats.checks("uri")
def is_uri(value: object) -> bool:
    """Whether a text is an absolute address."""
    parts = urlsplit(str(value))
    return bool(parts.scheme and parts.netloc and not re.search(r"\s", str(value)))


@pytest.fixture(scope="module")
def rules(tools: Project) -> Catalogue:
    """The rules of the real site, and one that is gone."""
    made = whole_catalogue(tools, Site(tuple(read_pages(tools, tools.pages()))), URL)
    gone = (
        Entry("PX998", "async/gone", removed="It was untrue."),
        Entry("PX999", "async/old", removed="Said in another.", replacement="PX001"),
    )
    first = replace(made.rules[0], former=("async/old", "PX999"))
    return replace(made, removed=gone, rules=(first, *made.rules[1:]))


def written(rules: Catalogue) -> Contents:
    """What is written of the rules."""
    made = [export.make(rules) for export in (all_rules, mapping, inventory, sarif, llms, pages)]
    return {name: content for files in made for name, content in files.items()}


@pytest.fixture(scope="module")
def files(rules: Catalogue) -> Contents:
    """All files of the real site's exports."""
    return written(rules)


def data(files: Contents, name: str) -> Any:
    """What a file of JSON holds."""
    return json.loads(files[name])


@pytest.mark.parametrize("name", ["rules", "map"])
def test_schema(files: Contents, name: str) -> None:
    """Data fits the schema that is beside it and that it names."""
    schema, content = data(files, f"{name}.schema.json"), data(files, f"{name}.json")
    assert content["$schema"] == schema["$id"] == f"{URL}{name}.schema.json"
    assert [*Draft202012Validator(schema, format_checker=formats).iter_errors(content)] == []


def test_schema_for_others(files: Contents, tmp_path: Path) -> None:
    """check-jsonschema takes the rules with their schema, as users of both would."""
    for name in ("rules.json", "rules.schema.json"):
        (tmp_path / name).write_bytes(str(files[name]).encode())
    command = ["check_jsonschema", "--schemafile", "rules.schema.json", "rules.json"]
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def objects(schema: Any) -> list[dict[str, Any]]:
    """A schema and all schemas within it."""
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    own = [schema] if isinstance(schema, dict) and {"type", "$ref", "enum"} & schema.keys() else []
    return own + [nested for part in inner for nested in objects(part)]


@pytest.mark.parametrize("name", ["rules", "map"])
def test_schema_says_all(files: Contents, name: str) -> None:
    """A schema of ours is one, describes each key, and lets no other in."""
    schema = data(files, f"{name}.schema.json")
    Draft202012Validator.check_schema(schema)
    for part in objects(schema):
        if isinstance(part.get("type"), str):
            assert part["type"] != "object" or "additionalProperties" in part, part
            assert "description" in part, part


FAULTS: dict[str, dict[str, Any]] = {
    "unknown key": {"rules": [{"colour": "red"}]},
    "no code": {"rules": [{"code": "B006"}]},
    "no such level": {"rules": [{"level": "must"}]},
    "no address": {"rules": [{"url": "async/timeouts/"}]},
    "title too long": {"rules": [{"title": "x" * 61}]},
    "unknown key at the top": {"date": "today"},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_schema_refuses(files: Contents, fault: str) -> None:
    """The schema of rules refuses what is no rule."""
    content = data(files, "rules.json")
    for key, value in FAULTS[fault].items():
        content[key] = [content[key][0] | value[0]] if isinstance(value, list) else value
    schema = data(files, "rules.schema.json")
    assert [*Draft202012Validator(schema, format_checker=formats).iter_errors(content)]


def test_every_rule_is_there(rules: Catalogue, files: Contents) -> None:
    """rules.json has each rule with what its page says, topics in reading order, and what is gone."""
    content = data(files, "rules.json")
    assert [rule["code"] for rule in content["rules"]] == [rule.code for rule in rules.rules]
    assert {code for topic in content["topics"] for code in topic["rules"]} == {
        rule.code for rule in rules.rules
    }
    timeouts = next(rule for rule in content["rules"] if rule["name"] == "async/timeouts")
    assert timeouts["url"] == f"{URL}async/timeouts/"
    assert timeouts["markdown_url"] == f"{URL}async/timeouts/index.html.md"
    assert timeouts["detectors"][0]["name"] == "async-function-with-timeout"
    assert timeouts["exceptions"][0]["url"] == f"{URL}async/timeouts/#PX010-EX1"
    assert timeouts["blocks"]["total"] == timeouts["blocks"]["avoid"] + timeouts["blocks"]["prefer"] + 9
    assert content["removed"] == [
        {"code": "PX998", "name": "async/gone", "reason": "It was untrue."},
        {"code": "PX999", "name": "async/old", "reason": "Said in another.", "replacement": "PX001"},
    ]


def test_where_blocks_were_verified(small_site: Workspace) -> None:
    """rules.json says on which interpreters how many of a rule's blocks ran."""
    project = Project.around(small_site.root)
    small = whole_catalogue(project, Site(tuple(read_pages(project, project.pages()))), "")
    rule = data(written(small), "rules.json")["rules"][0]
    assert rule["url"] == "http://127.0.0.1:8000/topic/one/"
    assert (rule["blocks"]["total"], rule["blocks"]["avoid"], rule["blocks"]["prefer"]) == (2, 1, 1)
    ran = {where["python"]: where["blocks"] for where in rule["blocks"]["verified_on"] if not where["native"]}
    assert {version.rpartition(".")[0]: count for version, count in ran.items()} == dict.fromkeys(FEW[:-1], 1)
    assert [where["blocks"] for where in rule["blocks"]["verified_on"] if where["native"]] == [2]


def test_map(rules: Catalogue, files: Contents) -> None:
    """map.json gives the rules for the code and for the name of what a tool reports."""
    content = data(files, "map.json")
    assert content["tools"]["ruff"]["B006"] == content["tools"]["ruff"]["mutable-argument-default"]
    shared = [rule.code for rule in rules.rules if any(d.code == "arg-type" for d in rule.detectors)]
    assert sorted(content["tools"]["mypy"]["arg-type"]) == shared
    assert len(shared) > 1
    named = {code for tool in content["tools"].values() for codes in tool.values() for code in codes}
    assert content["rules"].keys() == named


def test_sarif(rules: Catalogue, files: Contents) -> None:
    """rules.sarif fits the schema of SARIF, and has each rule with its level and its link."""
    log = data(files, "rules.sarif")
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    assert [*Draft4Validator(schema, format_checker=formats).iter_errors(log)] == []
    driver = log["runs"][0]["tool"]["driver"]
    assert log["runs"][0]["results"] == []
    for rule, descriptor in zip(rules.rules, driver["rules"], strict=True):
        assert (descriptor["id"], descriptor["defaultConfiguration"]["level"]) == (rule.code, rule.level)
        assert re.fullmatch(r"([A-Z][a-z0-9]*)+", descriptor["name"])
        assert descriptor["helpUri"] == rules.url(rule.path)
        assert f"]({descriptor['helpUri']})" in descriptor["help"]["markdown"]
        assert descriptor["help"]["text"].endswith(f"\n{descriptor['helpUri']}")
    assert driver["rules"][0]["deprecatedIds"] == ["PX999"]


def test_same_bytes_twice(rules: Catalogue, files: Contents) -> None:
    """The same pages give the same bytes, without the place or the time of the build."""
    again = written(replace(rules, results=lambda block: rules.results(block)))
    assert again == files
    everything = b"".join(
        content if isinstance(content, bytes) else content.encode() for content in files.values()
    )
    assert str(rules.project.root).encode() not in everything
    assert b"\r" not in b"".join(content.encode() for content in files.values() if isinstance(content, str))


def test_built_site(small_site: Workspace) -> None:
    """A build writes the exports, and pages name their Markdown; not with an address that leads nowhere."""
    small_site.write("docs/exports.md", "---\ntitle: Exports\ngenerated: exports\n---\n\n# Exports\n")
    config = (small_site.root / "mkdocs.yml").read_text("utf-8")
    small_site.write("mkdocs.yml", config.replace('!ENV [SITE_URL, ""]', URL))
    done = small_site.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    site = small_site.root / "site"
    for page in ("", "topic/", "topic/one/", "exports/"):
        link = '<link rel="alternate " type="text/markdown" href="index.html.md">'
        assert link in (site / page / "index.html").read_text("utf-8")
        assert (site / page / "index.html.md").is_file()
    assert "text/markdown" not in (site / "404.html").read_text("utf-8")
    assert URL in (site / "exports" / "index.html").read_text("utf-8")
    assert [export.path for export in EXPORTS if not (site / export.path).exists()] == []
    block = "{% block content %}{{ page.content | replace('PX901-EX1\"', '\"') }}{% endblock %}"
    small_site.write("overrides/main.html", f'{{% extends "base.html" %}}{block}')
    done = small_site.command("mkdocs", "build")
    assert done.returncode == 1
    assert "#PX901-EX1 names a fragment that is not there" in done.stderr


def test_page_of_exports(rules: Catalogue) -> None:
    """The page lists each export with its purpose, its address, its schema and an example."""
    page = next(page for page in rules.site.pages if page.front.generated == "exports")
    text = exports(page, rules, Tools((), ()))
    for export in EXPORTS:
        if export.path:
            assert f'## {export.title}\n\n{export.purpose}\n\n- Address: <a href="../{export.path}">' in text
            assert not export.schema or f'- Schema: <a href="../{export.schema}">' in text
            assert export.example.replace("{site}", URL) in text
    assert "SITE_URL" not in text
    assert "SITE_URL" in exports(page, replace(rules, site_url="http://127.0.0.1:8000/"), Tools((), ()))
