"""Wheels for the browser's interpreter: `download(lock, folder)`."""

import subprocess
import sys
from pathlib import Path

from proven.project import BROWSER, RUNNER, Unavailable

LOCK = RUNNER / "wheels.txt"
"""Names, versions and hashes of what mypy takes in the browser, as pip reads them."""

_PLATFORM = "pyemscripten_2026_0_wasm32"
"""What the Pyodide of CPython 3.14 calls itself; uv knows no such platform, pip takes any."""


def download(lock: Path, folder: Path) -> None:
    """Get every wheel of a lock file from the index that pip is configured for.

    Args:
        lock: A requirements file with versions and hashes.
        folder: Where the wheels are put.

    Raises:
        Unavailable: One cannot be had, or is not the one that the lock file names.
    """
    options = (
        "--no-deps",
        "--require-hashes",
        "--only-binary=:all:",
        f"--platform={_PLATFORM}",
        "--implementation=cp",
        f"--abi=cp{BROWSER.replace('.', '')}",
        f"--python-version={BROWSER}",
        f"--dest={folder}",
        f"--requirement={lock}",
    )
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise Unavailable(
            "\n".join(
                [
                    "wheels for the browser cannot be had",
                    *(f"    {line[:300]}" for line in said[:4]),
                    "    They come from the package index that pip is configured for, once.",
                    "    Check the network, or pip's `index-url`. Nothing was changed.",
                ]
            )
        )
