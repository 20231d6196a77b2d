"""The site's own detectors: rules of ast-grep in files beside the pages of rules."""

from proven.detectors.reading import of_site, orphans, read

__all__ = ["of_site", "orphans", "read"]
