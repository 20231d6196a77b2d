"""Numbers photos in the order in which they were taken, each in its folder."""

import argparse
import os
import sys

VERSION = "1.0.0"


def number_photos(photos: list[str], prefix: str, start: int) -> list[tuple[str, str]]:
    """The path of each photo, with its new path."""
    pairs = []
    for number, photo in enumerate(sorted(photos, key=taken), start):
        folder, name = os.path.split(photo)
        suffix = os.path.splitext(name)[1].lower()
        pairs.append((photo, os.path.join(folder, f"{prefix}{number:03}{suffix}")))
    return pairs


def taken(photo: str) -> float:
    """When the photo was taken."""
    try:
        return os.path.getmtime(photo)
    except OSError as error:
        print(f"Error: {error}")
        sys.exit()


def main(argv: list[str] | None = None) -> int:
    """Renames photos."""
    parser = argparse.ArgumentParser("rename-photos", description=__doc__)
    parser.add_argument("prefix", help="what each name begins with")
    parser.add_argument("photos", nargs="+", metavar="photo")
    parser.add_argument("--start", type=int, default=1, help="the first number")
    parser.add_argument("--dry-run", action="store_true", help="only show the names")
    parser.add_argument("--version", action="version", version=VERSION)
    options = parser.parse_args(argv)
    for source, target in number_photos(options.photos, options.prefix, options.start):
        if options.dry_run:
            print(f"{os.path.basename(source)!a} -> {os.path.basename(target)!a}")
            continue
        try:
            os.rename(source, target)
        except OSError as error:
            print(f"Error: {error}")
    return 0
