"""Which function makes which page."""

from collections.abc import Callable, Mapping

from proven.generated.checklist import checklist
from proven.generated.exports import exports
from proven.generated.rules_index import rules_index
from proven.generated.tools_index import tools_index
from proven.generated.verification import verification
from proven.model import Page
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
