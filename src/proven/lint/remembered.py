"""What a tool has said of blocks before, and asking it for the rest."""

import hashlib
import json
import platform
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace

from proven.lint.request import Request
from proven.model import UNREADABLE, Finding, Unavailable
from proven.project import Project, Store

type Kinds = dict[str, list[Finding]]
"""Findings of one block by kind: lint, format, mypy or pyright."""

type Ask = Callable[[list[Request]], dict[Request, Kinds]]

_FORM = 1
"""Raised when a tool is asked, or its answer is read, in another way: what is kept is of no use then."""


class Remembered:
    """What one tool has said of blocks before.

    Args:
        project: Where it is kept.
        asked: The blocks, with all that the answer depends on.
        kinds: The kinds of its findings.
        ask: Asks the tool.
    """

    def __init__(
        self,
        project: Project,
        asked: Mapping[Request, object],
        kinds: tuple[str, ...],
        ask: Ask,
    ) -> None:
        self.ask = ask
        self.kinds = kinds
        environment = [_FORM, project.locks, project.local, platform.python_version()]
        self.answers: dict[Request, Kinds] = {}
        self.store = Store(project.cache / "tools")
        self.keys: dict[Request, str] = {}
        for request, parts in asked.items():
            self.keys[request] = hashlib.sha256(json.dumps([*environment, parts]).encode()).hexdigest()
            try:
                stored = json.loads(self.store.get(self.keys[request]) or "")
                remembered = {
                    kind: [Finding(**entry) for entry in entries] for kind, entries in stored.items()
                }
            except (ValueError, TypeError, AttributeError):
                continue
            self.answers[request] = remembered
        self.missing = [request for request in asked if request not in self.answers]

    def complete(self) -> None:
        """Ask the tool for what is not known, and keep it.

        Raises:
            Unavailable: The tool fails.
        """
        crashes: dict[Request, str] = {}
        answers = self._isolated(self.missing, crashes) if self.missing else {}
        self.answers.update(answers)
        for request, complaint in crashes.items():  # they say nothing about the next time
            finding = Finding(request.text.count("\n"), UNREADABLE, complaint)
            self.answers[request] = {kind: [finding] if kind == self.kinds[0] else [] for kind in self.kinds}
        for request, findings in answers.items():
            stored = {kind: [asdict(entry) for entry in entries] for kind, entries in findings.items()}
            self.store.put(self.keys[request], json.dumps(stored))

    def _isolated(self, requests: list[Request], crashes: dict[Request, str]) -> dict[Request, Kinds]:
        """What the tool says of blocks, those left out that it does not survive.

        Raises:
            Unavailable: It does not survive anything.
        """
        try:
            return self.ask(requests)
        except Unavailable as problem:
            if not crashes:
                plain = replace(requests[0].block, code="x = 1\n", before=())
                self.ask([Request(plain, requests[0].typed)])
            if len(requests) == 1:
                said = [line for line in str(problem).split("\n") if line.strip()]
                crashes[requests[0]] = ": ".join([said[0], *said[1:2]])
                return {}
        middle = len(requests) // 2
        first = self._isolated(requests[:middle], crashes)
        return first | self._isolated(requests[middle:], crashes)
