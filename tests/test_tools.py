"""What tools have said is remembered as long as they would say the same."""

from pathlib import Path

import pytest

from proven.collect.blocks import collect
from proven.lint import ask, pyright, settings
from proven.lint.request import Request
from proven.model import Finding
from proven.project import Project, Settings

from .workspace import ROOT

PAGE = """## Prefer {#prefer}

```python
print("a line that is not long, and would be with another setting")
```
"""


def test_findings_depend_on_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With another setting of Ruff a block is read anew, and with the former one it is not."""
    project = Project(tmp_path, Settings(rules=True))
    requests = [Request(block, typed=False) for block in collect("docs/x.md", PAGE).blocks]
    asked: list[int] = []

    def look() -> int:
        asked.clear()
        ask.ask(project, requests, [], [], lambda what, done, total: asked.append(total))()
        return len(asked)

    assert look() > 0
    assert look() == 0
    with monkeypatch.context() as patch:
        patch.setattr(settings, "RUFF_SETTINGS", {**settings.RUFF_SETTINGS, "line-length": 40})
        assert look() > 0
    assert look() == 0


def test_pyright_reads_a_changed_file(tmp_path: Path) -> None:
    """The process of Pyright that stays says of a file what is in it now, and of others nothing."""
    modules, file = Project.around(ROOT).modules, tmp_path / "block_0000.py"
    file.write_text('x: int = "a"\n', "utf-8")
    ((name, finding),) = pyright.check(tmp_path, modules)
    assert (name, finding.line, finding.code) == (file.name, 1, "reportAssignmentType")
    file.write_text("\nreveal_type(1)\n", "utf-8")
    assert list(pyright.check(tmp_path, modules)) == [
        (file.name, Finding(2, "note", 'Type of "1" is "Literal[1]"'))
    ]
    file.rename(tmp_path / "block_0001.py")
    file.write_text("import block_0001\n", "utf-8")
    assert [finding.code for name, finding in pyright.check(tmp_path, modules) if name == file.name] == [
        "reportMissingImports"
    ]
