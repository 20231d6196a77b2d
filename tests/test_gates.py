"""The settings of the repository's tools hold; what no test runs is deleted."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from proven.project import Project
from proven.toolchain.node import node

from .workspace import ROOT

COMMANDS = {
    "ruff check": [sys.executable, "-m", "ruff", "check"],
    "ruff format": [sys.executable, "-m", "ruff", "format", "--check"],
    "mypy": [sys.executable, "-m", "mypy"],
}

DIRECTIONS = ROOT / ".dependency-cruiser.json"
"""What of the TypeScript may import what."""

FORBIDDEN = {
    "no-circles": ["browser/lost/nearest.ts -> browser/lost/near.ts -> browser/lost/nearest.ts"],
    "node-and-browser-apart": ["node/worker.ts -> browser/protocol.ts", "browser/main.ts -> node/files.ts"],
    "shared-by-node-and-browser": ["interpreter.ts -> browser/protocol.ts"],
    "nothing-knows-the-page": [
        "browser/tools/panel.ts -> browser/page/block.ts",
        "browser/python/session.ts -> browser/page/block.ts",
    ],
    "foundations": ["browser/document/element.ts -> browser/editor/view.ts"],
    "concerns-apart": ["browser/editor/host.ts -> browser/tools/panel.ts"],
    "own-code-above": ["browser/scan/desk.ts -> browser/own-code/list.ts"],
    "workers-without-document": [
        "browser/python/worker.ts -> browser/python/boot.ts -> browser/document/element.ts"
    ],
    "entries-are-not-imported": [
        "browser/page/block.ts -> browser/main.ts",
        "browser/tools/client.ts -> browser/tools/ruff-worker.ts",
    ],
}
"""For each of these directions, imports that go against it."""


def run(command: list[str]) -> None:
    """Run a tool in the repository; it has to be content."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("tool", COMMANDS)
def test_python(tool: str) -> None:
    """Ruff and mypy find nothing in src, tests and benchmarks."""
    run(COMMANDS[tool])


def test_typescript(tools: Project) -> None:
    """The TypeScript compiler finds nothing in runner, in strict mode."""
    run(node(tools.modules / "typescript-7" / "bin" / "tsc", "--project", tools.root))


def cruise(tools: Project) -> list[str]:
    """The command that holds imports against their directions, in the folder that it is run in."""
    cruiser = tools.modules / "dependency-cruiser" / "bin" / "dependency-cruiser.mjs"
    return node(cruiser, "--config", DIRECTIONS, "src/proven/runner")


def test_imports_of_typescript(tools: Project) -> None:
    """The modules of the runner import one another in the directions that are set down, and in no circle."""
    run(cruise(tools))


@pytest.mark.parametrize(
    ("rule", "imports"), [(rule, chain) for rule in FORBIDDEN for chain in FORBIDDEN[rule]]
)
def test_imports_against_a_direction(tools: Project, tmp_path: Path, rule: str, imports: str) -> None:
    """An import against a direction, of a type only too, is told by the name of the direction."""
    runner = tmp_path / "src" / "proven" / "runner"
    chain = [runner / name for name in imports.split(" -> ")]
    for module, imported in zip(chain, [*chain[1:], None], strict=True):
        module.parent.mkdir(parents=True, exist_ok=True)
        if imported:
            path = imported.relative_to(module.parent, walk_up=True).as_posix()
            module.write_text(f'import type {{ T }} from "./{path}";\nexport type U = T;\n', "utf-8")
        elif not module.exists():
            module.write_text("export type T = string;\n", "utf-8")
    done = subprocess.run(cruise(tools), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert f"error {rule}: " in done.stdout


def test_each_direction_is_tried() -> None:
    """No direction is set down that nothing is held against."""
    directions = json.loads(DIRECTIONS.read_text("utf-8"))["forbidden"]
    assert {direction["name"] for direction in directions} == FORBIDDEN.keys()
