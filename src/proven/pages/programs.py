"""The pages that show many rules at work: what is added to the text of a program's, or of a notebook's."""

import re
from collections.abc import Iterator
from difflib import unified_diff
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup, escape
from pymdownx.highlight import Highlight

from proven import programs
from proven.model import Page, RuleFront, RulePage, Site, link
from proven.programs import Excerpt, Program
from proven.render.templates import templates

_FOLDERS = {"src": "The program", "tests": "Its tests", "before": "Its first version", "": "Its project"}
"""What the files are called that lie in a folder; all other folders are those of the project."""

_LANGUAGES = {".py": "python", ".md": "markdown", ".toml": "toml", ".json": "json", ".diff": "diff"}
_CODE = re.compile(r"\[(PX\d+)\]")


def compose(page: Page, text: str, site: Site, program: Program, provenance: dict[str, Any]) -> str:
    """The Markdown to render for the page of a program.

    Args:
        page: The page.
        text: Its Markdown, without front matter.
        site: All pages, for the rules that it links to.
        program: The program.
        provenance: What it is to say of how its blocks were run.
    """
    story = programs.fill(text, program, _excerpt)
    context: dict[str, Any] = {
        "program": program,
        "archive": f"{program.name}.zip",
        "rules": _rules(page, site),
        "changes": [
            (name, _highlighted(_diff(name, *texts), ".diff")) for name, texts in program.changes.items()
        ],
        "folders": [*_folders(program)],
        **provenance,
    }
    foot = templates().get_template("program-foot.md.jinja").render(context)
    return f"{story.rstrip()}\n\n{foot}"


def compose_notebook(page: Page, text: str, site: Site, provenance: dict[str, Any]) -> str:
    """The Markdown to render for the page of a notebook; arguments are those of `compose`."""
    file = PurePosixPath(page.path)
    needs = page.front.environment
    context: dict[str, Any] = {"file": file, "needs": needs, "rules": _rules(page, site), **provenance}
    foot = templates().get_template("notebook-foot.md.jinja").render(context)
    heading = f"# {page.title}"
    summary = f'<p class="pp-summary">{escape(page.front.summary)}</p>'
    body = f"\n{text.strip()}\n".replace(f"\n{heading}\n", f"\n{heading}\n\n{summary}\n", 1)
    return f"{body}\n{foot}"


def _rules(page: Page, site: Site) -> list[tuple[str, RuleFront]]:
    """The rules that a page shows at work: where their pages are from there, and their front matter."""
    rules = map(site.rules.__getitem__, _shown_by(page, site))
    return [(link(page, rule), rule.front) for rule in rules]


def _shown_by(page: Page, site: Site) -> list[str]:
    """The codes of the rules that a page names, in the order in which it does."""
    return [code for code in dict.fromkeys(_CODE.findall(page.text)) if code in site.rules]


def using(rule: RulePage, site: Site) -> list[tuple[str, str]]:
    """The programs and notebooks that use a rule: where their pages are from the rule's, and their titles."""
    pages = (page for page in site.pages if page.front.program or page.is_notebook)
    return [(link(rule, page), page.title) for page in pages if rule.code in _shown_by(page, site)]


def _folders(program: Program) -> Iterator[tuple[str, list[tuple[str, str, Markup]]]]:
    """What the files of each folder are called, and of each its path, its anchor and its HTML."""
    for folder, title in _FOLDERS.items():
        names = [name for name in program.files if _folder(name) == folder]
        if names:
            yield title, [(name, _anchor(name), _of_file(name, program.files[name])) for name in names]


def _folder(file: str) -> str:
    folder, below, _ = file.partition("/")
    return folder if below and folder in _FOLDERS else ""


def _anchor(file: str) -> str:
    """What links to a file on the page of its program have after `#`."""
    return f"file-{re.sub(r'[^a-zA-Z0-9]+', '-', file).strip('-')}"


def _excerpt(excerpt: Excerpt) -> str:
    """An excerpt as HTML, below the name of its file, which leads to all of it."""
    template = templates().get_template("excerpt.html.jinja")
    code = _of_file(excerpt.file, excerpt.text)
    return template.render(excerpt=excerpt, href=f"#{_anchor(excerpt.file)}", code=code)


def _diff(name: str, before: str, after: str) -> str:
    """What changed in a file, as a unified diff."""
    sides = (f"before/{name}" if before else "/dev/null", f"src/{name}" if after else "/dev/null")
    return "".join(unified_diff(before.splitlines(True), after.splitlines(True), *sides))


def _of_file(name: str, text: str) -> Markup:
    return _highlighted(text, PurePosixPath(name).suffix)


@cache
def _highlighted(text: str, suffix: str) -> Markup:
    """Code as HTML; no line of it can be taken for Markdown."""
    html = Highlight(None).highlight(text.rstrip("\n"), _LANGUAGES.get(suffix, "text"))
    return Markup(str(html).replace("`", "&#96;").replace("~", "&#126;"))
