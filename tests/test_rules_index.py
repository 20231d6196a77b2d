"""Pages that list all rules, and what is copied to cite one."""

import re

import pytest
from docutils.core import publish_doctree
from docutils.nodes import reference
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from proven.collect.blocks import collect
from proven.collect.pages import read_pages
from proven.model import Failures, Interpreter, Page, RulePage, Site
from proven.pages.checklist import checklist
from proven.pages.citations import citations
from proven.pages.rules import rules_index
from proven.project import Project
from proven.render.escape import markdown, rest
from proven.rules.catalogue import Catalogue, catalogue
from proven.rules.names import names
from proven.rules.rule import Exemption
from proven.verify.provenance import Tools

from .small_site import COURSE, rule

ODD = (
    "except* groups, __slots__ and list[int]",
    "a < b & c > d, `x` | *y*, \\_ and <b>",
    "@dataclass(slots=True) beats @functools.cache",
    "__init_subclass__ registers _ and *args",
    "+ and ~~not~~ [this](that) #1",
    "'quoted' \"twice\" &amp; raise ... from",
)
TOOLS = Tools(
    tuple(Interpreter(version, version, "Pyodide", "x") for version in ("3.15.0rc1", "3.11.3", "3.12.7")), ()
)
HOME = "---\ntitle: Home\ncourse:\n  - heading: Topics\n    rules: [topic]\n---\n\n# Home\n"
LIST = collect("docs/rules.md", "---\ntitle: All rules\ngenerated: rules\n---\n\n# All rules\n")


@pytest.fixture(scope="module")
def real(tools: Project) -> Catalogue:
    """The rules of the real site."""
    return catalogue(tools, Site(tuple(read_pages(tools, tools.pages()))), "")


def small(project: Project, title: str, python: str) -> Catalogue:
    """A site of two rules; what the first one says of itself."""
    first = rule("PX901", "PX902").replace("Keep rule PX901 in *all* tests", title)
    first = first.replace("title: ", "title: >-\n  ", 1).replace('python: ">=3.11"', f'python: "{python}"')
    texts = {
        "index": HOME,
        "topic/index": COURSE.replace("[one, two]", "[two, one]"),
        "topic/one": re.sub("detectors:.*\n.*\n", "", first),
        "topic/two": rule("PX902", "PX901"),
    }
    pages = tuple(collect(f"docs/{name}.md", text) for name, text in texts.items())
    return catalogue(project, Site(pages), "")


def rows(html: str) -> dict[str, LexborNode]:
    """The rules that a list has, by code."""
    return {str(row.attributes["data-code"]): row for row in LexborHTMLParser(html).css("[data-code]")}


def link(row: LexborNode) -> tuple[str, str]:
    """The text of a rule's link, and where it leads."""
    (anchor,) = row.css("a")
    return anchor.text(), str(anchor.attributes["href"])


def test_all_rules_are_listed(real: Catalogue) -> None:
    """Index and checklist have every rule once, with its title, level and a link to its page."""
    for made in (rules_index, checklist):
        listed = rows(made(LIST, real, TOOLS))
        assert sorted(listed) == [rule.code for rule in real.rules]
        for entry in real.rules:
            assert link(listed[entry.code]) == (entry.title, f"../{entry.path}")
            assert listed[entry.code].attributes["data-level"] == entry.level


@pytest.mark.parametrize("title", ODD)
def test_titles_are_text(tools: Project, title: str) -> None:
    """What a title has of HTML or Markdown is shown as it is."""
    for made in (rules_index, checklist):
        row = rows(made(LIST, small(tools, title, ">=3.11"), TOOLS))["PX901"]
        assert link(row)[0] == title
        assert row.css_first("b") is None


@pytest.mark.parametrize(
    ("python", "versions"),
    [
        (">=3.11", "3.11 3.12 3.15"),
        ("<3.12", "3.11"),
        (">=3.15", "3.15"),
        (">=3.12,!=3.12.7", "3.15"),
        ("<3", ""),
    ],
)
def test_versions(tools: Project, python: str, versions: str) -> None:
    """A rule is listed for those versions of the site that it speaks about, pre-releases included."""
    row = rows(rules_index(LIST, small(tools, "A title of tests", python), TOOLS))["PX901"]
    assert row.attributes["data-python"] == versions


