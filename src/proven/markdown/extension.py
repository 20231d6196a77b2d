"""Python-Markdown's extension `proven.markdown`."""

from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

from proven.markdown.finder import Finder
from proven.markdown.layout import Layout, Unlinked
from proven.project import Memo


class ProvenExtension(Extension):
    """Shows verified blocks."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "project": ["", "the site; that of the current folder unless a plugin says"],
            "serving": [False, "whether a writer is at work, who is shown what is wrong"],
            "memo": [Memo(Path(), ""), "what earlier builds have worked out"],
            "python": ["", "the versions that the page speaks about, by its front matter"],
            "environment": ["", "the environment that its blocks run in natively"],
            "program": ["", "the program that the page shows"],
            "beside": ["", "the way from where it is shown to the files that lie beside it"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:
        """Look for blocks on each page that `md` converts."""
        options = self.getConfigs()
        finder = Finder(md, options)
        md.preprocessors.register(finder, "proven", 26)  # SuperFences is at 25
        layout = Layout(md, lambda: finder.rules)
        md.treeprocessors.register(layout, "proven", 6)  # after attr_list, which is at 8; toc is at 5
        md.treeprocessors.register(Unlinked(md), "proven_unlinked", 4)


def makeExtension(**kwargs: Any) -> ProvenExtension:
    """What Python-Markdown calls."""
    return ProvenExtension(**kwargs)
