"""A page that finds in a reader's own code what the rules are about."""

from packaging.version import Version

from proven.model import Page
from proven.project.package import aliases
from proven.render.templates import templates
from proven.rules.catalogue import Catalogue
from proven.verify.provenance import Tools

_EXAMPLE = """\
import logging
import threading
from datetime import datetime

log = logging.getLogger(__name__)
lock = threading.Lock()


class Account:
    def __init__(self, owner, entries=[]):
        self.owner = owner
        self.entries = entries

    def __eq__(self, other):
        if not isinstance(other, Account):
            return False
        return self.owner == other.owner

    def pay(self, amount):
        started = datetime.now()
        try:
            self.entries.append(amount)
        except:
            log.error(f"payment of {amount} failed")
        return datetime.now() - started
"""
"""Code in which each of two tools finds something, and some of it has a fix."""


def check(page: Page, catalogue: Catalogue, tools: Tools) -> str:
    """The Markdown that follows the text of a page.

    Args:
        page: The page.
        catalogue: The site.
        tools: What it was verified with.
    """
    pythons = sorted(aliases(), key=Version)
    return templates().get_template("check.html.jinja").render(example=_EXAMPLE, pythons=pythons)
