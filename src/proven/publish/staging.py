"""Build a site beside the last one, and put it in its place only when all is well."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory


class Staging:
    """A folder to build in; deleted with the process when it is not published.

    Args:
        cache: Where to make the folder.
        site: Where the site is, or is to be.
        in_place: Build there after all: `mkdocs serve` serves that folder, and
            `--dirty` changes single pages of it.
    """

    def __init__(self, cache: Path, site: Path, in_place: bool = False) -> None:
        self._temporary = None if in_place else TemporaryDirectory(prefix="site-", dir=cache)
        self._site = site
        self.folder = Path(self._temporary.name) if self._temporary else site

    def discard(self) -> None:
        """Leave the last site as it is, and nothing of what was built."""
        if self._temporary:
            self._temporary.cleanup()

    def publish(self) -> Path:
        """Replace the last site with what was built, and return where it is.

        The site's own folder stays, so that a server keeps serving it, and so do hidden
        files in it, such as the .git of a branch with built sites: MkDocs spares them too.
        """
        if self._temporary is None:
            return self._site
        self._site.mkdir(parents=True, exist_ok=True)
        built = list(self.folder.iterdir())
        replaced = self.folder / ".replaced"
        replaced.mkdir()
        new = {entry.name for entry in built}
        for entry in list(self._site.iterdir()):
            if entry.name in new or not entry.name.startswith("."):
                shutil.move(entry, replaced)
        for entry in built:
            shutil.move(entry, self._site)
        self._temporary.cleanup()
        return self._site
