"""Sets of rules, and the detectors that lead to them: `load(source) -> Pack`.

A site exports its own as `rules/pack.json`; that of Proven Python is part of this package.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

from proven.scan.hits import Stopped

NAME = "rules/pack.json"
"""Where a site has its set of rules."""

FORM = 1
"""The form of the file; another number is not understood."""

LEVELS = ("error", "warning", "note")
"""How rules bind, from must to consider."""

_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said of a rule beside a finding."""

    code: str
    title: str
    summary: str
    """The harm, or what to do: one sentence."""
    level: str
    url: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Rules, and what finds violations of them."""

    rules: Mapping[str, Rule]
    """By code, `PX017`."""
    detectors: Mapping[str, Mapping[str, Sequence[str]]]
    """By tool and the tool's code, the rules that a finding leads to, the closest first."""
    ast_grep: Sequence[Mapping[str, Any]]
    """Detectors of the site's own: rules of ast-grep."""
    fixes: Mapping[str, str]
    """By the id of such a detector that has a fix, `safe` or `unsafe`."""

    def rule(self, tool: str, code: str, chosen: Iterable[str]) -> Rule | None:
        """The rule that a finding leads to, of those that are chosen."""
        covering = self.detectors.get(tool, {}).get(code, ())
        return next((self.rules[name] for name in covering if name in chosen), None)

    @property
    def documents(self) -> str:
        """The detectors of the site's own as a file for ast-grep: JSON is YAML, too."""
        return "\n---\n".join(json.dumps(rule, ensure_ascii=False) for rule in self.ast_grep)

    def codes(self, tool: str, chosen: Iterable[str]) -> list[str]:
        """The codes of a tool whose findings lead to rules that are chosen."""
        wanted = set(chosen)
        by_code = self.detectors.get(tool, {})
        return sorted(code for code, covering in by_code.items() if not wanted.isdisjoint(covering))


def load(source: str = "", mirror: str = "") -> Pack:
    """A set of rules.

    Args:
        source: The address of a site, its folder, or the file itself; empty for the rules of this package.
        mirror: Where the site is, if not where the set says.

    Raises:
        Stopped: It cannot be had, or is not understood.
    """
    if not source:
        return _parse(files("proven.scan").joinpath("pack.json").read_bytes(), "this package", mirror)
    try:
        if source.startswith(("https://", "http://")):
            address = source if source.endswith(".json") else urljoin(f"{source.rstrip('/')}/", NAME)
            with urlopen(address, timeout=_SECONDS) as answer:
                return _parse(answer.read(), address, mirror)
        path = Path(source)
        file = path / NAME if path.is_dir() else path
        return _parse(file.read_bytes(), str(file), mirror)
    except (OSError, URLError, ValueError) as error:
        advice = f"give the address or the folder of a site that has {NAME}"
        raise Stopped(f"no rules at {source}: {error}; {advice}") from None


def merged(packs: Sequence[Pack]) -> Pack:
    """Several sets as one; of two rules with one code, the first counts.

    Raises:
        Stopped: Two sets have detectors of one name.
    """
    rules: dict[str, Rule] = {}
    detectors: dict[str, dict[str, list[str]]] = {}
    fixes: dict[str, str] = {}
    for pack in packs:
        rules = {**pack.rules, **rules}
        fixes.update(pack.fixes)
        for tool, by_code in pack.detectors.items():
            for code, covering in by_code.items():
                before = detectors.setdefault(tool, {}).setdefault(code, [])
                if before and tool == "ast-grep":
                    raise Stopped(f"two sets of rules have a detector {code}: leave out one of them")
                before += covering
    return Pack(rules, detectors, [rule for pack in packs for rule in pack.ast_grep], fixes)


def _parse(content: bytes, where: str, mirror: str) -> Pack:
    try:
        data = json.loads(content)
        if data["form"] != FORM:
            raise Stopped(f"{where} is of form {data['form']}, not {FORM}: use the Proven that wrote it")
        site = f"{(mirror or data['site_url']).rstrip('/')}/"
        rules = {
            code: Rule(code, entry["title"], entry["summary"], entry["level"], site + entry["path"])
            for code, entry in data["rules"].items()
        }
        pack = Pack(rules, data["detectors"], [dict(rule) for rule in data["ast_grep"]], data["fixes"])
        unknown = {
            code
            for by_code in pack.detectors.values()
            for covering in by_code.values()
            for code in covering
            if code not in rules
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Stopped(f"{where} is not a set of rules: {error!r}") from None
    if unknown:
        raise Stopped(f"{where} is not a set of rules: it has no rule {min(unknown)}")
    return pack
