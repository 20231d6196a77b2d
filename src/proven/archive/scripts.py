"""Scripts that carry files: what a page that is opened from disk can load, since it cannot fetch.

`carrier(content) -> text` of a script; browser/disk/unpack.ts is the other end.
"""

import gzip
import hashlib
import io
import re
import zipfile
from base64 import b64encode
from pathlib import Path

from backports import zstd

from proven.assets.scripts import MODULES
from proven.project import write
from proven.scan import pack

_LEVEL = 19
"""High enough for the archive of this site, which is held against `export.LIMIT` by a test."""

_WINDOW = 26
"""Twice the logarithm of how far back it looks for what it has seen: 64 MB, more than any file has."""

_CARRIED = re.compile(r"assets/(runtime|packages|checkers|rules)/(?!.*LICENSE)")
_FOR_OTHERS = re.compile(rf"(.*/)?index\.html\.md$|{re.escape(pack.NAME)}$")
"""What pages fetch, and others than pages use too."""

_UNREAD = re.compile(
    r".*\.po$|(?!.*/locale/en/).*\.mo$|mypyc/|mypy/test/|(django|mypy)-[^/]+/RECORD$"
    r"|django/contrib/(admin/static|gis)/|pygments/lexers/(?!(__init__|_mapping|diff|python)\.py)"
)
"""What no page reads of its packages: translations but English and their sources, what of mypy does not
check types, what Django hands to browsers or does with libraries that Pyodide lacks, the two longest lists of
files, and what pytest does not highlight."""


def is_carried(name: str) -> bool:
    """Whether a page fetches a file of a built site, by its path."""
    match = _CARRIED.match(name) or _FOR_OTHERS.match(name)
    return match is not None or name in MODULES


def is_copied(name: str) -> bool:
    """Whether a file of a built site stays as it is, by its path."""
    return not is_carried(name) or _FOR_OTHERS.match(name) is not None


def uncompressed(name: str, content: bytes) -> bytes:
    """A file without the compression that it comes with, and otherwise as good: Zstandard does better.

    Wheels and other zip files store what is in them, less what no code reads; what is named .bin is
    gzip, of level 0.
    """
    if name.endswith(".bin"):
        return gzip.compress(gzip.decompress(content), 0, mtime=0)
    if not name.endswith((".whl", ".zip")):
        return content
    loose = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(loose, "w") as stored:
        compiled = {file.split(".")[0] for file in packed.namelist() if file.endswith(".so")}
        for entry in packed.infolist():
            if _UNREAD.match(entry.filename) or entry.filename.removesuffix(".py") in compiled:
                continue
            stored.writestr(zipfile.ZipInfo(entry.filename), packed.read(entry))
    return loose.getvalue()


def carrier(content: bytes, memory: Path) -> tuple[str, Path]:
    """The text of a script that carries a file.

    Args:
        content: What is in the file.
        memory: A folder that keeps what has been compressed before.

    Returns:
        The text, and where in the memory it is.

    Raises:
        Unavailable: The disk does not take it.
    """
    kept = memory / hashlib.sha256(content + bytes([_LEVEL, _WINDOW])).hexdigest()
    if kept.is_file():
        return kept.read_text("ascii"), kept
    options = {
        int(zstd.CompressionParameter.compression_level): _LEVEL,
        int(zstd.CompressionParameter.window_log): _WINDOW,
    }
    text = f'provenCarry("{b64encode(zstd.compress(content, options=options)).decode()}")\n'
    write(kept, text)
    return text, kept
