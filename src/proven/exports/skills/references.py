"""A rule in short, for one who is about to write such code: `references(catalogue) -> files`."""

from collections.abc import Iterator

from markdown_it.token import Token

from proven.collect import prose
from proven.exports.skills import tokens
from proven.model import Block, Page, Unavailable
from proven.render.templates import templates
from proven.rules.catalogue import Catalogue
from proven.rules.rule import LEVELS, Rule

BUDGET = 600
"""The tokens that one may have."""

_SHORTER = (
    {"links", "setup", "prefer", "why", "avoid"},
    {"links", "setup", "prefer", "why"},
    {"links", "setup", "prefer"},
    {"setup", "prefer"},
    {"links", "prefer", "why"},
    {"links", "prefer"},
    {"prefer"},
    {"links", "why"},
    {"links"},
    set[str](),
)
"""What stays of a rule that is too long; links are those of its exceptions."""


_NAMES = {"setup": "a set-up", "prefer": "Prefer", "why": "Why", "avoid": "Avoid"}
"""What parts of a page are called."""


def references(catalogue: Catalogue) -> dict[str, str]:
    """The short form of every rule, by its code.

    Raises:
        Unavailable: A rule is too long even without its blocks.
    """
    rows = [list(_forms(catalogue, rule)) for rule in catalogue.rules]
    chosen = tokens.first_within(catalogue.project, BUDGET, rows)
    texts: dict[str, str] = {}
    for rule, text, row in zip(catalogue.rules, chosen, rows, strict=True):
        if text is None:
            [count] = tokens.count(catalogue.project, row[-1:])
            raise Unavailable(
                f"{rule.page.path}: {rule.code} in short has {count} tokens, and may have {BUDGET}\n"
                "    Shorten its summary and its exceptions; the blocks are left out already."
            )
        texts[rule.code] = text
    return texts


def _forms(catalogue: Catalogue, rule: Rule) -> Iterator[str]:
    """A rule at its longest, then shorter and shorter."""
    parts: dict[str, Block | str | None] = {
        "setup": None,
        "prefer": _shown(rule.page, "prefer"),
        "why": _first_paragraph(rule.page, "Why {#why}"),
        "avoid": _shown(rule.page, "avoid"),
    }
    shown = [block for block in (parts["prefer"], parts["avoid"]) if isinstance(block, Block)]
    if any(block.options.continues == "setup" for block in shown):
        parts["setup"] = rule.page.blocks[0]
    template = templates().get_template("skill-reference.md.jinja")
    for kept in _SHORTER:
        yield template.render(
            rule=rule,
            must=LEVELS[rule.level],
            url=catalogue.url(rule.path),
            links="links" in kept,
            left_out=[_NAMES[name] for name, part in parts.items() if part and name not in kept],
            **{name: part if name in kept else None for name, part in parts.items()},
        )


def _shown(page: Page, role: str) -> Block | None:
    """The block of a section that is compared, or another that is run."""
    blocks = [block for block in page.blocks if block.role == role and not block.options.hidden]
    run = [block for block in blocks if not block.skipped and block.options.continues != "before"]
    return next(iter([*run, *blocks]), None)


def _first_paragraph(page: Page, heading: str) -> str:
    """The paragraph that a section begins with, as text with code in backticks."""
    parsed = prose.parse(page.text)
    for index, token in enumerate(parsed):
        if token.type == "inline" and token.content == heading and parsed[index - 1].tag == "h2":
            following = (later for later in parsed[index:] if later.type == "inline" and later is not token)
            return _words(next(following))
    return ""


def _words(inline: Token) -> str:
    """What a reader sees of a paragraph; links lead elsewhere from another place, so they are left out."""
    said = {"softbreak": " ", "hardbreak": " "}
    return "".join(
        f"`{child.content}`" if child.type == "code_inline" else said.get(child.type, child.content)
        for child in inline.children or ()
    )
