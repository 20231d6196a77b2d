"""Projects that are written with Sphinx link to rules by code: objects.inv."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from proven.collect.pages import read_pages
from proven.exports import inventory
from proven.model import Site
from proven.project import Project
from proven.rules.catalogue import catalogue

URL = "https://example.org/docs/"

SPHINX = f"""extensions = ["sphinx.ext.intersphinx"]
intersphinx_mapping = {{"proven": ("{URL}", "objects.inv")}}
intersphinx_disabled_reftypes = []
"""
REFERENCES = """Page
====

:ref:`px010`, :external+proven:ref:`px010-ex1`, :external+proven:ref:`a text <async>`,
:external+proven:ref:`px999`, :external+proven:doc:`async/timeouts`, :doc:`async/index`,
:external+proven:doc:`async/old`, :external+proven:ref:`px010-ex99`.
"""
TIMEOUTS = "Set one deadline for a whole job with asyncio.timeout()"
GROUPS = "Use a TaskGroup instead of gather() for related tasks"


def test_sphinx(tools: Project, tmp_path: Path) -> None:
    """A Sphinx project resolves codes, exceptions, topics, pages and what was renamed, and no wrong label."""
    rules = catalogue(tools, Site(tuple(read_pages(tools, tools.pages()))), URL)
    first = replace(rules.rules[0], former=("async/old", "PX999"))
    made = inventory.make(replace(rules, rules=(first, *rules.rules[1:])))["objects.inv"]
    assert isinstance(made, bytes)
    (tmp_path / "objects.inv").write_bytes(made)
    (tmp_path / "conf.py").write_text(SPHINX)
    (tmp_path / "index.rst").write_text(REFERENCES)
    command = ["sphinx", "-nqW", "--keep-going", "-b", "xml", ".", "out"]
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    warnings = [line for line in done.stderr.splitlines() if "index.rst" in line]
    assert [("px010-ex99" in line, "WARNING" in line) for line in warnings] == [(True, True)]
    built = (tmp_path / "out" / "index.xml").read_text("utf-8")
    assert re.findall(rf'refuri="{URL}(.*?)".*?>(?:<\w+.*?>)*([^<]+)<', built) == [
        ("async/timeouts/", f"PX010: {TIMEOUTS}"),
        ("async/timeouts/#PX010-EX1", "PX010-EX1"),
        ("async/", "a text"),
        ("async/task-groups/", f"PX001: {GROUPS}"),
        ("async/timeouts/", TIMEOUTS),
        ("async/", "Async"),
        ("async/task-groups/", GROUPS),
    ]
