"""Which function makes which page."""

from collections.abc import Callable, Mapping

from proven.exports.catalogue import Catalogue
from proven.generated.tools import Tools
from proven.generated.tools_index import tools_index
from proven.generated.verification import verification
from proven.model import Page

GENERATED: Mapping[str, Callable[[Page, Catalogue, Tools], str]] = {
    "tools": tools_index,
    "verification": verification,
}
"""By what front matter says: `generated: verification`."""
