"""What a site's mkdocs.yml says that matters here: `read(file) -> Settings`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TIMEOUT = 20.0
"""Seconds that one block may take."""


class Relative(str):
    """A folder after MkDocs' !relative: `$config_dir/...`, `$docs_dir/...`, or empty for the page's own."""


@dataclass(frozen=True)
class Settings:
    """The part of a site's configuration that verification depends on."""

    used: bool = True
    """Whether the configuration names the plugin."""
    name: str = ""
    """The site's name."""
    docs: str = "docs"
    """The folder of the pages, from the folder of mkdocs.yml."""
    exclude: str = ""
    """What is no page there, in the syntax of .gitignore."""
    directories: bool = True
    """Whether a page is a folder of the built site, or a file: MkDocs' use_directory_urls."""
    rules: bool = False
    """Whether it is a site of rules: front matter by the schemas, fixed sections, composed navigation."""
    policy: bool = False
    """Whether each page has a Content-Security-Policy."""
    timeout: float = TIMEOUT
    interpreters: tuple[str, ...] = ()
    """The names of those that blocks run on; empty for all."""
    without: tuple[str, ...] = ()
    """The names of environments whose blocks are left out."""
    distribution: str = "optional"
    """Whether a build fails, `required`, that cannot fetch what blocks import of Pyodide's distribution."""
    mirror: str = field(default="", repr=False)
    """Where that is fetched from, an address or a folder; empty for where Pyodide's loader looks."""
    snippets: Mapping[str, Any] | None = None
    """The options of pymdownx.snippets; None where the site does not include files."""
    notebooks: tuple[str, ...] = ()
    """The folders whose notebooks are pages, from the folder of mkdocs.yml."""
    address: str = field(default="", repr=False)  # what is remembered does not depend on it
    """The site's public address; empty where it has none."""


def read(file: Path) -> Settings:
    """The settings of a mkdocs.yml, for commands that run without MkDocs.

    Raises:
        OSError: It cannot be read.
        ValueError: It is not a configuration.
    """
    import yaml  # here, since it takes longer to import than to run

    try:
        return _settings(_load(file))
    except (yaml.YAMLError, AttributeError, TypeError) as error:
        raise ValueError(f"not a configuration of MkDocs: {error}") from None
    except RecursionError:
        raise ValueError("INHERIT leads back to a file that inherits from it") from None


def _load(file: Path) -> dict[str, Any]:
    """A configuration, merged with those that it inherits from."""
    import yaml
    from mergedeep import merge
    from yaml_env_tag import construct_env_tag

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """Leaves out Python objects, and keeps what follows MkDocs' !relative as it is written."""

    Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
    Loader.add_constructor("!relative", lambda loader, node: Relative(loader.construct_scalar(node)))
    Loader.add_constructor("!ENV", construct_env_tag)
    with file.open("rb") as stream:
        raw: dict[str, Any] = yaml.load(stream, Loader) or {}
    parent = raw.pop("INHERIT", None)
    return dict(merge(_load(file.parent / parent), raw)) if parent else raw


def _settings(raw: Mapping[str, Any]) -> Settings:
    plugins = _named(raw.get("plugins"))
    own = plugins.get("proven", {})
    return Settings(
        used="proven" in plugins,
        name=raw.get("site_name") or "",
        docs=raw.get("docs_dir") or "docs",
        exclude=raw.get("exclude_docs") or "",
        directories=raw.get("use_directory_urls", True),
        rules=own.get("rules", False),
        policy=own.get("policy", own.get("rules", False)),
        timeout=float(own.get("timeout", TIMEOUT)),
        interpreters=tuple(own.get("interpreters", ())),
        without=tuple(own.get("without", ())) + tuple(os.environ.get("PROVEN_WITHOUT", "").split()),
        distribution=own.get("distribution", "optional"),
        mirror=own.get("mirror", ""),
        snippets=_named(raw.get("markdown_extensions")).get("pymdownx.snippets"),
        notebooks=_folders(own.get("notebooks", False), raw.get("docs_dir") or "docs"),
        address=raw.get("site_url") or "",
    )


def _folders(told: Any, docs: str) -> tuple[str, ...]:
    """What `notebooks` says: `true` for the folder of the pages, or other folders.

    Raises:
        TypeError: It says something else.
    """
    if isinstance(told, bool):
        return (docs,) if told else ()
    if isinstance(told, list) and all(isinstance(folder, str) for folder in told):
        return tuple(told)
    raise TypeError(f"`notebooks` of the plugin is {told!r}, and can be true or a list of folders")


def _named(entries: Any) -> dict[str, dict[str, Any]]:
    """A list of names, some with options, as MkDocs takes it: options by name."""
    if isinstance(entries, dict):
        return {name: options or {} for name, options in entries.items()}
    by_name: dict[str, dict[str, Any]] = {}
    for entry in entries or ():
        pairs = entry.items() if isinstance(entry, dict) else [(entry, None)]
        by_name.update({name: options or {} for name, options in pairs})
    return by_name
