"""The packages that blocks can import in WebAssembly: `read(folder) -> Packages`.

`packages.toml` says what is wanted. `packages.lock.json` says which wheels that comes
to on each interpreter, in pyodide-lock's form; `proven packages --update` writes it.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

LIST = "packages.toml"
LOCK = "packages.lock.json"
UPDATE = "uv run proven packages --update"

BLOCKS = "blocks"
"""The group that blocks import from."""

UNREAD = (".po",)
"""Endings of files that no reader fetches, since using a package does not open them: texts of translators."""

DISTRIBUTION = "distribution"
"""The group that blocks import from if it could be fetched: Pyodide's distribution has it, PyPI has not."""

TOOLS = "tools"
"""The group that checks code in the page."""


class Disagreement(Exception):
    """The list and its lock file cannot be used; the message says why, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """One package on one interpreter."""

    name: str
    version: str
    file: str
    sha256: str
    imports: tuple[str, ...]
    """The names of its modules."""
    depends: tuple[str, ...]
    size: int
    """Bytes of the file as it is fetched; 0 where that is not known before."""


type Wheels = Mapping[str, Wheel]
"""All wheels of a group for one interpreter, by the package's name."""


@dataclass(frozen=True)
class Packages:
    """A list of packages, and the wheels that it comes to."""

    wanted: Mapping[str, tuple[str, ...]]
    """Requirements by group."""
    groups: Mapping[str, Mapping[str, Wheels]]
    """Wheels by group and interpreter."""
    digest: str
    fetched: bool = False
    """Whether the wheels of the distribution are here."""

    @property
    def distribution(self) -> str:
        """A digest of what is locked of the distribution."""
        return hashlib.sha256(repr(self.groups.get(DISTRIBUTION)).encode()).hexdigest()[:16]

    @property
    def place(self) -> str:
        """The name of the folder that wheels are served from: another for each content."""
        return f"{self.digest}-{self.distribution}" if self.fetched else self.digest

    def is_here(self, cache: Path) -> bool:
        """Whether a cache has the wheels of the distribution."""
        stamp = distribution(cache) / ".made-from"
        return stamp.is_file() and stamp.read_text("utf-8") == self.distribution

    def offered(self, interpreter: str) -> Wheels:
        """What blocks can import on an interpreter, by the package's name; PyPI's wheel, if both have one."""
        further = self.wheels(interpreter, DISTRIBUTION) if self.fetched else {}
        return {**further, **self.wheels(interpreter)}

    def unfetched(self, interpreter: str) -> frozenset[str]:
        """The names that blocks could import if the distribution had been reached."""
        wheels = {} if self.fetched else self.wheels(interpreter, DISTRIBUTION)
        names = {name for wheel in wheels.values() for name in wheel.imports}
        return frozenset(
            names - {name for wheel in self.wheels(interpreter).values() for name in wheel.imports}
        )

    def wheels(self, interpreter: str, group: str = BLOCKS) -> Wheels:
        """The wheels for an interpreter; none where nothing was locked for it."""
        return self.groups.get(group, {}).get(interpreter, {})

    @cached_property
    def importable(self) -> frozenset[str]:
        """The names that blocks can import on some interpreter."""
        locked = [
            wheels for group in (BLOCKS, DISTRIBUTION) for wheels in self.groups.get(group, {}).values()
        ]
        return frozenset(name for wheels in locked for wheel in wheels.values() for name in wheel.imports)

    def digests(self, interpreter: str) -> dict[str, str]:
        """By name to import, a digest of the wheels that it takes; empty where there are none for it."""
        wheels = self.offered(interpreter)
        digests = dict.fromkeys(self.importable, "")
        for wheel in wheels.values():
            needed = sorted(dependency.sha256 for dependency in closure(wheels, [wheel.name]))
            total = hashlib.sha256(" ".join(needed).encode()).hexdigest()[:16]
            digests.update(dict.fromkeys(wheel.imports, total))
        return digests

    def lines(self) -> Iterator[str]:
        """What there is for each interpreter, in words."""
        for group, locks in self.groups.items():
            for interpreter, wheels in locks.items():
                size = sum(wheel.size for wheel in wheels.values()) / 1e6
                shown = f", {size:.1f} MB" if size else ""  # nothing is known of what npm's lock file names
                names = ", ".join(f"{wheel.name} {wheel.version}" for wheel in wheels.values())
                yield f"{group} on {interpreter}{shown}: {names}"

    def index(self, interpreter: str, folder: Path) -> dict[str, Any]:
        """What a runner has to know, in what JSON can hold, of wheels that are in a folder, or will be."""
        wheels = self.offered(interpreter)
        lines = (*self.wanted.get(BLOCKS, ()), *self.wanted.get(DISTRIBUTION, ()))
        direct = {canonicalize_name(Requirement(line).name) for line in lines}
        offered = {name for wheel in wheels.values() if wheel.name in direct for name in wheel.imports}
        return {
            "offered": sorted(name for name in offered if not name.startswith("_")),
            "wheels": {
                wheel.name: {
                    "file": wheel.file,
                    "size": _size(folder / wheel.file) or wheel.size,
                    "imports": wheel.imports,
                    "depends": wheel.depends,
                }
                for wheel in wheels.values()
            },
        }


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def distribution(cache: Path) -> Path:
    """Where a cache has the wheels of the distribution."""
    return cache / DISTRIBUTION


