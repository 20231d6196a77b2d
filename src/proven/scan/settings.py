"""What is checked and what is not: the command line, and `[tool.proven]` in pyproject.toml."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from proven.scan.hits import Stopped
from proven.scan.pack import LEVELS, Pack

_FILE = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What to check."""

    select: tuple[str, ...] = ()
    """Codes of rules, or what they begin with; without any, all."""
    ignore: tuple[str, ...] = ()
    level: str = "note"
    """The least level of the rules that are checked."""
    exclude: tuple[str, ...] = ()
    """Patterns of files and folders that are passed over, besides what Git and Ruff pass over."""
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes by a pattern of paths, from the folder of pyproject.toml."""
    rules: tuple[str, ...] = ()
    """Further sets of rules: addresses or folders of sites."""
    base_url: str = ""
    """Where a mirror of the site is that has the rules of this package."""
    baseline: str = ""
    """The file of findings that are known."""
    root: Path = field(default_factory=Path)
    """The folder of pyproject.toml; without one, the current folder."""

    def chosen(self, pack: Pack) -> list[str]:
        """The rules that are checked.

        Raises:
            Stopped: A code is of no rule.
        """
        ignored = [code for codes in self.per_file_ignores.values() for code in codes]
        for code in (*self.select, *self.ignore, *ignored):
            if not any(rule.startswith(code) for rule in pack.rules):
                example = next(iter(pack.rules), "PX017")
                raise Stopped(f"no rule begins with {code!r}: write codes such as {example}")
        levels = LEVELS[: LEVELS.index(self.level) + 1]
        return [
            code
            for code, rule in pack.rules.items()
            if rule.level in levels
            and code.startswith(self.select or ("",))
            and not (self.ignore and code.startswith(self.ignore))
        ]

    def ignores(self, path: Path, code: str) -> bool:
        """Whether a rule is not held against a file."""
        if not self.per_file_ignores:
            return False
        try:
            name = path.absolute().relative_to(self.root.absolute()).as_posix()
        except ValueError:
            return False
        return any(
            code.startswith(codes) and (fnmatch(name, pattern) or fnmatch(name, f"{pattern.rstrip('/')}/*"))
            for pattern, codes in self.per_file_ignores.items()
        )


def read(folder: Path) -> Settings:
    """The settings of the nearest pyproject.toml that has `[tool.proven]`, in a folder or above it.

    Raises:
        Stopped: One cannot be read, or says what is not understood.
    """
    for above in (folder.absolute(), *folder.absolute().parents):
        file = above / _FILE
        if file.is_file():
            try:
                tools = tomllib.loads(file.read_text("utf-8")).get("tool")
            except (OSError, ValueError) as error:
                raise Stopped(f"{file} cannot be read: {error}") from None
            if isinstance(tools, dict) and "proven" in tools:
                return _settings(file, tools["proven"])
        if (above / ".git").exists():
            break
    return Settings()


def _settings(file: Path, table: object) -> Settings:
    if not isinstance(table, dict):
        raise Stopped(f"{file}: [tool.proven] is not a table")
    allowed = {entry.name.replace("_", "-") for entry in fields(Settings)} - {"root"}
    for key in table:
        if key not in allowed:
            others = ", ".join(sorted(allowed))
            raise Stopped(f"{file}: [tool.proven] has no setting {key!r}: there are {others}")
    values: dict[str, Any] = {"root": file.parent}
    for key, value in table.items():
        values[key.replace("-", "_")] = _value(f"{file}: [tool.proven] {key}", key, value)
    if values.get("baseline"):
        values["baseline"] = str(file.parent / values["baseline"])
    return Settings(**values)


def _value(where: str, key: str, value: Any) -> Any:
    if key == "per-file-ignores":
        if not isinstance(value, dict):
            raise Stopped(f'{where} is not a table: write "tests/*" = ["PX017"]')
        return {pattern: _texts(f"{where} {pattern!r}", codes) for pattern, codes in value.items()}
    if key in ("select", "ignore", "exclude", "rules"):
        return _texts(where, value)
    if not isinstance(value, str):
        raise Stopped(f"{where} is not text")
    if key == "level":
        of_level(where, value, LEVELS)
    return value


def of_level(where: str, value: str, levels: Collection[str]) -> None:
    """Refuse a level that there is not.

    Raises:
        Stopped: It is none.
    """
    if value not in levels:
        raise Stopped(f"{where} is {value!r}: write {', '.join(levels)}")


def _texts(where: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Stopped(f'{where} is not a list of texts: write ["PX017"]')
    return tuple(value)


def codes(given: Iterable[str]) -> tuple[str, ...]:
    """Codes from the command line, where several stand between commas."""
    return tuple(code.strip().upper() for many in given for code in many.split(",") if code.strip())
