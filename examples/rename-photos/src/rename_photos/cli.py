"""Numbers photos in the order in which they were taken, each in its folder."""

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rename_photos.acting import carry_out, signals_noted
from rename_photos.errors import RenameError
from rename_photos.planning import order, plan


def main(argv: Sequence[str] | None = None) -> int:
    """Renames photos, and returns the exit status; all but 0 mean that none is renamed.

    1 says that they could not be, and 128 plus a number that this signal stopped the
    command. Wrong arguments exit with 2, as argparse does. Runs in the main thread.
    """
    options = make_parser().parse_args(argv)
    noted: list[int] = []
    try:
        targets = plan(options.photos, options.prefix, options.start)
        if options.dry_run:
            for source, target in targets.items():
                print(f"{source.name!a} -> {target.name!a}")
            return 0
        with signals_noted(noted):
            carry_out(order(targets), noted)
    except (RenameError, OSError) as error:
        print(f"rename-photos: {error}", file=sys.stderr)
        return 128 + noted[0] if noted else 1
    return 0


def make_parser() -> argparse.ArgumentParser:
    """What the command accepts; argparse answers anything else with status 2."""
    parser = argparse.ArgumentParser(
        "rename-photos", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("prefix", type=file_name, help="what each name begins with")
    parser.add_argument("photos", type=Path, nargs="+", metavar="photo")
    parser.add_argument("--start", type=positive, default=1, help="the first number")
    parser.add_argument("--dry-run", action="store_true", help="only show the names")
    parser.add_argument("--version", action="version", version=installed_version())
    return parser


def file_name(text: str) -> str:
    """A part of a file's name, which must not lead to another folder."""
    if not text or set(text) & set("/\\:\0"):
        raise argparse.ArgumentTypeError(f"no part of a file's name: {text!r}")
    return text


def positive(text: str) -> int:
    """A number from 1 on; argparse reports the ValueError of what is none."""
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"not a number from 1 on: {text!r}")
    return number


def installed_version() -> str:
    """The version from the metadata, where alone it is written."""
    try:
        return version("rename-photos")
    except PackageNotFoundError:
        return "not installed"