def closure(wheels: Wheels, names: Iterable[str]) -> Iterator[Wheel]:
    """The packages of these names, and all that they depend on."""
    seen: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in seen:
            seen.add(name)
            yield wheels[name]
            left += wheels[name].depends


def read(folder: Path) -> Packages:
    """The packages of a folder with a list and its lock file.

    Raises:
        Disagreement: One cannot be read, or the lock file was made from another list.
    """
    wanted = read_list(folder)
    file = folder / LOCK
    try:
        content = file.read_bytes()
        lock = json.loads(content)
        groups = {
            group: {name: dict(_wheels(locked)) for name, locked in locks.items()}
            for group, locks in lock["groups"].items()
        }
        made_from = {group: tuple(lines) for group, lines in lock["wanted"].items()}
        groups[DISTRIBUTION] = _named(groups.get(DISTRIBUTION, {}), made_from.get(DISTRIBUTION, ()))
    except FileNotFoundError:
        raise Disagreement(f"{folder / LIST} has no {LOCK} beside it\n    Make it: {UPDATE}") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Disagreement(f"{file} cannot be read: {error!r}\n    Make it anew: {UPDATE}") from None
    if made_from != wanted:
        other = _difference(made_from, wanted)
        raise Disagreement(f"{folder / LIST} and {LOCK} disagree about {other}\n    Mend it: {UPDATE}")
    return Packages(wanted, groups, hashlib.sha256(content + repr(UNREAD).encode()).hexdigest()[:16])


def read_list(folder: Path) -> dict[str, tuple[str, ...]]:
    """The requirements of a list, by group.

    Raises:
        Disagreement: It cannot be read.
    """
    file = folder / LIST
    try:
        with file.open("rb") as stream:
            wanted = {group: tuple(lines) for group, lines in tomllib.load(stream).items()}
        for line in (line for lines in wanted.values() for line in lines):
            Requirement(line)
    except (OSError, ValueError, TypeError, InvalidRequirement) as error:
        example = 'Write requirements in groups: blocks = ["pydantic", "django>=6"]'
        raise Disagreement(f"{file} cannot be read: {error}\n    {example}") from None
    return wanted


def _difference(made_from: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> str:
    lines = [{line for group in wanted.values() for line in group} for wanted in (made_from, other)]
    return ", ".join(sorted(lines[0] ^ lines[1])) or "the groups"


def _named(locks: Mapping[str, Wheels], lines: Iterable[str]) -> dict[str, dict[str, Wheel]]:
    """Wheels of the distribution; blocks import what the list names, and not what that depends on.

    Else what a block can import would depend on whether the distribution was reached.
    """
    direct = {canonicalize_name(Requirement(line).name) for line in lines}
    return {
        interpreter: {
            name: wheel if name in direct else replace(wheel, imports=()) for name, wheel in wheels.items()
        }
        for interpreter, wheels in locks.items()
    }


def _wheels(lock: Mapping[str, Any]) -> Iterator[tuple[str, Wheel]]:
    for name, package in lock["packages"].items():
        yield (
            name,
            Wheel(
                name=name,
                version=package["version"],
                file=package["file_name"],
                sha256=package["sha256"],
                imports=tuple(package["imports"]),
                depends=tuple(package["depends"]),
                size=package.get("tool", {}).get("proven", {}).get("size", 0),
            ),
        )
