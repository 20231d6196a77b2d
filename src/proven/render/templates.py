"""The package's own Jinja templates."""

from functools import cache

from jinja2 import Environment, PackageLoader, select_autoescape

from proven.model import TOOLS
from proven.render.escape import plain


@cache
def templates() -> Environment:
    """The project's own templates; everything that they are given is escaped in HTML."""
    made = Environment(
        loader=PackageLoader("proven", "templates"),
        autoescape=select_autoescape(["html.jinja"], default=False),
        comment_start_string="{##",  # Markdown's heading ids start with {#
        comment_end_string="##}",
        keep_trailing_newline=True,
    )
    made.filters["plain"] = plain
    made.globals["tool_names"] = TOOLS
    return made
