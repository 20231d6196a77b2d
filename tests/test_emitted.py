"""Every address of the site that its exports name leads somewhere.

- Every address of the site in what is exported leads to a file too, and to a fragment in it
  (`test_exports.py`)
"""

import json
from pathlib import Path

import pytest
from sphobjinv import DataObjStr, Inventory, compress

from proven.publish import links
from proven.publish.export_links import emitted

URL = "https://example.org/docs/"


TEXTS = {
    "rules.json": ('{\n"a": "@"\n}', 2),
    "map.json": ('{"a": ["b", {"c": "[d](@)"}]}', 1),
    "rules.sarif": ('{"a": "@"}', 1),
    "objects.inv": ("", 1),
    "llms.txt": ("# A\n\n- [a](@): b\n", 3),
    "llms-full.txt": ("# A\n\n---\n\n# B\n\n[a](@)\n", 7),
    "topic/index.html.md": ("# A\n\n[a](@)\n", 3),
}
"""Files with an address, and the line that it stands on."""


def written(name: str, path: str) -> bytes:
    """A file that names a path of the site."""
    if name != "objects.inv":
        return TEXTS[name][0].replace("@", URL + path).encode()
    made = Inventory()
    made.project, made.version = "Project", "1"
    made.objects.append(DataObjStr("px010", "std", "label", "-1", path, "-"))
    return bytes(compress(made.data_file()))


@pytest.mark.parametrize(
    ("path", "wrong"), [("topic/#why", ""), ("topic/#wy", "fragment"), ("six/", "nowhere")]
)
@pytest.mark.parametrize("name", TEXTS)
def test_address(tmp_path: Path, name: str, path: str, wrong: str) -> None:
    """An address in an export is followed with its fragment; a failure names the export and the line."""
    site, made = tmp_path / "site", tmp_path / "made"
    for folder in (site, made):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(written(name, path))
    (site / "topic").mkdir(exist_ok=True)
    (site / "topic" / "index.html").write_text('<h2 id="why">Why</h2>')
    failures = links.check(site, lambda: (), URL, emitted(made, URL))
    assert [(failure.path, failure.line) for failure in failures] == (
        [(name, TEXTS[name][1])] if wrong else []
    )
    assert all(path in failure.message and wrong in failure.message for failure in failures)


def test_code_is_no_address(tmp_path: Path) -> None:
    """What looks like an address in a block or in a sentence is not followed, and other sites are not."""
    (tmp_path / "page.html.md").write_text(
        f"```text\n[a]({URL}x)\n```\n\n`{URL}x` [b](https://python.org/x)\n"
    )
    (tmp_path / "rules.json").write_text(json.dumps({"a": f"Open {URL}x", "b": "https://python.org/x"}))
    assert emitted(tmp_path, URL) == {}
