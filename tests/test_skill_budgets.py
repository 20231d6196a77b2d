"""What skills cost an agent: they stay within what they may, choose what they say, or stop the build."""

import json
import re
from dataclasses import replace

import pytest

from proven.exports.skills import tokens
from proven.exports.skills.counts import EXPORT as COUNTS
from proven.exports.skills.heartbit import EXPORT as HEARTBIT
from proven.exports.skills.index import EXPORT as SKILL
from proven.model import Unavailable
from proven.project import Project
from proven.rules.catalogue import Catalogue
from proven.rules.rule import LEVELS, Rule

from .skills import ADDRESS, FOLDER, LINE, index, many, prompt, read, text
from .small_site import rule
from .workspace import Workspace


@pytest.fixture(scope="module")
def rules(tools: Project) -> Catalogue:
    """This site, as data, for all tests of this file."""
    return read(tools)


def test_budgets(rules: Catalogue, tools: Project) -> None:
    """The tokenizer counts in each file what the list of files says, and no more than it may have."""
    listed = json.loads(text(COUNTS.make(rules), "skills/index.json"))
    assert listed["tokenizer"] == {"package": "gpt-tokenizer", "version": "4.0.0", "encoding": "o200k_base"}
    files = {**SKILL.make(rules), **HEARTBIT.make(rules)}
    assert [file["path"] for file in listed["files"]] == list(files)
    for file in listed["files"]:
        body = str(files[file["path"]])
        if file["front_matter"]:
            body = body.split("---\n", 2)[-1]
        assert tokens.count(tools, [body]) == [file["tokens"]]
        assert file["tokens"] <= file["budget"]
    budgets = {file["path"]: file["budget"] for file in listed["files"]}
    assert budgets[f"{FOLDER}/SKILL.md"] == 5000
    assert budgets[f"{FOLDER}.md"] == 2000
    assert budgets[f"{FOLDER}/references/PX001.md"] == 600
    assert tokens.count(tools, [index(rules)])[0] < 5000


def test_tokens(tools: Project) -> None:
    """Tokens are those of the encoding, whatever a text says."""
    assert tokens.count(tools, ["hello world", "", "internationalization", "<|endoftext|>"]) == [2, 0, 2, 7]


def test_heartbit_skill(rules: Catalogue, tools: Project) -> None:
    """Heartbit finds its front matter in TOML, and cuts nothing off the body, which it measures in bytes."""
    front, body = prompt(rules)
    assert front.keys() == {"name", "description", "tags", "max_inject_tokens"}
    assert (front["name"], front["max_inject_tokens"]) == ("python-expert", 2000)
    assert {"python", "async", "typing"} <= set(front["tags"])
    assert tokens.count(tools, [body])[0] <= 2000
    assert len(f"### python-expert\n\n{body}".encode()) <= 4 * 2000
    for code, address, level, title in LINE.findall(body):
        rule = rules.by_code[code]
        assert (address, level, title) == (f"{ADDRESS}{rule.path}", LEVELS[rule.level], rule.title)


def test_what_linters_do_not_find_comes_first(rules: Catalogue) -> None:
    """Heartbit's skill has first what Ruff does not find, then goes by level, and says what is left out."""
    _, body = prompt(rules)
    shown = [rules.by_code[code] for code, *_ in LINE.findall(body)]

    def rank(rule: Rule) -> tuple[bool, int, str]:
        linted = any(detector.tool == "ruff" for detector in rule.detectors)
        return linted, ["error", "warning", "note"].index(rule.level), rule.code

    order = sorted(rules.rules, key=rank)
    assert shown == order[: len(shown)]
    left_out = order[len(shown) :]
    assert left_out
    assert f"Left out for length: {len(left_out)} of {len(order)} rules." in body
    assert f"{ADDRESS}{FOLDER}.zip" in body
    listed = json.loads(text(COUNTS.make(rules), "skills/index.json"))
    assert listed["files"][-1]["left_out"] == sorted(rule.code for rule in left_out)


def test_a_long_address_is_paid_for(rules: Catalogue) -> None:
    """Where the bytes that Heartbit takes are fewer than the tokens, they decide how many rules there are."""
    body = prompt(replace(rules, site_url=f"https://{'a' * 60}.example/"))[1]
    assert 7800 < len(body.encode()) <= 7981
    assert len(LINE.findall(body)) < len(LINE.findall(prompt(rules)[1]))


def test_many_rules(rules: Catalogue, tools: Project) -> None:
    """With 240 rules the index still names each: it has no links then."""
    said = index(many(rules, 240))
    assert tokens.count(tools, [said])[0] < 5000
    assert len(re.findall(r"^- \[?PX\d{3}\b", said, re.MULTILINE)) == 240
    assert ("](references/" in said, "Left out" in said) == (False, False)


def test_more_rules(rules: Catalogue, tools: Project) -> None:
    """With more rules those that only advise are left out, which the index says."""
    site = many(rules, 400)
    said = index(site)
    assert tokens.count(tools, [said])[0] < 5000
    notes = sum(rule.level == "note" for rule in site.rules)
    assert f'- {notes} rules of the level "consider": search `references/`' in said
    assert " consider: " not in said


def test_too_many_rules(rules: Catalogue) -> None:
    """There is no skill of rules that are too many to be named, and the message says so."""
    with pytest.raises(
        Unavailable, match=r"SKILL.md has \d+ tokens with the rules of level error alone"
    ) as caught:
        SKILL.make(many(rules, 700, level="error"))
    assert "    Give fewer rules the level error" in str(caught.value)


def test_too_many_topics(rules: Catalogue) -> None:
    """A description that agents would not take is not written."""
    topics = [replace(rule.topic, path=f"docs/t{n}/index.md") for n, rule in enumerate(rules.rules)]
    named = [replace(rule, topic=topic) for rule, topic in zip(rules.rules, topics, strict=True)]
    with pytest.raises(Unavailable, match=r"the description of \S+ has \d{4} characters, and may have 1024"):
        SKILL.make(replace(rules, rules=tuple(named)))


def test_a_rule_that_cannot_be_short(small_site: Workspace) -> None:
    """A rule that does not fit into a short file stops the build, with one message and the page's name."""
    page = rule("PX901", "PX902").replace("says so.", "says so, " + "and in no such case " * 150)
    small_site.write("docs/topic/one.md", page)
    done = small_site.command("mkdocs", "build")
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert re.search(
        r"1 failures:\ndocs/topic/one.md: PX901 in short has \d+ tokens, and may have 600\n", said
    )
    assert "Traceback" not in said
    assert not (small_site.root / "site").exists()
