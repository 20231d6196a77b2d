"""`proven verify --update` writes what was printed, and nothing else."""

import pytest

from .workspace import Workspace

ARGUMENTS = ("--update", "--interpreter", "native", "--interpreter", "3.14")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_outputs_are_rewritten(workspace: Workspace, newline: str) -> None:
    """Missing outputs are added, wrong ones replaced, stale ones removed; line ends stay."""
    page = (
        "# Title\n\n```python\nprint(1)\nprint(2)\n#> 3\nx = 1\n#> stale\n```\n\n"
        "> ```python\n> print('quoted')\n> ```\n\nEnd.\n"
    )
    file = workspace.write("docs/x.md", page.replace("\n", newline))
    done = workspace.verify(*ARGUMENTS)
    assert done.returncode == 0, done.stderr
    assert "updated docs/x.md" in done.stderr
    assert file.read_bytes().decode() == (
        "# Title\n\n```python\nprint(1)\n#> 1\nprint(2)\n#> 2\nx = 1\n```\n\n"
        "> ```python\n> print('quoted')\n> #> quoted\n> ```\n\nEnd.\n"
    ).replace("\n", newline)


def test_in_a_list(workspace: Workspace) -> None:
    """Outputs of an indented block are indented."""
    file = workspace.write("docs/x.md", "1. One\n\n    ```python\n    if True:\n        print(1)\n    ```\n")
    assert workspace.verify(*ARGUMENTS).returncode == 0
    assert (
        file.read_text() == "1. One\n\n    ```python\n    if True:\n        print(1)\n        #> 1\n    ```\n"
    )


def test_right_pages_are_left_alone(workspace: Workspace) -> None:
    """A page that says what was printed is not written at all."""
    file = workspace.write("docs/x.md", "```python\nprint(1)\n#> 1\n```\n")
    before = file.stat().st_mtime_ns
    assert "updated" not in workspace.verify(*ARGUMENTS).stderr
    assert file.stat().st_mtime_ns == before


def test_versions_that_disagree_still_fail(workspace: Workspace) -> None:
    """An output that differs between interpreters cannot be updated away."""
    workspace.write("docs/x.md", "```python\nimport sys\n\nprint(sys.version_info >= (3, 14))\n```\n")
    done = workspace.verify("--update", "--interpreter", "3.13", "--interpreter", "3.14")
    assert done.returncode == 1
    assert "docs/x.md:5: printed 'False', the page says 'True' on 3.13" in done.stderr


@pytest.mark.parametrize("body", ["pass", "print('flood ' * 1000)"])
def test_a_block_that_does_not_end_is_left_alone(workspace: Workspace, body: str) -> None:
    """What a stopped block had printed is not taken for its output."""
    page = f"```python\nprint(1)\n#> 7\nwhile True:\n    {body}\n```\n"
    file = workspace.write("docs/x.md", page)
    assert workspace.verify("--update", "--interpreter", "native", "--timeout", "2").returncode == 1
    assert file.read_text() == page


def test_consoles(workspace: Workspace) -> None:
    """What commands print is written under them; a line that fits with its `...` stays."""
    page = (
        "1. One\n\n    ```console run\n    $ echo one; echo; echo two\n    $ echo three in 0.1 s\n"
        "    three in ... s\n    stale\n    $ true\n    stale\n    ```\n"
    )
    file = workspace.write("docs/x.md", page)
    done = workspace.verify("--update", "--interpreter", "native")
    assert done.returncode == 0, done.stderr
    assert file.read_text() == (
        "1. One\n\n    ```console run\n    $ echo one; echo; echo two\n    one\n\n    two\n"
        "    $ echo three in 0.1 s\n    three in ... s\n    $ true\n    ```\n"
    )


def test_what_a_page_cannot_hold_as_it_is(workspace: Workspace) -> None:
    """Tabs, blanks at an end and control characters are written so that the page holds from then on."""
    page = (
        "1. One\n\n   ```python\n   print('a\\tb')\n   print('c\\xa0')\n   print('d  ')\n"
        "   print('e\\x02f\\x0cg\\x0c')\n   ```\n\n"
        "   ```console run\n   $ printf 'a\\tb\\n'\n   ```\n"
    )
    file = workspace.write("docs/x.md", page)
    done = workspace.verify("--update", "--interpreter", "native")
    assert done.returncode == 0, done.stderr
    written = file.read_text("utf-8")
    assert "\n   #> c\xa0\n" in written
    assert "\n   #> d\n" in written
    done = workspace.verify("--update", "--interpreter", "native")
    assert (done.returncode, file.read_text("utf-8")) == (0, written)


@pytest.mark.parametrize("command", ["echo '$ no command'", "echo '```'", "false", "exit 0"])
def test_consoles_that_cannot_be_written(workspace: Workspace, command: str) -> None:
    """Output that would change what the block is, or that a failure cut short, is not written."""
    page = f"```console run\n$ {command}\nold\n$ echo next\nold\n```\n"
    file = workspace.write("docs/x.md", page)
    assert workspace.verify("--update", "--interpreter", "native").returncode == 1
    assert file.read_text() == page


def test_what_is_not_known_stays(workspace: Workspace) -> None:
    """A block that ends too soon keeps what is noted beyond its end, and gets what it printed before."""
    page = "```python\nprint(1)\n{}print(absent)\n#> 2\nprint(3)\n#> 3\n```\n"
    file = workspace.write("docs/page.md", page.format(""))
    assert workspace.verify("--update", "--interpreter", "native").returncode == 1
    assert file.read_text("utf-8") == page.format("#> 1\n")


def test_an_end_that_the_page_says_is_an_end(workspace: Workspace) -> None:
    """After the exception that a block is to end in, nothing more is printed: what is noted there goes."""
    page = '```python raises="ValueError"\nprint(1)\n{}raise ValueError\nprint(3)\n{}```\n'
    file = workspace.write("docs/page.md", page.format("", "#> 3\n"))
    assert workspace.verify("--update", "--interpreter", "native").returncode == 0
    assert file.read_text("utf-8") == page.format("#> 1\n", "")


@pytest.mark.parametrize(
    "code",
    [
        "import calendar\n\ncalendar.prmonth(2024, 1)\n",
        "def show(text: str) -> str:\n    print(text)\n    return text\n\n\nx = show('a\\nb')\n",
        "from itertools import batched\n\nfor pair in batched('abcd', 2):\n    print(*pair, sep='\\n')\n",
        "print('\"' * 3 + '\\n' + '\"' * 3)\n",
        "print('\\\\N{no name}\\n')\n",
    ],
)
def test_what_is_written_is_accepted(workspace: Workspace, code: str) -> None:
    """What `--update` has written holds, whoever printed it, and a second time nothing is written."""
    file = workspace.write("docs/page.md", f"```python\n{code}```\n")
    first = workspace.verify("--update", "--interpreter", "native")
    assert first.returncode == 0, first.stderr
    written = file.read_text("utf-8")
    assert "#>" in written or '"""' in written
    again = workspace.verify("--update", "--interpreter", "native")
    assert (again.returncode, "updated" in again.stderr) == (0, False)
    assert file.read_text("utf-8") == written
