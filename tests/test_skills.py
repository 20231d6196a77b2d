"""The Agent Skill: what agents make of it."""

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from proven.exports.skills.archive import EXPORT as ARCHIVE
from proven.exports.skills.counts import EXPORT as COUNTS
from proven.exports.skills.heartbit import EXPORT as HEARTBIT
from proven.exports.skills.index import EXPORT as SKILL
from proven.project import Project
from proven.rules.catalogue import Catalogue
from proven.rules.rule import LEVELS

from .skills import ADDRESS, FOLDER, LINE, index, prompt, read, text, with_front


@pytest.fixture(scope="module")
def rules(tools: Project) -> Catalogue:
    """This site, as data, for all tests of this file."""
    return read(tools)


def written(rules: Catalogue, folder: Path) -> Path:
    """The Agent Skill on disk."""
    for name, content in SKILL.make(rules).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(str(content), "utf-8")
    return folder / FOLDER


def validated(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the specification's own validator says of a skill."""
    command = [sys.executable, "-m", "skills_ref.cli", "validate", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_agent_skill_is_valid(rules: Catalogue, tmp_path: Path) -> None:
    """The specification's validator accepts the Agent Skill, and would not accept any other folder."""
    folder = written(rules, tmp_path)
    done = validated(folder)
    assert done.returncode == 0, done.stderr
    assert "must match skill name" in validated(folder.rename(tmp_path / "other")).stderr


def test_each_rule_has_a_line(rules: Catalogue) -> None:
    """A line says a rule's code, which its short file is named by, its level and its statement."""
    files = SKILL.make(rules)
    lines = LINE.findall(index(rules))
    assert {(code, level, said) for code, _, level, said in lines} == {
        (rule.code, LEVELS[rule.level], rule.title) for rule in rules.rules
    }
    named = {f"{FOLDER}/references/{code}.md" for code, *_ in lines}
    assert named == files.keys() - {f"{FOLDER}/SKILL.md"}


def test_lines_lead_to_files_while_there_is_room(rules: Catalogue) -> None:
    """In an index of few rules each line is a link to the short file."""
    few = replace(rules, rules=rules.rules[:100])
    lines = LINE.findall(index(few))
    assert [path for _, path, *_ in lines] == [f"references/{code}.md" for code, *_ in lines]


def test_reference(rules: Catalogue) -> None:
    """A short file has code to write and to avoid, why, exceptions with addresses, and what finds it."""
    rule = rules.by_code["PX040"]
    said = text(SKILL.make(rules), f"{FOLDER}/references/PX040.md")
    for role in ("prefer", "avoid"):
        block = next(block for block in rule.page.blocks if block.role == role)
        assert f"```python\n{block.source}```" in said
    for part in (
        f"# PX040: {rule.title}\n\n{rule.summary}\n",
        f"Level: should. Python >=3.11. Page: <{ADDRESS}{rule.path}>.",
        "\n## Why\n\nCode that compares types breaks with the first subclass. `type()` returns",
        f"- [PX040-EX3]({ADDRESS}{rule.path}#PX040-EX3): {rule.exemptions[2].text}",
        "\n## Found by\n\n- Ruff E721 (type-comparison)\n",
    ):
        assert part in said
    silent = text(SKILL.make(rules), f"{FOLDER}/references/PX001.md")
    assert "No linter and no type checker" in silent
    short = text(SKILL.make(rules), f"{FOLDER}/references/PX011.md")
    assert "which also has Avoid, too long for here" in short


def test_set_up_of_a_reference(rules: Catalogue) -> None:
    """Code that continues a set-up comes with it, so that it is whole."""
    page = rules.by_code["PX001"].page
    said = text(SKILL.make(rules), f"{FOLDER}/references/PX001.md")
    assert page.blocks[0].options.hidden
    assert 0 < said.index(page.blocks[0].source) < said.index("## Prefer")
    long = text(SKILL.make(rules), f"{FOLDER}/references/PX116.md")
    assert "which also has a set-up" in long


def test_each_reference_shows_what_to_write(rules: Catalogue) -> None:
    """No rule is so long that its short file has no code."""
    files = SKILL.make(rules)
    for rule in rules.rules:
        said = text(files, f"{FOLDER}/references/{rule.code}.md")
        assert "\n## Prefer\n\n```" in said, rule.code
        assert f" Page: <{ADDRESS}{rule.path}>" in said


def test_same_bytes(rules: Catalogue, tools: Project) -> None:
    """The same pages give the same bytes, packed or not."""
    for export in (SKILL, ARCHIVE, HEARTBIT, COUNTS):
        assert export.make(read(tools)) == export.make(rules)


def test_archive(rules: Catalogue) -> None:
    """The packed skill has the files of the folder, in order, and nothing that tells when it was packed."""
    packed = ARCHIVE.make(rules)[f"{FOLDER}.zip"]
    assert isinstance(packed, bytes)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        unpacked = {f"skills/{name}": archive.read(name).decode() for name in archive.namelist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert unpacked == SKILL.make(rules)


def test_special_characters(rules: Catalogue) -> None:
    """A statement is read as it is written, whatever its characters mean elsewhere."""
    title = "Write `a < b | c` & *x*, not d[0]"
    renamed = replace(rules, rules=(with_front(rules.by_code["PX040"], title=title),))
    for said in (index(renamed), prompt(renamed)[1]):
        assert f" should: {title}" in said
    assert f"# PX040: {title}\n" in text(SKILL.make(renamed), f"{FOLDER}/references/PX040.md")
