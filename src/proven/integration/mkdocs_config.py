"""Give any MkDocs site what its blocks take: `equip(config, project, memo, serving)`.

Only attributes of MkDocs' configuration are used, and nothing of MkDocs itself.
"""

import json
import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from proven.collect.superfences import accept, accept_any
from proven.markdown import fence, fence_any
from proven.model import PYTHON, Unavailable
from proven.project import Memo, Project

STYLE = "assets/blocks/style.css"
SCRIPT = "assets/runner/main.js"


def add_to_config(
    config: Any, project: Project, memo: Memo | None, themes: Iterable[Path], serving: bool
) -> None:
    """Add to a configuration what it does not have yet: extensions, fences, style sheet and script.

    Args:
        config: MkDocs' configuration, which is changed.
        project: The site.
        memo: What earlier builds have worked out.
        themes: The folders with what the browser needs.
        serving: Whether a writer is at work, who is to see what is wrong on the page.

    Raises:
        Unavailable: The site's own configuration does something else with fences of Python.
    """
    _put_last(config.markdown_extensions, "pymdownx.superfences", "proven.markdown")
    config.mdx_configs["proven.markdown"] = {"project": project, "memo": memo, "serving": serving}
    within = config.mdx_configs.get("pymdownx.extra", {}).get("pymdownx.superfences", {})
    superfences = {**within, **config.mdx_configs.get("pymdownx.superfences", {})}
    config.mdx_configs["pymdownx.superfences"] = superfences
    superfences["custom_fences"] = _fences(superfences.get("custom_fences", []))
    config.theme.dirs[:0] = [str(theme) for theme in themes]
    if STYLE not in config.extra_css:
        config.extra_css.append(STYLE)
    if any(project.pyodides()) and SCRIPT not in map(str, config.extra_javascript):
        config.extra_javascript.append(SCRIPT)


def render_key(config: Any) -> str:
    """What of a configuration decides how pages are rendered."""

    return json.dumps([config.markdown_extensions, config.mdx_configs], default=_named, sort_keys=True)


def _named(value: Any) -> Any:
    """What an object of Python is in JSON: the same in every process, so without an address."""
    if isinstance(value, partial):
        return [value.func, value.args, value.keywords]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if hasattr(value, "__qualname__"):
        return f"{value.__module__}.{value.__qualname__}"
    return re.sub(" at 0x[0-9a-f]+", "", repr(value))


def _put_last(extensions: list[str], *names: str) -> None:
    """Load extensions after all others: one that brings fences of its own would replace them."""
    extensions[:] = [*(name for name in extensions if name not in names), *names]


def _fences(theirs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The site's own fences, and ours: of Python, and of consoles and files that are asked for."""
    own = [
        *({"name": name, "class": name, "validator": accept, "format": fence} for name in PYTHON),
        {"name": "*", "class": "", "validator": accept_any, "format": fence_any},
    ]
    given = {entry.get("name"): entry for entry in theirs}
    for entry in own:
        other = given.get(entry["name"])
        if other and other.get("format") is not entry["format"]:
            raise Unavailable(
                f"mkdocs.yml: custom_fences hands {entry['name']!r} to something else\n"
                "    Remove that fence: its blocks would not be verified."
            )
    return [*theirs, *(entry for entry in own if entry["name"] not in given)]
