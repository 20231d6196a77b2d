"""Python-Markdown: show verified blocks where pages have fences of Python.

In mkdocs.yml, the extension `proven.markdown` finds the blocks of a page, and
SuperFences hands each fence of Python to `fence()`.
"""

import os

from proven.collect.superfences import accept, accept_any
from proven.markdown.extension import ProvenExtension, makeExtension
from proven.markdown.fences import fence, fence_any
from proven.markdown.finder import Disagreement

__all__ = ["Disagreement", "ProvenExtension", "accept", "accept_any", "fence", "fence_any", "makeExtension"]

# mkdocs.yml names a function of this module, which MkDocs therefore imports
# before it loads the theme: early enough to leave out Material's notice that it
# ends in May 2027, which the maintainers know and readers cannot act upon.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