def test_detectors(tools: Project) -> None:
    """A rule is listed under what finds it, or under none."""
    listed = rows(rules_index(LIST, small(tools, "A title of tests", ">=3.11"), TOOLS))
    assert {code: row.attributes["data-detectors"] for code, row in listed.items()} == {
        "PX901": "no-linter none",
        "PX902": "ruff",
    }
    assert "Ruff B006" in listed["PX902"].text()


def test_checklist_is_in_reading_order(tools: Project) -> None:
    """Under the heading of a topic its rules stand as its course has them."""
    text = checklist(LIST, small(tools, "A title of tests", ">=3.11"), TOOLS)
    assert text.index("## Topic {#topic}") < text.index("PX902") < text.index("PX901")


def test_review_comments(real: Catalogue) -> None:
    """A comment on any rule is two sentences that speak to nobody; so is one on an exception."""
    for cited in real.rules:
        made = citations(cited.page, cited.exemptions)
        for text in (made["comment"], *made["exceptions"].values()):
            assert len(re.findall(r"(?<!\.\.)[.!?](?: |$)", text)) == 2, text
            assert text.endswith("."), text
            assert not re.search(r"\b(you|yours?|yourself|we|I)\b", text, re.IGNORECASE), text
        assert list(made["exceptions"]) == [each.code for each in cited.exemptions]


def test_comment_on_a_long_exception() -> None:
    """Of an exception that goes on, the first sentence is quoted; dots within code do not end it."""
    page = collect("docs/topic/one.md", rule("PX901", "PX902"))
    assert isinstance(page, RulePage)
    texts = {
        "As in raise X(...) from None. Then more. And more.": "As in raise X(...) from None.",
        "Never": "Never.",
    }
    for text, quoted in texts.items():
        said = citations(page, [Exemption("PX901-EX1", text)])["exceptions"]["PX901-EX1"]
        assert said == f"PX901-EX1 applies, an exception to “Keep rule PX901 in \\*all\\* tests”. {quoted}"


def shown(text: str) -> str:
    """What readers see of Markdown."""
    return LexborHTMLParser(MarkdownIt("gfm-like", {"linkify": False}).render(text)).text().strip()


def test_citations_show_the_title(real: Catalogue) -> None:
    """Both as Markdown and as reStructuredText, a link's text is the rule's code and title as they are."""
    titles = [*ODD, *(f"{rule.code}: {rule.title}" for rule in real.rules)]
    for title in titles:
        assert shown(markdown(title)) == title
        assert shown(f"[{markdown(title)}](https://example.org/PX017/)") == title
    links = "\n\n".join(f"`{rest(title)} <https://example.org/PX017/>`__" for title in titles)
    references = list(publish_doctree(links).findall(reference))
    assert [(node.astext(), node["refuri"]) for node in references] == [
        (title, "https://example.org/PX017/") for title in titles
    ]


def test_a_decorator_mentions_nobody() -> None:
    """Code hosts take @name for a user, but not within code."""
    assert markdown("Use @dataclass(slots=True)") == "Use `@dataclass`(slots=True)"


def test_a_summary_is_one_sentence() -> None:
    """A second sentence in a summary, which comments quote, fails with its line."""
    text = rule("PX901", "PX902").replace("to be taken for one.", "to be taken. For one.")
    with pytest.raises(Failures, match=r"docs/topic/one.md:5: .*\n    One sentence of at most 160") as caught:
        collect("docs/topic/one.md", text)
    assert len(caught.value.failures) == 1


def test_names_of_a_rule(real: Catalogue) -> None:
    """A rule is found by its codes, also as people type them, and by the codes and names of tools."""
    called = names(real.by_code["PX010"].page)
    assert called["code"].split()[:3] == ["PX010", "PX10", "PX010-EX1"]
    assert {"ASYNC109", "async-function-with-timeout"} <= set(called["tools"].split())


def test_links_from_below(real: Catalogue) -> None:
    """A list in a folder links to the same pages."""
    page = Page(**{**{name: getattr(LIST, name) for name in LIST.__slots__}, "path": "docs/lists/rules.md"})
    assert link(rows(rules_index(page, real, TOOLS))["PX017"])[1] == "../../async/task-references/"
