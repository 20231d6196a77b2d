"""The process that blocks of an environment are forks of has imported what its `[tool.proven]` names."""

from .workspace import Workspace, declare, only


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
