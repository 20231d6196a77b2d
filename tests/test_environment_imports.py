"""What an environment has imported before its blocks run, and the wheels that it is installed from."""

import subprocess
import sys

from .test_environments import VERSION
from .workspace import Workspace, declare, only

PAGE = """---
environment: small
---

```python
import humanize

print(humanize.intcomma(1000))
#> 1,000
```
"""


def test_imports(workspace: Workspace) -> None:
    """What `[tool.proven]` names is imported before any block; what is not there, or not so said, is told."""
    only(workspace, "native")
    declare(workspace)
    pyproject = workspace.root / "environments" / "small" / "pyproject.toml"
    text = pyproject.read_text("utf-8")
    workspace.write(
        "docs/page.md",
        "---\nenvironment: small\n---\n\n```python\nimport sys\n\n"
        'print("humanize" in sys.modules, "main" in globals())\n#> True False\n```\n',
    )
    assert "printed 'False False'" in workspace.verify().stderr
    for imports, said in (
        (
            '["humanise"]',
            "small cannot import what it names\n    ModuleNotFoundError: No module named 'humanise'",
        ),
        (
            '"humanize"',
            "/pyproject.toml: [tool.proven] cannot import 'humanize'\n    Name modules: imports =",
        ),
    ):
        pyproject.write_text(f"{text}\n[tool.proven]\nimports = {imports}\n", "utf-8")
        done = workspace.verify()
        assert (done.returncode, done.stderr.count(said)) == (2, 1), done.stderr
        assert "Traceback" not in done.stderr
    pyproject.write_text(f'{text}\n[tool.proven]\nimports = ["humanize"]\n', "utf-8")
    assert workspace.verify().returncode == 0


def test_wheels_that_pip_finds(workspace: Workspace) -> None:
    """Where the index is out of reach, what is locked is taken from there, if it is the same to the byte."""
    only(workspace, "native")
    declare(workspace)
    workspace.write("docs/page.md", PAGE)
    wheels = workspace.root / "wheels"
    download = ("download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(wheels))
    subprocess.run([sys.executable, "-m", "pip", *download, f"humanize=={VERSION}"], check=True)
    offline = {"UV_OFFLINE": "1", "UV_CACHE_DIR": str(workspace.root / "cache")}
    findable = {**offline, "PIP_FIND_LINKS": str(wheels)}
    assert workspace.command("proven", "verify", env=offline).returncode == 2
    (wheel,) = wheels.iterdir()
    content = wheel.read_bytes()
    wheel.write_bytes(content + b"\0")
    done = workspace.command("proven", "verify", env=findable)
    assert done.returncode == 2
    assert "Hash mismatch" in done.stderr, done.stderr
    wheel.write_bytes(content)
    done = workspace.command("proven", "verify", env=findable)
    assert done.returncode == 0, done.stderr
