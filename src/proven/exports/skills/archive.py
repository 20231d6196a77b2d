"""The Agent Skill in one file, which is the same on every machine."""

import io
import zipfile

from proven.exports.export import Export, Files
from proven.exports.skills import index
from proven.project import zip_entry
from proven.rules.catalogue import Catalogue


def make(catalogue: Catalogue) -> Files:
    """The folder of the skill, packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:  # not compressed: each zlib does that in its own way
        for name, content in sorted(index.make(catalogue).items()):
            archive.writestr(zip_entry(name.removeprefix("skills/")), content)
    return {f"{index.FOLDER}.zip": packed.getvalue()}


EXPORT = Export(
    path=f"{index.FOLDER}.zip",
    title="Agent Skill, packed",
    purpose="The same folder in one file: unpack it where your agent keeps its skills, "
    "as in `.claude/skills/`.",
    make=make,
)
