"""What is remembered, and when it is forgotten."""

from dataclasses import replace
from pathlib import Path

from proven.model import Error, Interpreter, Job, Print, Result, Source
from proven.render import policy
from proven.run.cache import Known

from .workspace import Workspace

NATIVE = Interpreter("native", "3.13.0", "native linux")
SOURCES = (Source("python", "x = 1\n"), Source("python", "print(x)\n"))
IMPORTING = (Source("python", "import x\n"),)
RESULT = Result("1\n", "warning\n", Error("ValueError", "no", 2, "Traceback"), (Print(1, 0, "1"),))


def test_round_trip(tmp_path: Path) -> None:
    """A result comes back as it was put."""
    job = Job(NATIVE, SOURCES)
    assert Known(tmp_path, "locks", "code").get(job) is None
    Known(tmp_path, "locks", "code").put(job, RESULT)
    assert Known(tmp_path, "locks", "code").get(job) == RESULT


def test_key_holds_everything(tmp_path: Path) -> None:
    """A change of anything that could change the answer gives another key."""

    def key(sources: tuple[Source, ...], where: Interpreter, locks: str = "locks", code: str = "code") -> str:
        return Known(tmp_path, locks, code).key(Job(where, sources))

    others = {
        key(SOURCES, NATIVE, locks="other locks"),
        key(SOURCES, NATIVE, code="other code"),
        key(SOURCES[1:], NATIVE),
        key((SOURCES[0], Source("pycon", "print(x)\n")), NATIVE),
        key(SOURCES, replace(NATIVE, version="3.13.1")),
        key(SOURCES, replace(NATIVE, build="native macos")),
        key(SOURCES, replace(NATIVE, environment="another package")),
        key(IMPORTING, replace(NATIVE, packages={"x": "a wheel"})),
        key(IMPORTING, replace(NATIVE, packages={"x": "another wheel"})),
        key(IMPORTING, replace(NATIVE, packages={"x": "a wheel", "y": "not imported"})),
        key(SOURCES, NATIVE),
    }
    assert len(others) == 10


def test_crash_is_not_remembered(tmp_path: Path) -> None:
    """A time-out may be the machine's fault: the next run tries again."""
    job = Job(NATIVE, SOURCES)
    Known(tmp_path, "locks", "code").put(job, Result(crash="still running"))
    assert Known(tmp_path, "locks", "code").get(job) is None


def test_damaged_file_is_run_again(workspace: Workspace) -> None:
    """A file cut short, or of another make, counts as none."""
    workspace.write("docs/x.md", "```python\nprint(1)\n#> 1\n```\n")
    assert "1 runs, 0 failures" in workspace.verify("--interpreter", "native").stderr
    for damage in ("{", "{}", "[1]", ""):
        for file in (workspace.root / ".proven" / "results").rglob("*.json"):
            file.write_text(damage)
        assert "1 runs, 0 failures" in workspace.verify("--interpreter", "native").stderr


def test_second_run_starts_nothing(workspace: Workspace) -> None:
    """With nothing changed, no interpreter is started; a changed block is run, the other is not."""
    workspace.write("docs/x.md", "```python\nprint(1)\n#> 1\n```\n\n```python\nprint(2)\n#> 2\n```\n")
    arguments = ("--interpreter", "native", "--interpreter", "3.14")
    assert "4 runs, 0 failures" in workspace.verify(*arguments).stderr
    assert "0 runs, 0 failures" in workspace.verify(*arguments).stderr
    workspace.write("docs/x.md", "```python\nprint(1)\n#> 1\n```\n\n```python\nprint(3)\n#> 3\n```\n")
    assert "2 runs, 0 failures" in workspace.verify(*arguments).stderr


def test_failure_is_remembered(workspace: Workspace) -> None:
    """A page that is wrong stays wrong without being run again."""
    workspace.write("docs/x.md", "```python\nprint(1)\n#> 2\n```\n")
    first = workspace.verify("--interpreter", "native")
    second = workspace.verify("--interpreter", "native")
    assert "docs/x.md:3: printed '1', the page says '2'" in second.stderr
    assert ("1 runs" in first.stderr, "0 runs" in second.stderr) == (True, True)


def test_console_runs_again_when_a_file_changes(workspace: Workspace) -> None:
    """A console depends on the files that it finds and on their names, not on the output on the page."""
    page = '```text file="a.txt"\none\n```\n\n```console run\n$ cat *.txt\none\n```\n'
    workspace.write("docs/x.md", page)
    assert "1 runs, 0 failures" in workspace.verify().stderr
    workspace.write("docs/x.md", page.replace("one", "two", 1))
    assert "docs/x.md:7: printed 'two', the page says 'one'" in workspace.verify().stderr
    workspace.write("docs/x.md", page.replace("one", "two"))
    assert "0 runs, 0 failures" in workspace.verify().stderr
    workspace.write("docs/x.md", page.replace("a.txt", "b.txt"))
    assert "1 runs, 0 failures" in workspace.verify().stderr


def test_changed_page_is_read_again(small_site: Workspace) -> None:
    """Of a page that has changed since the last build, links are followed and scripts let pass anew."""
    page, built = small_site.root / "docs/topic/one.md", small_site.root / "site/topic/one/index.html"
    text = page.read_text("utf-8")
    for script in ("let first;", "let second;"):
        page.write_text(f"{text}\n<script>{script}</script>\n", "utf-8")
        done = small_site.command("mkdocs", "build")
        assert done.returncode == 0, done.stderr
        html = built.read_text("utf-8")
        (digest,) = policy.hashes(f"<script>{script}</script>")
        assert f"'{digest}'" in html
        assert html.count("'sha256-") == len(policy.hashes(html))
    page.write_text(f"{text}\n[Gone](#gone)\n", "utf-8")
    assert (
        "the link to #gone names a fragment that is not there" in small_site.command("mkdocs", "build").stderr
    )
