"""What tools have said is remembered as long as they would say the same."""

from pathlib import Path

import pytest

from proven.collect.blocks import collect
from proven.lint import ask, settings
from proven.lint.request import Request
from proven.project import Project, Settings

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
        ask.ask(project, requests, [], lambda what, done, total: asked.append(total))()
        return len(asked)

    assert look() > 0
    assert look() == 0
    with monkeypatch.context() as patch:
        patch.setattr(settings, "RUFF_SETTINGS", {**settings.RUFF_SETTINGS, "line-length": 40})
        assert look() > 0
    assert look() == 0
