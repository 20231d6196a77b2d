"""The program that runs blocks in Node, as one file of JavaScript."""

from pathlib import Path

from filelock import FileLock

from proven.project import RUNNER, Project, digest
from proven.project.package import LOCK
from proven.toolchain.node import node
from proven.toolchain.product import product, run

_FOLDERS = (RUNNER, RUNNER / "node")


def worker(project: Project) -> Path:
    """The program; Node would strip the types of its parts anew at each start.

    Raises:
        subprocess.CalledProcessError: esbuild refuses something.
    """
    target = project.cache / "worker"

    def build(staging: Path) -> Path:
        esbuild, made = project.modules / "esbuild" / "bin" / "esbuild", staging / "out"
        options = ("--bundle", "--platform=node", "--format=esm", f"--outfile={made / 'worker.mjs'}")
        run(node(esbuild, *options, "node/worker.ts"), RUNNER)
        return made

    stamp = digest([LOCK, *(file for folder in _FOLDERS for file in sorted(folder.glob("*.ts")))])
    with FileLock(project.cache / "worker.lock"):  # children start side by side
        product(project.cache, target, stamp, "Compiling what runs blocks", build)
    return target / "worker.mjs"
