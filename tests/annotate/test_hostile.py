"""Text that a tool reports is never trusted.

- A message or path ends no command, and is no Markdown or HTML
"""

from markdown_it import MarkdownIt

from .conftest import Annotate
from .reports import finding
from .served import SITE

HOSTILE = "100% <b>| `x`, ``y`` @all [a](http://b):: \x1b[31m\u202e\r\n::error::two\n# three\u2028- four"


def test_hostile_workflow_command(annotate: Annotate) -> None:
    """A message or path cannot end a workflow command, start another, or leave its property."""
    (line,) = annotate(
        [finding(message=HOSTILE, filename="a,line=9::b\n.py")], "--format", "github"
    ).out.splitlines()
    assert line.startswith("::error file=a%2Cline=9%3A%3Bb".replace("%3B", "%3A") + "%0A.py,line=3,")
    assert line.isprintable()
    _, _, data = line[2:].partition("::")
    assert data.startswith("B006 100%25 <b>")
    assert "%0D%0A::error::two%0A# three" in data


def test_hostile_markdown(annotate: Annotate) -> None:
    """A message or path is shown as it is: no HTML, link or heading of its own, and no second item."""
    report = [finding(message=HOSTILE, filename="/project/`a`\n# b.py", code="E722")]
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(annotate(report, "--format", "markdown").out)
    inline = [child for token in tokens for child in token.children or ()]
    assert [token.attrs["href"] for token in inline if token.type == "link_open"] == [f"{SITE}topic/three/"]
    assert {token.type for token in inline} == {"code_inline", "text", "link_open", "link_close"}
    assert {token.type for token in tokens if token.nesting == 1} == {
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
    }
    assert [token.content for token in inline if token.type == "text" and token.content.strip()] == [
        "PX903: Keep rule PX903 in *all* tests"
    ]


def test_hostile_text(annotate: Annotate) -> None:
    """A message stays on its line and steers no terminal."""
    first, *_ = annotate([finding(message=HOSTILE)]).out.splitlines()
    assert first.endswith("- four")
    assert "\\x1b[31m\\u202e" in first
