"""Install the environments that a site declares, when blocks need them: `provide(project, names)`."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock

from proven.model import Unavailable
from proven.project import Project, step
from proven.project.environments import Environment

_ADVICE = """    uv takes packages from PyPI, or the index that it is set to use: check the network.
    Or leave its blocks out: proven verify --without {name}; for a build, PROVEN_WITHOUT={name}."""


def provide(project: Project, names: Iterable[str]) -> bool:
    """Bring environments up to date; whether anything had to be done.

    Args:
        project: What declares them.
        names: Which are needed.

    Raises:
        Unavailable: One cannot be had.
    """
    return sum(_install(project.environments[name]) for name in sorted({*names})) > 0


def _install(environment: Environment) -> bool:
    """Whether it had to be installed."""
    if environment.installed:
        return False
    for folder in (environment.home, environment.stamp.parent):
        folder.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{environment.home}.lock"):
        if environment.installed:  # by another process, meanwhile
            return False
        with step(f"Installing the environment {environment.name}"):
            environment.stamp.unlink(missing_ok=True)  # until uv is done, nothing counts as installed
            _sync(environment)
            environment.stamp.write_text(environment.digest, "utf-8")
    return True


def _sync(environment: Environment) -> None:
    """Let uv install what is locked.

    Raises:
        Unavailable: uv is missing, or fails.
    """
    advice = _ADVICE.format(name=environment.name)
    places = [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
    uv = shutil.which("uv", path=os.pathsep.join(places))
    if uv is None:
        raise Unavailable(
            f"the environment {environment.name} cannot be installed: there is no uv\n"
            f"    Install it: pip install uv\n{advice.splitlines()[-1]}"
        )
    said = _run(environment, [uv, "sync", "--locked", "--compile-bytecode"])
    if said and environment.agrees and (wheels := find_links()):
        said = _from_wheels(environment, uv, wheels)
    if said:
        lines = [line for line in said.splitlines() if line.strip()][-8:]
        text = "\n".join(f"    {line[:300]}" for line in lines)
        raise Unavailable(f"the environment {environment.name} cannot be had\n{text}\n{advice}")


def _from_wheels(environment: Environment, uv: str, wheels: list[str]) -> str:
    """Install what is locked with wheels of its digests, where an index is out of reach; what went wrong."""
    with tempfile.TemporaryDirectory(prefix="proven-") as folder:
        locked = str(Path(folder, "locked.txt"))
        links = [option for place in wheels for option in ("--find-links", place)]
        export = [uv, "export", "--frozen", "--no-emit-project", "--output-file", locked]
        install = [uv, "pip", "sync", "--require-hashes", "--compile-bytecode", *links, locked]
        return (
            _run(environment, export)
            or _run(
                environment, [uv, "venv", "--clear", "--python", environment.python, str(environment.home)]
            )
            or _run(environment, [*install, "--python", str(environment.executable)])
        )


def find_links() -> list[str]:
    """Folders and pages with wheels that pip is configured to look into."""
    config = [sys.executable, "-m", "pip", "config", "get", "global.find-links"]
    told = subprocess.run(config, capture_output=True, text=True, check=False).stdout
    return [*told.split(), *os.environ.get("PIP_FIND_LINKS", "").split()]


def _run(environment: Environment, command: list[str]) -> str:
    """Run uv where an environment is declared; what it said if it failed."""
    variables = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run(
        [*command, "--no-progress", "--directory", str(environment.source)],
        env={**variables, "UV_PROJECT_ENVIRONMENT": str(environment.home), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return (done.stderr or f"exit code {done.returncode}") if done.returncode else ""
