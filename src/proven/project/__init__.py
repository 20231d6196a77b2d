"""One site on disk: its settings, paths and digests, files written whole, and messages."""

from proven.project.chosen import chosen, narrowed
from proven.project.files import Store, digest, files_in, write, zip_entry
from proven.project.memo import Memo
from proven.project.package import BROWSER, DETECTORS, PACKAGE, REPOSITORY, RUNNER
from proven.project.pages import is_notebook
from proven.project.project import ADDRESSES, LEDGER, REDIRECTS, Project
from proven.project.settings import TIMEOUT, Relative, Settings
from proven.project.terminal import Show, console, progress, quiet, step

__all__ = [
    "ADDRESSES",
    "BROWSER",
    "DETECTORS",
    "LEDGER",
    "PACKAGE",
    "REDIRECTS",
    "REPOSITORY",
    "RUNNER",
    "TIMEOUT",
    "Memo",
    "Project",
    "Relative",
    "Settings",
    "Show",
    "Store",
    "chosen",
    "console",
    "digest",
    "environments",
    "files_in",
    "is_notebook",
    "narrowed",
    "package",
    "packages",
    "pages",
    "progress",
    "quiet",
    "settings",
    "step",
    "trees",
    "write",
    "zip_entry",
]
