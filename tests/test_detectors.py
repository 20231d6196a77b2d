"""The detectors beside rules: what is wrong with one is said with its file and line, and fails the build.

- Each is beside a rule, complete, and called and as severe as that (`test_malformed`)
- It fires at the lines that it says, all of them and no other, and on nothing that is right
- Its fix runs, and silences it
- It leads from the command, from exports and from lists to its page
"""

import json
import subprocess

import pytest
import yaml

from proven.scan import ast_grep

from .workspace import Workspace

FILE = "docs/topic/one.ast-grep.yml"

GOOD = """\
id: PX901-forget
language: python
severity: warning
message: It forgets what it was given.
note: What is forgotten elsewhere is not seen.
rule:
  pattern: $ITEMS.clear()
metadata:
  marks:
    - items.clear()
"""

WRONG = {
    "not YAML": (GOOD.replace("rule:\n", "rule: [\n"), f"{FILE}:8: not YAML: "),
    "no note": (GOOD.replace("note: ", "notes: "), f"{FILE}:1: 'note' is a required property"),
    "an unknown key": (
        f"{GOOD}files: [x]\n",
        f"{FILE}:1: Additional properties are not allowed ('files' was",
    ),
    "a long message": (
        GOOD.replace("It forgets", "It forgets " + "all " * 30),
        "message: 'It forgets all all",
    ),
    "no marks": (
        GOOD.replace("\n    - items.clear()", " []"),
        f"{FILE}:1: metadata.marks: [] should be non-empty",
    ),
    "another language": (GOOD.replace("python", "rust"), f"{FILE}:1: language: 'python' was expected"),
    "called otherwise": (
        GOOD.replace("PX901", "PX902"),
        "the detector PX902-forget is not called as its page",
    ),
    "as severe as another": (
        GOOD.replace("severity: warning", "severity: error"),
        f"{FILE}:1: severity is error, where the page's level is warning\n    Write severity: warning.",
    ),
    "twice": (f"{GOOD}---\n{GOOD}", f"{FILE}:12: there are two detectors PX901-forget"),
    "a fix without trust": (f"{GOOD}fix: pass\n", "Say in metadata how far the fix can be trusted"),
    "trust without a fix": (f"{GOOD}  fix: safe\n", "'fix' is a required property"),
}


@pytest.mark.parametrize("name", WRONG)
def test_malformed(unverified_site: Workspace, name: str) -> None:
    """What is wrong with a detector is said before anything is run."""
    text, said = WRONG[name]
    unverified_site.write(FILE, text)
    done = unverified_site.verify()
    assert said in done.stdout + done.stderr
    assert done.returncode == 1


def test_beside_no_page(small_site: Workspace) -> None:
    """A file that is beside no rule is named."""
    small_site.write("docs/topic/other.ast-grep.yml", GOOD)
    done = small_site.verify()
    assert "docs/topic/other.ast-grep.yml:1: no rule page is beside it" in done.stderr + done.stdout
    assert done.returncode == 1


HELD = {
    "does not fire": (
        GOOD.replace("$ITEMS.clear()", "$ITEMS.wipe()"),
        f"{FILE}:1: PX901-forget does not fire under Avoid at 'items.clear()'",
    ),
    "fires elsewhere": (
        GOOD.replace("  pattern: $ITEMS.clear()", "  any: [{pattern: $ITEMS.clear()}, {pattern: print(1)}]"),
        f"{FILE}:1: PX901-forget fires under Avoid at 'print(1)', which is not among its marks",
    ),
    "fires on what is right": (
        GOOD.replace(
            "  pattern: $ITEMS.clear()", "  any: [{pattern: $ITEMS.clear()}, {pattern: $X.start()}]"
        ),
        "docs/topic/two.md:38: the detector PX901-forget finds this: It forgets what it was given.",
    ),
    "a fix that does not silence it": (
        f"{GOOD}  fix: safe\nfix: $ITEMS.clear()\n",
        "the safe fix of PX901-forget does not silence it: 1 left",
    ),
    "a fix that fails": (
        f"{GOOD}  fix: unsafe\nfix: '}}'\n",
        "the unsafe fix of PX901-forget gives a block that raises SyntaxError",
    ),
}


@pytest.mark.parametrize("name", HELD)
def test_held_against_blocks(small_site: Workspace, name: str) -> None:
    """A detector that does not do what it says fails verification, in its file or at the block."""
    text, said = HELD[name]
    small_site.write(FILE, text)
    done = small_site.verify()
    assert said in done.stdout + done.stderr
    assert done.returncode == 1


def test_one_that_ast_grep_refuses(small_site: Workspace) -> None:
    """A detector that ast-grep does not understand is named among others, in ast-grep's words."""
    small_site.write(FILE, GOOD)
    small_site.write(
        "docs/topic/two.ast-grep.yml", GOOD.replace("PX901", "PX902").replace("pattern:", "patern:")
    )
    done = small_site.verify()
    assert done.returncode == 2
    assert "docs/topic/two.ast-grep.yml:1: PX902-forget: ast-grep cannot work" in done.stderr
    assert "unknown field `patern`" in done.stderr


def test_one_that_is_new(small_site: Workspace) -> None:
    """A file that is added after a build is held against pages that have not changed."""
    assert small_site.command("mkdocs", "build", "--strict").returncode == 0
    small_site.write(FILE, GOOD.replace("$ITEMS.clear()", "$X.start()"))
    done = small_site.command("mkdocs", "build", "--strict")
    assert done.returncode == 1
    assert "docs/topic/two.md:38: the detector PX901-forget finds this" in done.stdout + done.stderr


def test_it_leads_to_its_page(small_site: Workspace) -> None:
    """Page, lists, exports and command know it; the file itself is not among the site's."""
    small_site.write(FILE, f"{GOOD}  fix: unsafe\nfix: items.append(1)\n")
    done = small_site.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    site = small_site.root / "site"
    page = (site / "topic" / "one" / "index.html").read_text("utf-8")
    assert "What is forgotten elsewhere is not seen." in page
    assert "Its fix is unsafe" in page
    assert 'href="../../rules/ast-grep/PX901-forget.yml"' in page
    exported = yaml.safe_load((site / "rules" / "ast-grep" / "PX901-forget.yml").read_text("utf-8"))
    assert exported["url"].endswith("/topic/one/")
    assert "marks" not in str(exported)
    (rule,) = [
        rule
        for rule in json.loads((site / "rules.json").read_text("utf-8"))["rules"]
        if rule["code"] == "PX901"
    ]
    assert {"tool": "ast-grep", "code": "PX901-forget", "name": "PX901-forget"} in rule["detectors"]
    assert not list(site.rglob("*one.ast-grep.yml"))
    small_site.write("code/a.py", "items = [1]\nitems.clear()\n")
    checked = small_site.command("proven", "check", "code", "--rules", "site", "--select", "PX901")
    assert "a.py:2:1 PX901" in checked.stdout


def test_ast_grep_alone(small_site: Workspace) -> None:
    """ast-grep takes the exported detectors with the configuration beside them."""
    small_site.write(FILE, GOOD)
    assert small_site.command("mkdocs", "build", "--strict").returncode == 0
    small_site.write("code/a.py", "items = [1]\nitems.clear()\n")
    config = str(small_site.root / "site" / "rules" / "sgconfig.yml")
    command = [
        ast_grep.executable(),
        "scan",
        "--config",
        config,
        "--json=stream",
        str(small_site.root / "code"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["ruleId"] == "PX901-forget"
