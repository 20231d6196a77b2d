"""Small projects in folders of their own."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from proven.project.package import BROWSER

from . import in_process

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Workspace:
    """A small project in a folder of its own; tools and snapshots are the repository's."""

    root: Path

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file, by its path from the project's root."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def command(
        self, *arguments: str, env: dict[str, str] | None = None, prefix: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run `proven`, `mkdocs` or `pytest` as a user would, in the project; by way of `prefix`, if any."""
        if arguments[0] in in_process.COMMANDS and env is None and not prefix:
            return in_process.run(self.root, arguments[0], arguments[1:])
        return self.process(*arguments, env=env, prefix=prefix)

    def process(
        self, *arguments: str, env: dict[str, str] | None = None, prefix: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run it in a process of its own, whatever it is."""
        return subprocess.run(
            [*prefix, sys.executable, "-m", *arguments],
            cwd=self.root,
            env={**os.environ, "NO_COLOR": "1", **(env or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def verify(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `proven verify`."""
        return self.command("proven", "verify", *arguments)


SHARED = tuple(f".proven/{name}" for name in ("node_modules", "worker", "snapshots", "theme", "packages"))
"""What a project installs and builds, and takes long."""


def share(root: Path) -> None:
    """Let a project use what the repository has installed and built; parts of a theme it can make anew."""
    (root / ".proven").mkdir(parents=True)
    for name in SHARED:
        if name.endswith("theme"):
            shutil.copytree(ROOT / name, root / name, copy_function=os.symlink)
        else:
            (root / name).symlink_to(ROOT / name, target_is_directory=True)


def own(workspace: Workspace, name: str) -> Path:
    """Give a project a folder of its own in place of the shared one: its path, where nothing is any more."""
    path = workspace.root / name
    path.unlink() if path.is_symlink() else shutil.rmtree(path)
    return path


FEW = ("3.12", BROWSER, "native")
"""Interpreters for what is not about them; one starts without a snapshot, and takes three times as long."""


def only(workspace: Workspace, *interpreters: str) -> None:
    """Have a project verified on these interpreters."""
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    setting = f"rules: true\n      interpreters: {json.dumps(interpreters)}"
    workspace.write("mkdocs.yml", settings.replace("rules: true", setting))


def declare(workspace: Workspace) -> None:
    """Have a project declare the environment `small`, which has the package humanize."""
    declared = Path(__file__).with_name("cases") / "environments" / "small"
    shutil.copytree(declared, workspace.root / "environments" / "small")


def empty_project(root: Path) -> Workspace:
    """An empty project that shares the repository's tools, which have to be there."""
    root.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copytree(ROOT / "overrides", root / "overrides")
    (root / "docs").mkdir()
    (root / "examples" / "notebooks").mkdir(parents=True)
    share(root)
    return Workspace(root)
