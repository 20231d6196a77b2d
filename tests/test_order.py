"""Results do not depend on the order in which blocks are run, nor on what runs beside them.

- What a block does depends neither on the order of runs nor on what runs beside it
"""

import signal
from dataclasses import asdict

import pytest

from proven.collect.pages import read_pages
from proven.model import Block, Interpreter, Job, Page, Result
from proven.project import Project, quiet
from proven.run import cache
from proven.run.pool import Runners
from proven.verify import runs
from proven.verify.plan import ask_tools, plan_blocks, plan_fixes

from .sampling import sampled
from .workspace import Workspace

INTERRUPTED = """```python
import signal

try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("interrupted")
    #> interrupted
```
"""

pytestmark = pytest.mark.slow


def differences(
    project: Project, pages: list[Page], interpreters: list[Interpreter], share: int = 1
) -> list[str]:
    """Run one block in `share` once more, shuffled: where that gives other results than a build."""
    seen = ask_tools(project, pages, quiet)()
    plan = {**plan_fixes(pages, seen, interpreters), **plan_blocks(pages, interpreters)}
    cached = cache.Known.of(project)
    again: dict[Job, Result] = {}

    def note(job: Job, result: Result) -> None:
        again[job] = runs.as_kept(plan[job], job.interpreter, result)

    with Runners(project) as runners:
        runs.run_and_repeat(cached, plan, runners)
        runners.run(sampled([*plan], share), note)
        runners.run([job for job in again if cached.get(job) != again[job]], note)  # as a build does
    return [
        f"{plan[job].address} on {job.interpreter.name}: {_difference(cached.get(job), result)}"
        for job, result in again.items()
        if cached.get(job) != result and not _leaves_out(plan[job])
    ]


def _leaves_out(block: Block) -> bool:
    """Whether a console says by `...` that something is different each time."""
    return block.language == "console" and "..." in block.source


def _difference(first: Result | None, second: Result) -> str:
    """What of two results is not the same."""
    was, now = asdict(first) if first else {}, asdict(second)
    return ", ".join(
        f"{name} {was.get(name)!r} then {now[name]!r}" for name in now if was.get(name) != now[name]
    )


def test_this_site(verified: Project) -> None:
    """Each block of this site prints and raises the same, tracebacks included, shuffled as in a build.

    A thirtieth of them at a time, unless PROVEN_ALL is set: the seed that chooses is printed.
    """
    pages = read_pages(verified, verified.pages())
    changed = differences(verified, pages, verified.interpreters(), 30)
    assert not changed, "\n".join(changed)


@pytest.mark.parametrize(
    "code",
    [
        "import time\n\nprint(time.time_ns())",
        "print(object())",
        "import random\n\nprint(random.random())",
        "print({str(number) for number in range(99)})",
        "import sys\n\nprint(object(), file=sys.stderr)",
    ],
    ids=["time", "address", "seed", "set", "stderr"],
)
def test_differences_are_found(workspace: Workspace, code: str) -> None:
    """A block that does something else each time is found, even if its page does not show it."""
    workspace.write("docs/page.md", f"```python\nprint(1)\n```\n\n```python\n{code}\n```\n")
    project = Project.around(workspace.root)
    pages = read_pages(project, [workspace.root / "docs/page.md"])
    (difference,) = differences(project, pages, project.interpreters()[-1:])
    assert difference.startswith("docs/page.md:5 on native: std")


def test_ignored_signals(workspace: Workspace) -> None:
    """A build that a shell runs in the background, which ignores interrupts, has blocks that do not."""
    workspace.write("docs/page.md", INTERRUPTED)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        done = workspace.process("proven", "verify", "--interpreter", "native")
    finally:
        signal.signal(signal.SIGINT, before)
    assert done.returncode == 0, done.stdout + done.stderr
