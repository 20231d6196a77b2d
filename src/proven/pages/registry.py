"""Which function makes which page."""

from collections.abc import Callable, Mapping

from proven.model import Page
from proven.pages.checklist import checklist
from proven.pages.exports import exports
from proven.pages.rules import rules_index
from proven.pages.tools import tools_index
from proven.pages.verification import verification
from proven.rules.catalogue import Catalogue
from proven.verify.provenance import Tools

GENERATED: Mapping[str, Callable[[Page, Catalogue, Tools], str]] = {
    "checklist": checklist,
    "exports": exports,
    "rules": rules_index,
    "tools": tools_index,
    "verification": verification,
}
"""By what front matter says: `generated: verification`."""
