"""What the shell gets, and what an installed package has."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path

import pytest
from conftest import Run, look, take

PROJECT = Path(__file__).parents[1]
UV = os.environ.get("UV") or shutil.which("uv")  # uv run says which one it is
DECLARED = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["sea-"], id="no photo"),
        pytest.param(["--start", "0", "sea-", "a.jpg"], id="start"),
        pytest.param(["--dry", "sea-", "a.jpg"], id="shortened option"),
        pytest.param(["../sea-", "a.jpg"], id="other folder"),
        pytest.param(["", "a.jpg"], id="empty prefix"),
    ],
)
def test_wrong_arguments_have_status_2(
    run: Run, tmp_path: Path, arguments: list[str]
) -> None:
    (tmp_path / "album").mkdir()
    take(tmp_path / "album", "a.jpg")
    outcome = run(*(arg.replace("a.jpg", "album/a.jpg") for arg in arguments))
    assert (outcome.status, outcome.out) == (2, "")
    assert "usage: rename-photos" in outcome.err
    assert look(tmp_path / "album") == {"a.jpg": "a.jpg"}


def test_types_are_announced() -> None:
    assert files("rename_photos").joinpath("py.typed").is_file()


def test_the_command_is_an_entry_point_and_knows_its_version(run: Run) -> None:
    try:
        installed = distribution("rename-photos")
    except PackageNotFoundError:
        pytest.skip("the package is on the path, but not installed")
    (command,) = installed.entry_points.select(group="console_scripts")
    assert (command.name, command.value) == ("rename-photos", "rename_photos.cli:main")
    assert run("--version") == (0, f"{DECLARED['project']['version']}\n", "")


@pytest.mark.skipif(sys.platform == "emscripten", reason="there are no processes")
def test_the_status_of_the_process_is_that_of_main(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rename_photos", "sea-", "missing.jpg"]
    result = subprocess.run(  # noqa: S603
        command, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert "not a file" in result.stderr


@pytest.mark.skipif(UV is None, reason="there is no uv")
def test_the_wheel_has_the_types_and_the_command(tmp_path: Path) -> None:
    build = [UV or "uv", "build", "-q", "--offline", "--wheel", "-o", str(tmp_path)]
    subprocess.run([*build, str(PROJECT)], check=True)  # noqa: S603
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as built:
        names = built.namelist()
        (entry_points,) = (name for name in names if name.endswith("entry_points.txt"))
        text = built.read(entry_points).decode()
    assert "rename_photos/py.typed" in names
    assert "rename-photos = rename_photos.cli:main" in text
