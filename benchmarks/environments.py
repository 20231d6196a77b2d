"""What the environments of this site cost: seconds to install each, and what it takes on disk.

    uv run python -m benchmarks.environments

They are installed into a folder of their own; packages come from uv's cache where it has them.
"""

import shutil
import tempfile
import time
from pathlib import Path

from proven.project import REPOSITORY, Project
from proven.toolchain.environments import provide


def main() -> None:
    """Install one after another, and print what each took."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shutil.copy(REPOSITORY / "mkdocs.yml", root)
        shutil.copytree(REPOSITORY / "environments", root / "environments")
        project = Project.of(root / "mkdocs.yml")
        for environment in project.environments.values():
            started = time.perf_counter()
            provide(project, [environment.name])
            seconds = time.perf_counter() - started
            files = [file for file in environment.home.rglob("*") if file.is_file() and not file.is_symlink()]
            size = sum(file.stat().st_size for file in files) / 1e6
            print(f"{environment.name}: {seconds:.0f} s, {size:.0f} MB")


if __name__ == "__main__":
    main()
