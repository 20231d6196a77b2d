"""Every export of a site, in the order in which they are listed."""

from proven.exports import addresses
from proven.exports.export import Export

EXPORTS: tuple[Export, ...] = (addresses.EXPORT,)
