"""A code is given once and an address leads to one rule: codes.toml and `proven code`.

- Each code is in `codes.toml` with the page that it was given to, or with the reason why that is gone; what
  once led to a rule is among its aliases, and an alias leads to one page (`code-*`, `alias-twice`,
  `ledger-malformed`)
"""

import re
from pathlib import Path

import pytest

from .small_site import CODES, COURSE, rule
from .workspace import Workspace

REPLACED = '\n[PX903]\npage = "topic/three"\nremoved = "said in one"\nreplacement = "PX901"\n'
RENAMED = CODES.replace('"topic/one"', '"topic/one"\nformer = ["topic/old"]')

FAULTS = {
    "not noted": (
        CODES.replace("PX902", "PX903").replace("topic/two", "topic/three"),
        {},
        r"docs/topic/two.md:2: PX902 is not in codes.toml\n"
        r"    Note it: uv run proven code docs/topic/two.md\n"
        r'    which adds to codes.toml:\n    \[PX902\]\n    page = "topic/two"\n',
    ),
    "no page": (
        CODES + '\n[PX903]\npage = "topic/three"\n',
        {},
        r"codes.toml:7: PX903 has no page\n    Bring docs/topic/three.md back, or say why it is gone",
    ),
    "removed and given again": (
        CODES.replace('two"', 'two"\nremoved = "untrue"'),
        {},
        r"two.md:2: PX902 was removed and is not given again: untrue\n    Take the next one: code: PX903",
    ),
    "of another page": (
        CODES.replace("topic/two", "topic/old"),
        {},
        r"two.md:2: PX902 was given to topic/old\n    For a page that was renamed: uv run proven code docs/",
    ),
    "replaced by nothing": (
        CODES + REPLACED.replace("PX901", "PX999"),
        {},
        r"codes.toml:7: PX903 is replaced by PX999, which has no page",
    ),
    "replacement of what is there": (
        CODES + 'replacement = "PX901"\n',
        {},
        r"codes.toml:4: PX902: 'removed' is a dependency of 'replacement'",
    ),
    "unknown key": (CODES + 'name = "x"\n', {}, r"codes.toml:4: PX902: .*'name' was unexpected"),
    "no code": (
        CODES + '[PX1]\npage = "topic/x"\n',
        {},
        r"codes.toml:6: PX1: .*\n    A code is written as in",
    ),
    "no reason": (CODES + 'removed = " "\n', {}, r"codes.toml:4: PX902: .*\n    Why the rule is gone"),
    "twice": (CODES + '\n[PX902]\npage = "topic/two"\n', {}, r"codes.toml:7: not TOML: .*PX902"),
    "out of order": ('[PX950]\npage = "topic/x"\n' + CODES, {}, r"codes.toml:3: PX901 stands after PX950"),
    "former address lost": (
        RENAMED,
        {},
        r"one.md:1: aliases leave out topic/old, which led here\n    Write aliases: \[topic/old\]",
    ),
    "replaced code lost": (
        CODES + REPLACED,
        {"one": "aliases: [topic/three]"},
        r"one.md:10: aliases leave out PX903, which led here\n    Write aliases: \[topic/three, PX903\]",
    ),
    "alias of a code that was never given": (
        CODES,
        {"one": "aliases: [PX950]"},
        r"one.md:10: alias 'PX950' is no code that PX901 replaces",
    ),
    "alias of another rule's code": (
        CODES,
        {"one": "aliases:\n  - topic/old\n  - PX902"},
        r"one.md:12: alias 'PX902' already leads to docs/topic/two.md",
    ),
    "alias of another page": (
        CODES,
        {"one": "aliases: [topic/two]"},
        r"one.md:10: alias 'topic/two' already leads to docs/topic/two.md",
    ),
    "alias of the page itself": (
        CODES,
        {"one": "aliases: [topic/one]"},
        r"one.md:10: alias 'topic/one' already leads to docs/topic/one.md",
    ),
    "alias of two pages": (
        CODES,
        {"one": "aliases: [topic/old]", "two": "aliases: [topic/old]"},
        r"two.md:10: alias 'topic/old' already leads to docs/topic/one.md",
    ),
    "alias that is no address": (
        CODES,
        {"one": "aliases: [Old name]"},
        r"one.md:10: front matter: aliases.0: .*\n    Written as in async/old-name",
    ),
}


