"""What is wrong on a site of someone else's is found where it stands: tests/corpus/, changed.

- What is wrong in an included file is reported there; a file that cannot be included fails
- A block that no verification has seen stops MkDocs, and Zensical (`test_zensical.py`)
"""

from proven.project.package import aliases

from .corpus_pages import change, place
from .workspace import Workspace


def test_what_is_wrong_is_found_wherever_it_stands(guest: Workspace) -> None:
    """In a tab, a footnote, an included page and an included file: each by the line that is to be mended."""
    change(guest, "handbook/start/install.md", "#> LF", "#> CR")
    change(guest, "handbook/guide/lists.md", "#> noted", "#> not noted")
    change(guest, "README.md", "#> 12:25:00", "#> 12:24:00")
    change(guest, "examples/harbour.py", "1.0 False", "1.0 True")
    change(guest, "parts/aside.md", 'print("aside")\n    #> aside', 'raise ValueError("aside")')
    done = guest.command("mkdocs", "build")
    assert done.returncode == 1
    for name, text, message in (
        ("handbook/start/install.md", "#> CR", "printed 'LF', the page says 'CR'"),
        ("handbook/guide/lists.md", "#> not noted", "printed 'noted', the page says 'not noted'"),
        ("README.md", "#> 12", "printed '12:25:00', the page says '12:24:00'"),
        (
            "examples/harbour.py",
            "1.0 True",
            "printed 'Quayside 1.0 False', the page says 'Quayside 1.0 True'",
        ),
        ("parts/aside.md", "ValueError", "raised ValueError: aside"),
    ):
        assert f"{place(guest, name, text)}: {message}" in done.stderr
    assert "5 failures" in done.stderr


def test_a_changed_include_is_verified_anew(guest: Workspace) -> None:
    """A page depends on what it includes: with that changed, its blocks are run again, and no others."""
    assert "45 blocks, 0 runs" in guest.command("mkdocs", "build").stderr
    change(guest, "examples/harbour.py", "sill=1.5", "sill=1.4")
    assert "45 blocks, 2 runs" in guest.command("mkdocs", "build").stderr
    assert "45 blocks, 0 runs" in guest.command("mkdocs", "build").stderr


def test_missing_include(guest: Workspace) -> None:
    """A file that cannot be included is an error at its line, whatever pymdownx.snippets would do."""
    change(guest, "handbook/guide/included.md", '"harbour.py:3:3"', '"nowhere.py"')
    done = guest.verify()
    assert done.returncode == 1
    where = place(guest, "handbook/guide/included.md", "nowhere")
    assert f"{where}: Snippet at path 'nowhere.py' could not be found" in done.stderr


def test_update_leaves_includes_alone(guest: Workspace) -> None:
    """What pages include is not rewritten: the failure stays, and says so."""
    change(guest, "README.md", "#> 12:25:00", "#> 12:24:00")
    before = (guest.root / "README.md").read_text("utf-8")
    done = guest.verify("--update")
    assert done.returncode == 1
    assert "--update does not write into what a page includes" in done.stderr
    assert (guest.root / "README.md").read_text("utf-8") == before


def test_the_command_reads_the_same_configuration(guest: Workspace) -> None:
    """`proven verify`, from any folder of the site, finds its pages and its interpreters."""
    done = Workspace(guest.root / "handbook").verify()
    assert done.returncode == 0, done.stderr
    assert "45 blocks on 8 pages, 0 runs, 0 failures" in done.stderr
    wrong = guest.verify("--interpreter", "3.12")
    assert "no interpreter '3.12': choose from 3.14, native" in wrong.stderr


def test_unknown_interpreter_in_the_configuration(guest: Workspace) -> None:
    """A wrong name in mkdocs.yml is answered with the right ones, before anything is built."""
    change(guest, "mkdocs.yml", '"3.14"', '"3.9"')
    done = guest.command("mkdocs", "build")
    assert done.returncode == 1
    assert f"no interpreter '3.9'\n    Choose from {', '.join(aliases())}, native" in done.stderr


def test_a_fence_of_somebody_elses(guest: Workspace) -> None:
    """Where the site hands Python to another extension, it says so rather than verify nothing."""
    change(guest, "mkdocs.yml", "name: mermaid", "name: python")
    done = guest.command("mkdocs", "build")
    assert done.returncode == 1
    assert "custom_fences hands 'python' to something else" in done.stderr


def test_blocks_that_another_plugin_writes(guest: Workspace) -> None:
    """A block that stands in no file was not verified: the build stops, without a traceback."""
    hook = (
        "def on_page_markdown(markdown, **_):\n    return markdown + '\\n\\n```python\\nprint(0)\\n```\\n'\n"
    )
    guest.write("hook.py", hook)
    change(guest, "mkdocs.yml", "plugins:", "hooks: [hook.py]\n\nplugins:")
    done = guest.command("mkdocs", "build")
    assert done.returncode == 1
    assert "the page shows a block that was not verified: 'print(0)'" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((guest.root / ".proven").glob("site-*"))
