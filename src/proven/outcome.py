"""How a command ends: `run(work)`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from proven.model import Failures, Unavailable
from proven.project import Project, console, packages


def run(work: Callable[[Project], bool]) -> NoReturn:
    """Exit with 1 when there were failures, with 2 when it could not be found out."""
    try:
        failed = work(Project.around(Path.cwd()))
    except Failures as wrong:
        console().print(str(wrong), markup=False)
        failed = True
    except (Unavailable, packages.Disagreement) as missing:
        console().print(f"proven: {missing}", markup=False)
        sys.exit(2)
    sys.exit(1 if failed else 0)
