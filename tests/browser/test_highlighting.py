"""An editor shows code as the page showed it: each character in its place and its colour."""

from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect
from pygments.lexers.python import PythonLexer
from pygments.token import STANDARD_TYPES

from ..sampling import sampled
from .driver import Block, box, in_place, opened
from .page import Example, Site
from .test_site import RULES, SAMPLE, address, by_stem, shown

LOOKS = """code => {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const range = document.createRange(), characters = [];
  for (let node; (node = walker.nextNode()); ) {
    if (node.parentElement.closest("[aria-hidden=true]")) continue; // numbers of lines
    const { color, fontWeight, fontStyle, fontSize } = getComputedStyle(node.parentElement);
    for (const { 0: character, index } of node.data.matchAll(/\\S/gu)) {
      range.setStart(node, index), range.setEnd(node, index + character.length);
      const { x, y } = range.getBoundingClientRect(), box = code.getBoundingClientRect();
      characters.push([[character, color, fontWeight, fontStyle, fontSize], [x - box.x, y - box.y]]);
    }
  }
  return characters;
}"""
"""Each character of the code that can be seen: what it looks like, and where it is."""

type Look = tuple[list[str], list[float]]


def looks(block: Block) -> list[Look]:
    """What the code of a block looks like."""
    characters = block.root.locator(".pp-code pre > code").evaluate(LOOKS)
    assert characters
    return [(look, place) for look, place in characters]


def compare(page: Page, block: Block) -> None:
    """Edit a block; nothing of it may look different, and nothing around it may move."""
    shown(block).button("Edit").wait_for()  # what was folded has only now been made to work
    block.root.scroll_into_view_if_needed()
    before, room = looks(block), box(block)
    block.button("Edit").click()
    block.editor.wait_for()
    edited = looks(block)
    assert [look for look, _ in edited] == [look for look, _ in before]
    moved = [
        (look[0], place, now)
        for (look, place), (_, now) in zip(before, edited, strict=True)
        if not in_place(place, now)
    ]
    assert moved == []
    assert in_place(room, box(block))


def editable(page: Page) -> list[Block]:
    """The blocks of a page that have an Edit button."""
    runnable: Locator = page.locator(".pp-block[data-runnable]")
    names = runnable.evaluate_all("blocks => blocks.map(block => block.id)")
    return [Block(page, int(name.removeprefix("block-"))) for name in names]


@pytest.mark.parametrize("file", SAMPLE, ids=by_stem)
def test_nothing_changes_on_edit(page: Page, built: str, file: Path) -> None:
    """On a page of the site, a block looks the same before and after Edit: a tenth of them at a time."""
    page.set_viewport_size({"width": 1300, "height": 4000})
    page.goto(built + address(file))
    for block in sampled(editable(page)):
        compare(page, block)


@pytest.mark.parametrize("width", [390, 1300])
def test_nothing_changes_in_the_dark(page: Page, built: str, width: int) -> None:
    """So it is in the dark scheme, and on a telephone."""
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": width, "height": 2000})
    page.goto(built + address(RULES[0]))
    for block in sampled(editable(page)):
        compare(page, block)


KINDS = """async (editor) => {
  await new Promise(requestAnimationFrame);
  return Array.from(editor.querySelectorAll(".cm-line"), (line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), characters = [];
    for (let node; (node = walker.nextNode()); )
      for (const [character] of node.data.matchAll(/\\S/gu))
        characters.push([character, node.parentElement === line ? "" : node.parentElement.className]);
    return characters;
  });
}"""
"""For each line, in the next frame, the characters that can be seen, each with its class."""


def by_pygments(text: str) -> list[list[list[str]]]:
    """The same of a whole text, as Pygments has it."""
    lines: list[list[list[str]]] = [[]]
    for _, kind, part in PythonLexer().get_tokens_unprocessed(f"{text}\n"):
        for character in part:
            if character == "\n":
                lines.append([])
            elif not character.isspace():
                lines[-1].append([character, STANDARD_TYPES[kind]])
    return lines


def test_long_code_is_coloured_while_it_changes(page: Page, site: Site) -> None:
    """What is lexed again after a change, and only as far as it is seen, looks as if all of it were."""
    code = "\n".join(f"def f{n}(): return {n}  # 'so'" for n in range(300))
    block = opened(page, site, Example(code + "\n"))
    block.button("Edit").click()
    expect(block.editor).to_be_focused()
    steps = [
        ("Control+Home", '"""', code := f'"""{code}'),
        ("Control+End", "\nx = 'y' + self", code := f"{code}\nx = 'y' + self"),
        ("Control+Home", '"', code := f'"{code}'),
        ("Control+End", '\n"""\nx = 1', code := f'{code}\n"""\nx = 1'),
        ("Control+Home", "'", code := f"'{code}"),
    ]
    for place, typed, after in steps:
        page.keyboard.press(place)
        page.keyboard.insert_text(typed)
        expected = by_pygments(after)
        late = monotonic() + 120
        while wrong := [line for line in block.editor.evaluate(KINDS) if line not in expected]:
            assert monotonic() < late, wrong
        assert block.editor.locator(".cm-line").count() > 10
