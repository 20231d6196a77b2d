"""Every export of a site, in the order in which they are listed."""

from proven.exports import annotator, inventory, llms, programs, redirects, rules, sarif
from proven.exports.export import Export
from proven.exports.findings import detectors, mapping
from proven.exports.markdown import notebooks, pages
from proven.exports.skills import archive, counts, heartbit, index

EXPORTS: tuple[Export, ...] = (
    rules.EXPORT,
    mapping.EXPORT,
    inventory.EXPORT,
    sarif.EXPORT,
    llms.EXPORT,
    pages.EXPORT,
    index.EXPORT,
    archive.EXPORT,
    heartbit.EXPORT,
    counts.EXPORT,
    annotator.EXPORT,
    detectors.EXPORT,
    programs.EXPORT,
    notebooks.EXPORT,
    redirects.EXPORT,
)
