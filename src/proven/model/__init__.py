"""The frozen nouns that travel between stages; nothing here reads or writes."""

from proven.model.blocks import DATA, LINE_LENGTH, SYNTAX_ERRORS, Block, Options, Role, Waiver
from proven.model.failures import Failure, Failures, Place, Unavailable
from proven.model.findings import TOOLS, UNREADABLE, Checker, Detector, Finding, Findings, Judged, Seen
from proven.model.pages import (
    CoursePart,
    Page,
    PageFront,
    Reference,
    RuleFront,
    RulePage,
    Site,
    applicable,
    link,
)
from proven.model.results import PYTHON, Error, Interpreter, Job, Language, Print, Result, Results, Source

__all__ = [
    "DATA",
    "LINE_LENGTH",
    "PYTHON",
    "SYNTAX_ERRORS",
    "TOOLS",
    "UNREADABLE",
    "Block",
    "Checker",
    "CoursePart",
    "Detector",
    "Error",
    "Failure",
    "Failures",
    "Finding",
    "Findings",
    "Interpreter",
    "Job",
    "Judged",
    "Language",
    "Options",
    "Page",
    "PageFront",
    "Place",
    "Print",
    "Reference",
    "Result",
    "Results",
    "Role",
    "RuleFront",
    "RulePage",
    "Seen",
    "Site",
    "Source",
    "Unavailable",
    "Waiver",
    "applicable",
    "link",
]
