"""Each program as a zip file beside its page: `programs/crawler/crawler.zip`."""

from proven import programs
from proven.exports.export import Export, Files
from proven.rules.catalogue import Catalogue


def make(catalogue: Catalogue) -> Files:
    """The archives of all programs that pages show."""
    root = catalogue.project.root
    shown = ((page, programs.read(root, page.front.program)) for page in catalogue.site.pages)
    return {
        f"{page.address}{program.name}.zip": programs.archive(program) for page, program in shown if program
    }


EXPORT = Export(
    path="",
    title="Programs",
    purpose="Each program as a zip file, linked to on its page.",
    make=make,
)
