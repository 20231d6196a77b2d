"""A small site's annotate.py, and what is given to it."""

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from ruff import find_ruff_bin

from proven.collect.pages import read_pages
from proven.exports.annotator import EXPORT
from proven.model import Site
from proven.project import Project
from proven.rules.catalogue import catalogue

from ..conftest import CASES
from ..small_site import COURSE, rule
from ..txtar import Case
from ..workspace import Workspace

SITE = "https://rules.example/"
FOLDER = CASES / "annotate"
SCHEMAS = Path(__file__).parents[1] / "schemas"
FORMATS = {
    "text": "txt",
    "markdown": "md",
    "github": "github",
    "gitlab": "gitlab.json",
    "rdjsonl": "jsonl",
    "sarif": "out.sarif",
}
"""The formats, and how the files end that show them."""

CONFIGURATION = f"site_name: Rules\nsite_url: {SITE}\nplugins:\n  - proven:\n      rules: true\n"
RUFF = ("--isolated", "--no-cache", "--select", "B006,E722,F401,F841")
REPORTS = {
    "ruff.json": ("json",),
    "ruff-preview.json": ("json", "--preview"),
    "ruff.sarif": ("sarif",),
    "ruff-preview.sarif": ("sarif", "--preview"),
}


def write_site(root: Path) -> Project:
    """A project whose rules cover B006, both of them, E722, one, and mypy's unused-coroutine, the same."""
    workspace = Workspace(root)
    workspace.write("mkdocs.yml", CONFIGURATION)
    workspace.write("docs/index.md", "---\ntitle: Home page\n---\n\n# Home page\n")
    workspace.write("docs/topic/index.md", COURSE.replace("one, two", "one, two, three"))
    workspace.write("docs/topic/one.md", rule("PX901", "PX902"))
    workspace.write("docs/topic/two.md", rule("PX902", "PX901"))
    third = rule("PX903", "PX901").replace("mutable-argument-default", "bare-except")
    marked = "sleep(1)  # error: [unused-coroutine]\ndef forget"
    workspace.write("docs/topic/three.md", third.replace("def forget", marked))
    return Project.around(root)


def write_program(root: Path, site_url: str = SITE) -> Path:
    """What a site serves as annotate.py."""
    project = write_site(root)
    whole = catalogue(project, Site(tuple(read_pages(project, project.pages()))), site_url)
    (text,) = EXPORT.make(whole).values()
    file = root / "annotate.py"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


@dataclass(frozen=True)
class Said:
    """What a command has printed, and its status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What is printed, as data."""
        return json.loads(self.out)


def run(command: list[str], folder: Path, data: bytes = b"") -> Said:
    """Run a command in a folder, with its input."""
    done = subprocess.run(command, cwd=folder, input=data, capture_output=True, check=False)
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def loaded(program: Path) -> Callable[..., int]:
    """The function that annotate.py calls when it is run."""
    spec = importlib.util.spec_from_file_location("served_annotate", program)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    main: Callable[..., int] = module.main
    return main


def ruff_reports(folder: Path) -> dict[str, Any]:
    """What the installed Ruff reports on the sources, as if they were in /project.

    Without the documentation of its rules, which is not ours.
    """
    for file in Case.read(FOLDER / "sources.txtar").files:
        Workspace(folder).write(file.name, file.content)
    reports = {}
    for name, (form, *options) in REPORTS.items():
        command = [find_ruff_bin(), "check", *RUFF, "--output-format", form, *options, "."]
        text = run(command, folder).out.replace(folder.resolve().as_posix(), "/project")
        reports[name] = json.loads(text)
        for rule_ in reports[name]["runs"][0]["tool"]["driver"]["rules"] if form == "sarif" else ():
            rule_["fullDescription"]["text"] = "Its documentation."
    return reports


def python() -> str:
    """The oldest Python on this machine that annotate.py is for."""
    names = (f"python3.{minor}" for minor in range(9, 13))
    return next((place for name in names if (place := _works(name))), sys.executable)


def _works(name: str) -> str:
    """Where a Python is; a name on the path may be a shim for one that is not there."""
    if not (place := shutil.which(name)):
        return ""
    command = [place, "-I", "-S", "-c", "import sys; print(sys.executable)"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def validator(form: str) -> Validator:
    """What holds a format's output against its schema."""
    names = {"sarif": "sarif-2.1.0-rtm.5", "rdjsonl": "reviewdog-diagnostic", "gitlab": "gitlab-code-quality"}
    schema = json.loads((SCHEMAS / f"{names[form]}.json").read_text("utf-8"))
    kind = validator_for(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)
