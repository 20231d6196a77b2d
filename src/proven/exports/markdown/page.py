"""A page as Markdown that needs no site around it: `markdown(page, catalogue) -> text`."""

import posixpath
import re
from functools import cache
from urllib.parse import quote, unquote, urljoin, urlsplit

from proven import programs
from proven.collect import frontmatter
from proven.collect.blocks import find_blocks
from proven.collect.containers import as_rendered
from proven.exports.markdown.portable import Portable, Resolve, portable
from proven.model import Block, Page
from proven.programs import Excerpt
from proven.render.block_markdown import block_markdown
from proven.render.escape import literal
from proven.render.templates import templates
from proven.render.versions import alternatives, rows
from proven.rules.catalogue import Catalogue
from proven.rules.rule import LEVELS


def markdown(page: Page, catalogue: Catalogue) -> str:
    """The page with facts in place of its front matter, whole addresses, and what its blocks did.

    Args:
        page: The page.
        catalogue: The site.
    """
    body, starts = portable_text(page, catalogue), fences(page)
    lines = body.lines
    texts = _blocks(page, [lines[start] for start in starts], catalogue)
    for block, start, text in reversed([*zip(page.blocks, starts, texts, strict=True)]):
        _put(lines, block, start, text)
    start = 0 if body.title is None else body.title + 1
    parts = [_part("head", page, catalogue), "\n".join(lines[start:]), _part("foot", page, catalogue)]
    whole = "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"
    program = programs.read(catalogue.project.root, page.front.program)
    return programs.fill(whole, program, _excerpt) if program else whole


def portable_text(page: Page, catalogue: Catalogue) -> Portable:
    """The page's text below its front matter, and what the build adds, with whole addresses."""
    return portable(f"{_own(page)}\n\n{catalogue.generated(page)}".rstrip("\n"), _resolver(page, catalogue))


def fences(page: Page) -> list[int]:
    """The indexes of the lines with the page's fences, in its text below its front matter."""
    if page.included:  # their lines are those of other files
        return [block.line - 1 for block in find_blocks(page.path, _own(page), [])]
    return [block.line - 1 - frontmatter.length(page.text) for block in page.blocks]


def _own(page: Page) -> str:
    """The page's text below its front matter, as it is rendered."""
    lines = page.text.split("\n")[frontmatter.length(page.text) :]
    return as_rendered("\n".join(lines)).rstrip("\n")


def _excerpt(excerpt: Excerpt) -> str:
    """An excerpt as a fence, below the name of its file."""
    language = "python" if excerpt.file.endswith(".py") else ""
    return f"`{excerpt.file}`:\n\n```{language}\n{excerpt.text}```"


def _blocks(page: Page, fences: list[str], catalogue: Catalogue) -> list[str]:
    """The page's blocks as Markdown.

    Args:
        page: The page.
        fences: The line that opens each of them.
        catalogue: The site.
    """
    compared = alternatives(page, catalogue.interpreters())
    texts = []
    for block, fence in zip(page.blocks, fences, strict=True):
        markup = re.match(r"`*|~*", fence[len(block.indent) :].rstrip())
        seen = rows(map(catalogue.results, compared.get(block.number, ())))
        marks = "`" * 3 if markup is None else markup[0] or "~" * 3
        texts.append(block_markdown(block, catalogue.results(block), marks, seen))
    return texts


def _put(lines: list[str], block: Block, start: int, text: str) -> None:
    """Put a block's text in the place of its fence, with an empty line on both sides."""
    end = start + block.source.count("\n") + 2
    inside = re.sub(r"[^>\s]", " ", block.indent)
    own = [(inside + line).rstrip() for line in text.split("\n")]
    own[0] = block.indent + text.split("\n")[0]
    before = [inside.rstrip()] if start and lines[start - 1].strip(" >") else []
    after = [inside.rstrip()] if end < len(lines) and lines[end].strip(" >") else []
    lines[start:end] = [*before, *own, *after]


def _resolver(page: Page, catalogue: Catalogue) -> Resolve:
    """What a page's links lead to: pages and files as they are in the built site, as MkDocs has it."""
    here, folder = catalogue.url(page.address), str(page.inside.parent)
    pages = {str(source.inside): source.address for source in catalogue.site.pages}
    tops = set(catalogue.project.folders.values())

    @cache
    def resolve(url: str) -> str:
        try:
            parts = urlsplit(url)
        except ValueError:
            return url
        if parts.scheme or parts.netloc:
            return url
        target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
        inside = target in pages or any((top / target).is_file() for top in tops)
        if not parts.path or parts.path.startswith("/") or target.startswith("..") or not inside:
            return urljoin(here, url)
        built = pages[target] if target in pages else quote(target)
        return urljoin(catalogue.url(built), parts._replace(scheme="", netloc="", path="").geturl())

    return resolve


def _part(name: str, page: Page, catalogue: Catalogue) -> str:
    """What stands above a page's text, or below."""
    rule = next((candidate for candidate in catalogue.rules if candidate.page is page), None)
    related = [catalogue.by_code[code] for code in rule.page.front.see_also] if rule else []
    return (
        templates()
        .get_template(f"markdown-{name}.md.jinja")
        .render(
            title=page.title,
            front=page.front,
            rule=rule,
            must=LEVELS[rule.level] if rule else "",
            url=catalogue.url,
            here=catalogue.url(page.address),
            literal=literal,
            related=related,
            course=catalogue.site.course(page),
        )
    )
