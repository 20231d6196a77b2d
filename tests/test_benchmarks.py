"""The sites that are measured are sites that can be built."""

from pathlib import Path

from benchmarks import larger, sites
from proven.collect.pages import read_site
from proven.project import Project
from proven.rules import ledger
from proven.rules.site import check


def test_larger_site(tmp_path: Path) -> None:
    """A copy twice as large has each rule twice, and nothing in it disagrees."""
    sites.copy(tmp_path)
    rules = len(ledger.read(tmp_path))
    larger.enlarge(tmp_path, 2)
    project = Project.around(tmp_path)
    site, failures = read_site(project, project.pages())
    assert len(site.rules) == 2 * rules
    assert [str(failure) for failure in [*failures, *check(tmp_path, site)]] == []
