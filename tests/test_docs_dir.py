"""A site of rules whose pages are in another folder than docs/."""

from pathlib import Path

import pytest

from .workspace import Workspace


@pytest.mark.parametrize("folder", ["documentation/en", "../pages", "/pages"])
def test_docs_dir(small_site: Workspace, folder: str) -> None:
    """It is verified, noted and built, with its navigation and exports, wherever its pages are."""
    if folder.startswith("/"):
        folder = f"{small_site.root.parent}{folder}"
    docs = small_site.root / folder
    docs.parent.mkdir(parents=True, exist_ok=True)
    (small_site.root / "docs").rename(docs)
    settings = (small_site.root / "mkdocs.yml").read_text("utf-8")
    small_site.write("mkdocs.yml", f"docs_dir: {folder}\n{settings}")
    small_site.write("addresses.txt", "")
    page = docs.resolve().relative_to(small_site.root.resolve(), walk_up=True) / "topic" / "three.md"
    for command, said in (
        (("proven", "code", str(page)), f"PX903 {page.as_posix()}"),
        (("proven", "verify"), f"PX903 has no page\n    Bring {page.as_posix()} back"),
    ):
        done = small_site.command(*command)
        assert said in done.stdout + done.stderr
    (small_site.root / "codes.toml").write_text(_without_the_last(small_site.root / "codes.toml"), "utf-8")
    small_site.write("addresses.txt", "")
    for command in (("proven", "addresses"), ("mkdocs", "build", "--strict")):
        done = small_site.command(*command)
        assert done.returncode == 0, done.stderr
    assert "topic/one/" in (small_site.root / "addresses.txt").read_text("utf-8")
    site = small_site.root / "site"
    assert 'href="../two/"' in (site / "topic" / "one" / "index.html").read_text("utf-8")
    assert "# Keep rule PX901" in (site / "topic" / "one" / "index.html.md").read_text("utf-8")


def _without_the_last(codes: Path) -> str:
    return codes.read_text("utf-8").rpartition("[PX903]")[0]
