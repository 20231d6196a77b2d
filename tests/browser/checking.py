"""Types and Lint as a reader meets them."""

from playwright.sync_api import Locator, expect

from .driver import Block
from .page import Example

CLEAN = Example("x: int = 1\n")
WRONG = Example("import os\n\nx: int = 'a'\n")


def row(block: Block, tool: str) -> Locator:
    """What a tool says of a block."""
    return block.root.locator(".pp-check", has_text=tool)


def findings(block: Block) -> Locator:
    """The list of what was found."""
    return block.findings.get_by_role("listitem")


def checked(block: Block, button: str) -> None:
    """Press Types or Lint, and wait for the end."""
    block.menu_item(button).click()
    expect(block.root.get_by_role("button", name=f"Cancel {button}")).to_have_count(0)
    expect(row(block, {"Types": "mypy", "Lint": "Ruff"}[button])).to_be_visible()
