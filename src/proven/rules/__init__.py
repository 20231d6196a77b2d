"""What makes a site a site of rules: structure, codes, addresses, courses, and the catalogue of it all."""

__all__ = [
    "address_list",
    "addresses",
    "catalogue",
    "coverage",
    "ledger",
    "left_out",
    "names",
    "rule",
    "site",
]
