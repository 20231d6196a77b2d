"""Blocks that nothing can read are failures at their places, and hide no other failure.

- A fence, block or page that cannot be read is a failure at its line, and hides no other, whatever its line
  ends and its encoding (`one-*`, `syntax-error-*`, `line-ends-crlf`, `byte-order-mark`, `not-utf-8`,
  `names-of-emoji`, `test_half_typed.py`)
"""

import re

import pytest

from .workspace import Workspace, only

PYTHON = {
    "parameter": "def f(:\n    pass\n",
    "call": "f(\n    'x': 1\n)\n",
    "no-body": "def f():\npass\n",
    "dedent": "if True:\n        a = 1\n    b = 2\n",
    "tab": "if True:\n\tx = 1\n        y = 2\n",
    "string": "x = 'a\n",
    "triple": "x = '''a\n",
    "bracket": "x = [1,\n",
    "closing": "x = 1]\n",
    "f-string": "x = f'{1'\n",
    "backslash": "x = 1 \\\n",
    "return": "return 1\n",
    "break": "break\n",
    "parameters": "def f(a, a):\n    pass\n",
    "literal": "1 = x\n",
    "keyword": "class = 1\n",
    "quotes": "x = “a”\n",
    "bom": "x = 1\ufeff\n",
    "digits": "x = 1__0\n",
    "escape": "x = '\\N{nothing}'\n",
    "half-typed": "for name in sorted(\n",
    "huge": f"x = {'9' * 100_000}\n",
    "parentheses": f"x = {'(' * 300}{')' * 300}\n",
    "unary": f"x = {'-' * 20_000}1\n",
    "indentation": "".join(f"{' ' * level}if True:\n" for level in range(120)) + f"{' ' * 120}x = 1\n",
    "long": "pass\n" * 10_000 + "def f(:\n",
    "surrogate": "raise ValueError('\\ud800')\n",
    "printed-surrogate": "print('\\ud800')\n#> ?\n",
    "runs-out": "def f():\n    f()\n\n\nf()\n",
    "ends": "import os\n\nos._exit(3)\n",
    "nowhere": "import nowhere_to_be_found\n",
}

OTHERS = [
    ("pycon", ">>> def f(:\n"),
    ("pycon", ">>> 1 +\n"),
    ("pycon", ">>>print(1)\n"),
    ("pycon", ">>> x = '''\n"),
    ("pycon", ">>> 1\n2\n"),
    ("pycon", f">>> x = {'(' * 300}{')' * 300}\n"),
    ("console run", "$ nowhere-to-be-found\n"),
    ("console run", "$ echo 'unclosed\n"),
    ("console run", "$ python -c 'def f(:'\n"),
    ("console run", "$ (((\n"),
    ("toml", "a = \n"),
    ("toml", f"a = {'9' * 5_000}\n"),
    ("toml", f"a = {'[' * 5_000}\n"),
    ('toml file="pyproject.toml"', "[project\n"),
    ("json", "{\n"),
    ("json", f"{'9' * 5_000}\n"),
    ("json", f"{'[' * 100_000}\n"),
    ("json", "\ufeff{}\n"),
    ("yaml", "a: [\n"),
    ("yaml", "a: b: c\n"),
    ("yaml", f"{'9' * 5_000}\n"),
    ("yaml", f"{'[' * 3_000}\n"),
    ("yaml", "\x07: 1\n"),
]

SECTIONS = ("## Avoid {#avoid}", "## Prefer {#prefer}", "## Other")

SEPARATORS = {"form feed": "\x0c", "vertical tab": "\x0b", "U+0085": "\x85", "U+2028": "\u2028", "FS": "\x1c"}


def fence(info: str, source: str) -> str:
    """A block on a page."""
    return f"```{info}\n{source}```\n"


def write(site: Workspace) -> list[tuple[str, int, int]]:
    """Write a site of broken blocks, and one wrong output; of each block its page and its lines."""
    places = []
    pages = {
        f"python-{name}": "\n".join(f"{section}\n\n{fence('python', source)}" for section in SECTIONS)
        for name, source in PYTHON.items()
    }
    pages |= {f"other-{number}": fence(*pair) for number, pair in enumerate(OTHERS)}
    for name, text in pages.items():
        site.write(f"docs/broken/{name}.md", text)
        fences = [number for number, line in enumerate(text.split("\n"), 1) if line.startswith("```")]
        places += [(f"docs/broken/{name}.md", *pair) for pair in zip(fences[::2], fences[1::2], strict=True)]
    site.write("docs/last.md", fence("python", "print(1)\n#> 2\n"))
    return places


def test_broken_blocks(workspace: Workspace) -> None:
    """Whatever is wrong with a block, in whatever section, it is reported there, with all that is wrong."""
    only(workspace, "native")
    places = write(workspace)
    done = workspace.verify("docs")
    said = done.stderr
    assert done.returncode == 1, said[-3000:]
    assert "Traceback" not in said
    assert "docs/last.md:3: printed '1', the page says '2'" in said
    failed = {(path, int(line)) for path, line in re.findall(r"^(docs/[\w./-]+):(\d+): ", said, re.M)}
    silent = [
        (path, first)
        for path, first, last in places
        if not any((path, line) in failed for line in range(first, last + 1))
    ]
    assert silent == []


def test_lines_are_those_of_python(workspace: Workspace) -> None:
    """A character that only some count as the end of a line moves neither a failure nor an output."""
    blocks = [
        fence("python", f"x = 'a{mark}b'\n# {mark}.\nprint(1)\n#> {number}\n")
        for number, mark in enumerate(SEPARATORS.values(), 2)
    ]
    text = "\n".join([*blocks, fence("python", "print('a\\x0cb')\n#> a\x0cb\n")])
    workspace.write("docs/page.md", text)
    done = workspace.verify("--interpreter", "native")
    lines = [number for number, line in enumerate(text.split("\n"), 1) if re.match("#> [2-9]", line)]
    assert re.findall(r"^docs/page.md:(\d+): printed '1'", done.stderr, re.M) == [*map(str, lines)]
    workspace.verify("--interpreter", "native", "--update", "docs/page.md")
    assert (workspace.root / "docs/page.md").read_text("utf-8") == re.sub("#> [2-9]", "#> 1", text)


@pytest.mark.parametrize("mark", ["\0", "\x02"], ids=["NUL", "STX"])
def test_marks_that_renderers_take_out(workspace: Workspace, mark: str) -> None:
    """What a renderer would take out of a page is said, or taken out before the block is run."""
    workspace.write("docs/index.md", f"# Home page\n\n{fence('python', f'print(1)  # {mark}{chr(10)}')}")
    workspace.write("docs/last.md", fence("python", "print(1)\n#> 2\n"))
    done = workspace.verify("docs", "--interpreter", "native")
    assert done.returncode == 1
    assert "docs/last.md:3: printed '1'" in done.stderr
    assert ("docs/index.md:4: there is a NUL character here" in done.stderr) == (mark == "\0")
