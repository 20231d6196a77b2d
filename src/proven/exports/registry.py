"""Every export of a site, in the order in which they are listed."""

from proven.exports.export import Export
from proven.exports.heartbit import HEARTBIT
from proven.exports.skill_counts import COUNTS
from proven.exports.skills import ARCHIVE, SKILL

EXPORTS: tuple[Export, ...] = (SKILL, ARCHIVE, HEARTBIT, COUNTS)
