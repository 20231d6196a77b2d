"""Every page as Markdown beside its HTML, and all of them in one file: llms-full.txt."""

from proven.exports.export import Export, Files
from proven.exports.markdown.page import markdown
from proven.rules.catalogue import Catalogue, reading_order

SEPARATOR = "\n---\n\n"
"""What stands between the pages of a file that has many."""


def make(catalogue: Catalogue) -> Files:
    """llms-full.txt, and `index.html.md` in the folder of each page."""
    pages = {page.markdown_address: markdown(page, catalogue) for page in reading_order(catalogue)}
    return {**pages, "llms-full.txt": SEPARATOR.join(pages.values())}


EXPORT = Export(
    path="llms-full.txt",
    title="All pages as Markdown",
    purpose="Every page with its outputs, and where each block was verified, in one file in reading order; "
    "one page is beside its HTML, at its address with `index.html.md` after it. "
    "For agents that are to read all of it, or search it.",
    make=make,
    example="curl -s {site}llms-full.txt | grep -c '^- Code: '",
)