def with_aliases(text: str, aliases: str) -> str:
    """A rule page with a line more in its front matter."""
    return text.replace("see-also", f"{aliases}\nsee-also")


@pytest.mark.parametrize("fault", FAULTS)
def test_ledger_that_does_not_hold(small_site: Workspace, fault: str) -> None:
    """A code or an alias that changes its meaning fails with file and line."""
    codes, aliases, message = FAULTS[fault]
    small_site.write("codes.toml", codes)
    for name, written in aliases.items():
        file = small_site.root / "docs" / "topic" / f"{name}.md"
        file.write_text(with_aliases(file.read_text("utf-8"), written), "utf-8")
    done = small_site.verify()
    assert done.returncode == 1
    assert re.search(message, done.stderr), done.stderr


def test_what_was_removed_stays_noted(small_site: Workspace) -> None:
    """A rule that is gone passes with its reason, and with aliases where another stands for it."""
    small_site.write("codes.toml", CODES + REPLACED)
    text = with_aliases(rule("PX901", "PX902"), "aliases: [topic/three, PX903]")
    small_site.write("docs/topic/one.md", text)
    done = small_site.verify()
    assert done.returncode == 0, done.stderr


def code(project: Workspace, *pages: str) -> tuple[str, str]:
    """What `proven code` prints, and the ledger after it."""
    done = project.command("proven", "code", *pages)
    return done.stdout + done.stderr, Path(project.root / "codes.toml").read_text("utf-8")


def test_next_code(small_site: Workspace) -> None:
    """A page that is not written yet is given the code after the last one, and keeps it."""
    said, ledger = code(small_site, "docs/topic/three.md")
    assert said == "PX903 docs/topic/three.md\n"
    assert ledger.endswith(f'{CODES}\n[PX903]\npage = "topic/three"\n')
    assert code(small_site, "docs/topic/three.md") == (said, ledger)


def test_code_of_a_new_site(small_site: Workspace) -> None:
    """Codes that pages have already are noted as they are."""
    (small_site.root / "codes.toml").unlink()
    said, ledger = code(small_site, "docs/topic/one.md", "docs/topic/two.md")
    assert said == "PX901 docs/topic/one.md\nPX902 docs/topic/two.md\n"
    assert ledger.endswith(CODES)


def test_rename(small_site: Workspace) -> None:
    """A renamed page keeps its code, and the address that it had leads to it."""
    (small_site.root / "docs/topic/two.md").rename(small_site.root / "docs/topic/three.md")
    small_site.write("docs/topic/index.md", COURSE.replace("two", "three"))
    _, ledger = code(small_site, "docs/topic/three.md")
    assert '[PX902]\npage = "topic/three"\nformer = ["topic/two"]\n' in ledger
    assert "three.md:1: aliases leave out topic/two" in small_site.verify().stderr
    text = with_aliases(rule("PX902", "PX901"), "aliases: [topic/two]")
    small_site.write("docs/topic/three.md", text)
    done = small_site.verify()
    assert done.returncode == 0, done.stderr


def test_code_of_another_rule(small_site: Workspace) -> None:
    """A code is not taken from a page that is still there."""
    small_site.write("docs/topic/three.md", rule("PX902", "PX901"))
    said, ledger = code(small_site, "docs/topic/three.md")
    assert "docs/topic/three.md:2: PX902 was given to topic/two" in said
    assert ledger == CODES


def test_code_that_is_none(small_site: Workspace) -> None:
    """A page with a malformed code changes nothing."""
    small_site.write("docs/topic/three.md", "---\ncode: PX3\n---\n")
    said, ledger = code(small_site, "docs/topic/three.md")
    assert "docs/topic/three.md:1: PX3: 'PX3' does not match" in said
    assert ledger == CODES
