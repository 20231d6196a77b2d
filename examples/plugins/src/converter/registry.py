"""The formats of the program and of installed packages."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.metadata import Distribution, EntryPoint, distributions
from typing import Self

from converter.plugin import Format, FormatError, Row, check_format, check_text

GROUP = "converter.formats"
BUILT_IN = [
    EntryPoint("json", "converter.formats:Json", GROUP),
    EntryPoint("markdown", "converter.formats:Markdown", GROUP),
]


class Registry:
    """Finds formats by name, and imports a plugin when its format is first used.

    Args:
        found: The packages that provide a format of each name, with its entry point.
        problems: What was found and cannot be used.
    """

    def __init__(
        self, found: Mapping[str, Mapping[str, EntryPoint]], problems: Sequence[str]
    ) -> None:
        self._found = found
        self._loaded: dict[str, Format] = {}
        doubled = (name for name in sorted(found) if len(found[name]) > 1)
        self.problems = [*problems, *(_doubled(name, found[name]) for name in doubled)]

    @classmethod
    def discover(cls) -> Self:
        """Return the formats that are installed, without an import of any."""
        found: dict[str, dict[str, EntryPoint]] = defaultdict(dict)
        for entry in BUILT_IN:
            found[entry.name]["converter"] = entry
        problems: list[str] = []
        seen: set[str] = set()
        for distribution in distributions():
            try:
                package, entries = _read(distribution)
            except Exception as error:  # noqa: BLE001 - metadata may be broken anyhow
                folder = distribution.locate_file("")
                problems.append(f"broken metadata of a package in {folder}: {error!r}")
                continue
            if package not in seen:  # an older copy, further down the path
                seen.add(package)
                for entry in entries:
                    found[entry.name][package] = entry
        return cls(found, problems)

    def names(self) -> list[str]:
        """Return the names of the formats, in order."""
        return sorted(
            name for name, entries in self._found.items() if len(entries) == 1
        )

    def load(self, name: str) -> Format:
        """Return the format of a name.

        Raises:
            FormatError: There is none or more than one, or its plugin is broken.
        """
        if name in self._loaded:
            return self._loaded[name]
        entries = self._found.get(name, {})
        if not entries:
            raise FormatError(f"no format is called {name!a}")
        if len(entries) > 1:
            raise FormatError(_doubled(name, entries))
        [(package, entry)] = entries.items()
        try:
            plugin = check_format(entry.load()(), name)
        except (Exception, SystemExit) as error:  # a plugin may raise anything
            raise FormatError(f"{name!a} of {package}: {error!r}") from error
        return self._loaded.setdefault(name, plugin)

    def write(self, name: str, rows: Sequence[Row]) -> str:
        """Return a table in a format.

        Raises:
            FormatError: The format cannot be loaded, or fails.
        """
        plugin = self.load(name)
        try:
            return check_text(plugin.write(rows))
        except (Exception, SystemExit) as error:
            raise FormatError(f"{name!a} failed: {error!r}") from error


def _doubled(name: str, entries: Mapping[str, EntryPoint]) -> str:
    return f"{name!a} is in more than one package: {', '.join(sorted(entries))}"


def _read(distribution: Distribution) -> tuple[str, list[EntryPoint]]:
    """Return the name of a package, in one spelling, and its formats."""
    entries = list(distribution.entry_points.select(group=GROUP))
    if not entries:  # what pip left of other packages may have no name
        return "", entries
    return re.sub(r"[-_.]+", "-", distribution.name).lower(), entries
