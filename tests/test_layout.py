"""The packages of `src/proven` import one another one way, by what each says is public, and stay small."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .workspace import ROOT

PACKAGE = ROOT / "src" / "proven"
MODULES = [file for file in PACKAGE.rglob("*.py") if "node_modules" not in file.parts]
LINES, MEMBERS = 250, 12
VAGUE = {"one", "found", "known", "there"}
SERVED = "exports/annotate.py"
"""The one program that a site serves as one file."""

AGAINST = {
    "up": (
        "harness/output.py",
        "import proven.cli.main",
        "proven.harness is not allowed to import proven.cli",
    ),
    "sideways": ("render/escape.py", "import proven.rules.rule", "proven.render is not allowed to import"),
    "in a circle": (
        "rules/rule.py",
        "import proven.rules.catalogue",
        "No cycles are allowed in proven.rules",
    ),
    "MkDocs": ("project/settings.py", "import mkdocs.utils", "proven is not allowed to import mkdocs"),
    "a new package": ("more/__init__.py", "", "proven.more"),
}
"""Imports against the contract: where, what, and what is said of it."""


def hold(root: Path) -> subprocess.CompletedProcess[str]:
    """Hold the imports of a tree against the contract in its pyproject.toml."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "COLUMNS": "200"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_contract() -> None:
    """Imports go down the layers, in no circle, and MkDocs is known to its host only."""
    done = hold(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", AGAINST)
def test_against_the_contract(tmp_path: Path, name: str) -> None:
    """An import against the contract is told by who imports what."""
    file, line, said = AGAINST[name]
    shutil.copytree(
        PACKAGE, tmp_path / "src" / "proven", ignore=shutil.ignore_patterns("runner", "__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    module = tmp_path / "src" / "proven" / file
    module.parent.mkdir(exist_ok=True)
    with module.open("a", encoding="utf-8") as stream:
        stream.write(f"\n{line}\n")
    done = hold(tmp_path)
    assert done.returncode != 0
    assert said in " ".join(done.stdout.split())


def imported(file: Path) -> Iterator[tuple[str, str]]:
    """What a module imports from other packages of proven: the package, and a name or module of it."""
    here = file.relative_to(PACKAGE).parts[0]
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("proven."):
            package, *inside = node.module.split(".")[1:]
            if package != here:
                yield from ((package, name) for name in (inside[:1] or [alias.name for alias in node.names]))


def public(package: str) -> set[str]:
    """What a package's `__all__` names."""
    tree = ast.parse((PACKAGE / package / "__init__.py").read_bytes())
    names = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and "__all__" in ast.unparse(node)
    ]
    return set(ast.literal_eval(names[0])) if names else set()


def test_public_surface() -> None:
    """A package is imported by what its `__all__` names."""
    wrong = [
        f"{file.relative_to(PACKAGE)} imports {package}.{name}"
        for file in MODULES
        for package, name in imported(file)
        if name not in public(package)
    ]
    assert wrong == []


def test_purpose() -> None:
    """Each package says in a sentence what it is for."""
    packages = [folder for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file()]
    for folder in packages:
        text = ast.get_docstring(ast.parse((folder / "__init__.py").read_bytes())) or ""
        assert text.split("\n")[0].endswith("."), folder.name


def test_sizes() -> None:
    """No module has more than 250 lines, but for the one that is served, and no package more than a dozen."""
    files = [*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    long = [file for file in files if len(file.read_text("utf-8").splitlines()) > LINES]
    assert long == [PACKAGE / SERVED]
    for folder in {file.parent for file in MODULES}:
        assert len([file for file in folder.glob("*.py") if file.name != "__init__.py"]) <= MEMBERS, folder


def vague(source: bytes) -> Iterator[int]:
    """The lines of a file with names that any thing could have."""
    for node in ast.walk(ast.parse(source)):
        names = {getattr(node, field, None) for field in ("id", "arg", "attr", "name", "asname")}
        if names & VAGUE:
            yield getattr(node, "lineno", 1)


def test_names() -> None:
    """What a name holds can be told from it: not a thing is called `one`, `found`, `known` or `there`."""
    files = [*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    assert [f"{file}:{line}" for file in files for line in vague(file.read_bytes())] == []


@pytest.mark.parametrize(
    "source", [b"one = 1", b"def known(): ...", b"lambda found: 0", b"x.there", b"from x import y as one"]
)
def test_vague_names_are_seen(source: bytes) -> None:
    """Whether it names a variable, a function, a parameter, an attribute or an import."""
    assert [*vague(source)] == [1]
