"""Every export of a site, in the order in which they are listed."""

from proven.exports import inventory, llms, mapping, pages, rules, sarif
from proven.exports.export import Export

EXPORTS: tuple[Export, ...] = (
    rules.EXPORT,
    mapping.EXPORT,
    inventory.EXPORT,
    sarif.EXPORT,
    llms.EXPORT,
    pages.EXPORT,
)
