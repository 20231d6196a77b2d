"""The rules that `proven check` has, and those of other sites."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from proven.collect.pages import read_pages
from proven.exports.findings import detectors
from proven.model import Site
from proven.project import Project
from proven.rules.catalogue import catalogue
from proven.scan import pack

from ..golden import golden
from ..workspace import ROOT
from .conftest import CONNECT, Code

PACK = Path(pack.__file__).with_name("pack.json")

OURS: dict[str, Any] = {
    "form": 1,
    "version": "1.0",
    "site_url": "https://docs.example.org/",
    "rules": {"OWN001": {"title": "Do not log", "summary": "It is slow.", "level": "error", "path": "logs/"}},
    "detectors": {"ast-grep": {"OWN001-log": ["OWN001"]}, "ruff": {"F401": ["OWN001"]}},
    "fixes": {},
    "ast_grep": [
        {"id": "OWN001-log", "language": "python", "message": "It is slow.", "rule": {"pattern": "log($$$)"}}
    ],
}


def test_it_is_what_the_site_exports() -> None:
    """The package has the rules, and what finds them, as the pages are; UPDATE_CASES=1 writes them anew."""
    project = Project.around(ROOT)
    site = Site(tuple(read_pages(project, project.pages())))
    golden(PACK, detectors.pack(catalogue(project, site, "")))


def test_every_detector_leads_to_a_rule() -> None:
    """The set loads, and each of our own detectors is in it under its name."""
    own = pack.load()
    named = [rule["id"] for rule in own.ast_grep]
    assert sorted(named) == sorted(own.detectors["ast-grep"])
    assert len(named) >= 25
    assert own.fixes.keys() <= {*named}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder under an address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/python/"
        server.shutdown()


def test_rules_of_another_site(code: Code) -> None:
    """A site's folder, its address, its file and the settings add rules; links can lead to a mirror."""
    code.write("a.py", f"import os\n\nlog(1)\n{CONNECT}")
    file = code.write("served/python/rules/pack.json", json.dumps(OURS))
    wanted = {"a.py:3 OWN001", "a.py:6 PX186"}
    mirrored = code.check("a.py", "--select", "PX186", "--base-url", "https://mirror.example.org/px")
    assert "    https://mirror.example.org/px/stdlib/sqlite-connections/\n" in mirrored.stdout
    for source in (str(file), str(file.parents[1])):
        assert wanted < {*code.places("a.py", "--rules", source)}
    with served(code.root / "served") as address:
        assert wanted < {*code.places("a.py", "--rules", address)}
        code.write("pyproject.toml", f'[tool.proven]\nrules = ["{address}"]\nselect = ["OWN"]\n')
        assert code.places("a.py") == ["a.py:1 OWN001", "a.py:3 OWN001"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not a set of rules"),
        ("[]", "is not a set of rules"),
        (json.dumps({**OURS, "form": 2}), "is of form 2, not 1: use the Proven that wrote it"),
        (json.dumps({**OURS, "rules": {}}), "it has no rule OWN001"),
        (
            json.dumps(
                {**OURS, "ast_grep": [{"id": "OWN001-log", "language": "python", "rule": {"patern": "x"}}]}
            ),
            "unknown field",
        ),
    ],
)
def test_rules_that_cannot_be_read(code: Code, content: str, said: str) -> None:
    """What is no set of rules is named, with the reason."""
    file = code.write("pack.json", content)
    code.write("a.py", "x = 1\n")
    done = code.check("--rules", str(file))
    assert done.returncode == 2
    assert said in done.stderr


def test_rules_that_are_nowhere(code: Code) -> None:
    """An address that does not answer and a folder without rules are named, with what to give."""
    for source in ("http://127.0.0.1:9/", str(code.root)):
        done = code.check("--rules", source)
        assert done.returncode == 2
        assert f"no rules at {source}: " in done.stderr
        assert "that has rules/pack.json" in done.stderr
    code.write("pack.json", json.dumps(OURS))
    done = code.check("--rules", "pack.json", "--rules", "pack.json")
    assert "two sets of rules have a detector OWN001-log" in done.stderr
