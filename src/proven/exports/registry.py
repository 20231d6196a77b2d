"""Every export of a site, in the order in which they are listed."""

from proven.exports import (
    addresses,
    annotator,
    heartbit,
    inventory,
    llms,
    mapping,
    pages,
    rules,
    sarif,
    skill_counts,
    skills,
)
from proven.exports.export import Export

EXPORTS: tuple[Export, ...] = (
    rules.EXPORT,
    mapping.EXPORT,
    inventory.EXPORT,
    sarif.EXPORT,
    llms.EXPORT,
    pages.EXPORT,
    skills.SKILL,
    skills.ARCHIVE,
    heartbit.HEARTBIT,
    skill_counts.COUNTS,
    annotator.EXPORT,
    addresses.EXPORT,
)
