"""What a site of rules is searched by: names of rules, codes, and the text of pages."""

import json
import re
from pathlib import Path

from proven.publish import search_index
from proven.rules.names import Names

from .small_site import rule
from .workspace import Workspace


def test_search(small_site: Workspace) -> None:
    """A rule is found by its heading as written, keywords and detectors, and not by what all pages say."""
    text = rule("PX901", "PX902").replace("PX901 in *all*", "PX901 in __a__ < b & c")
    small_site.write("docs/topic/one.md", text.replace("level:", 'keywords: [late <default>, "*"]\nlevel:'))
    assert small_site.command("mkdocs", "build", "--strict").returncode == 0
    site = small_site.root / "site"
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    entries = {entry["location"]: entry for entry in index["docs"]}
    entry = entries["topic/one/"]
    assert entry["title"] == "PX901 Keep rule PX901 in __a__ < b & c tests"
    assert entry["keywords"] == ["late <default>", "*"]
    assert "B006" in entry["tools"]
    assert "mutable-argument-default" in entry["tools"]
    assert "print(1)" in entry["examples"]
    assert "PX901" not in json.dumps(entries["topic/"])
    assert not [location for location in entries if "#" in location]
    assert not re.search(r">Output<|Verified|on CPython|run when the site", json.dumps(index))
    html = (site / "topic" / "one" / "index.html").read_text("utf-8")
    assert "data-search" not in html


def test_search_index(tmp_path: Path) -> None:
    """In Material's, a page is one document; a rule has its names, and what finds it, too."""
    docs = [
        {"location": "a/", "title": "A rule", "text": "<p>Above.</p> <pre><code>x &lt; 1</code></pre>"},
        {"location": "a/#exceptions", "title": "When not to", "text": "<ol><li>PX017-EX1 Never</li></ol>"},
        {"location": "a/#two", "title": "A <code>case</code>", "text": "<p>More.</p>"},
        {"location": "b/", "title": "B", "text": "<p>Text</p>"},
    ]
    file = tmp_path / "search" / "search_index.json"
    file.parent.mkdir()
    file.write_text(json.dumps({"config": {}, "docs": docs}), "utf-8")
    for name in ("javascripts/workers/search.0a1b.min.js", "runner/search.js"):
        worker = tmp_path / "assets" / name
        worker.parent.mkdir(parents=True)
        worker.touch()
    called: Names = {
        "code": "PX017 PX17 PX017-EX1",
        "short": "Short",
        "summary": "What to do.",
        "keywords": ["word"],
        "tools": "B006 mutable-argument-default",
    }
    search_index.rewrite(tmp_path, {"a/": called, "gone/": called})
    rule, page = json.loads(file.read_text("utf-8"))["docs"]
    assert rule == {
        **{key: value for key, value in called.items() if key != "summary"},
        "location": "a/",
        "title": "PX017 A rule",
        "text": "What to do.",
        "headings": "A case",
        "prose": "PX017-EX1 Never More.",
        "examples": "x < 1",
    }
    assert page == {
        "location": "b/",
        "title": "B",
        "text": "Text",
        "headings": "",
        "prose": "",
        "examples": "",
    }


def test_search_index_of_another_theme(tmp_path: Path) -> None:
    """Themes that search by title and text find a rule by its names too."""
    file = tmp_path / "search" / "search_index.json"
    file.parent.mkdir()
    entry = {"location": "a/", "title": "A rule", "text": "Above."}
    file.write_text(json.dumps({"docs": [entry, {**entry, "location": "a/#b"}]}), "utf-8")
    called: Names = {
        "code": "PX017 PX17",
        "short": "S",
        "summary": "",
        "keywords": ["a < b"],
        "tools": "B006",
    }
    search_index.rewrite(tmp_path, {"a/": called})
    rule, section = json.loads(file.read_text("utf-8"))["docs"]
    assert rule["text"] == "Above. PX017 PX17 S a &lt; b B006"
    assert section == {**entry, "location": "a/#b"}


def test_a_site_without_search(tmp_path: Path) -> None:
    """Nothing is made of an index that is not there."""
    search_index.rewrite(tmp_path, {})
    assert not list(tmp_path.iterdir())
