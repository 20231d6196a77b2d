"""What a site's builder asks for: verified pages, in the form in which they are rendered.

It knows no site generator. With nothing changed since the last build it answers
from memory, and imports nothing that is not needed for that.
"""

from __future__ import annotations  # the types below are imported where they are needed

import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proven.integration.installing import Installing
from proven.integration.verified import Verified
from proven.project import ADDRESSES, LEDGER, PACKAGE, Memo, Project, digest, pages, progress
from proven.toolchain import wheels

if TYPE_CHECKING:
    from proven.model import Failure, Page, Site
    from proven.rules.catalogue import Catalogue
    from proven.rules.coverage import CoverageMap
    from proven.run.pool import Runners
    from proven.verify.provenance import Tools


class Builder:
    """Verifies and composes pages, build after build.

    Args:
        timeout: Seconds that one run may take.
        keep: Whether interpreters wait for the next build.
    """

    def __init__(self, timeout: float, keep: bool) -> None:
        self.timeout = timeout
        self.keep = keep
        self.installing = Installing()
        self.memo: Memo | None = None
        self.runners: Runners | None = None
        self.site: Site | None = None
        self.unread: list[Failure] = []
        self.tools: Tools | None = None
        self.catalogue: Catalogue | None = None

    def prepare(self, project: Project, settings: str) -> Verified:
        """Verify a site, unless that has been done.

        Args:
            project: The project.
            settings: What else decides how pages are rendered.

        Raises:
            Unavailable: A tool or an interpreter cannot be had.
        """
        if self.keep:
            project = self.installing.begin(project)
        code = digest(sorted(file for file in PACKAGE.rglob("*.*") if file.suffix != ".pyc"))
        machine = f"{platform.python_version()} {platform.platform()}"
        environments = " ".join(environment.digest for environment in project.environments.values())
        digests = f"{project.locks} {project.packages.place} {project.local} {environments}"
        key = f"{code} {digests} {machine} {project.settings} {settings}"
        if self.memo is None or self.memo.key != key:
            self.memo = Memo(project.cache / "site.json", key)
        self.project, self.files = project, project.pages()
        lists = [project.root / name for name in (LEDGER, ADDRESSES)]
        self.detectors = pages.detectors(project.docs, project.settings)
        files = [*self.files, *self.detectors, *(file for file in lists if file.is_file())]
        self.written = " ".join(project.name(file) for file in (*self.files, *self.detectors)) + digest(files)
        self.inputs = self._with(self.memo.get("included", self.written) or [])
        self.site = self.tools = self.catalogue = None
        kept, today = self.memo.get("verified", self.inputs), datetime.now(UTC).date()
        waived = kept and kept["until"] and kept["until"] < f"{today}"
        self.verified = self._verify() if not kept or waived else Verified(**kept)
        if self.verified.packages:
            wheels.provide(project)
        return self.verified

    def _verify(self) -> Verified:
        from proven.pages.navigation import navigation
        from proven.rules.site import check
        from proven.run.pool import Runners
        from proven.verify.plan import plan_blocks, takes_packages
        from proven.verify.verify import verify

        assert self.memo
        self.runners = self.runners or Runners(self.project, self.timeout, self.keep)
        site = self._read()
        own = digest(self.detectors)  # each is held against every page
        keys = {page.path: f"{own} {_key(self.project.root, page)}" for page in site.pages}
        fixes = {page.path: self.memo.get("page", keys[page.path]) for page in site.pages}
        pages = [page for page in site.pages if fixes[page.path] is None]
        everywhere = self.project.interpreters()
        with progress() as show:
            report = verify(self.project, pages, everywhere, self.runners, show)
        unsure = {failure.path for failure in [*self.unread, *report.failures]}
        unsure |= {page.path for page in site.pages if page.waivers or page.failures}
        fixes.update(report.fixes)
        for page in pages:
            if page.path not in unsure:
                self.memo.put("page", keys[page.path], fixes[page.path])
        held = check(self.project.root, site) if self.project.settings.rules else []
        failures = sorted([*self.unread, *held, *report.failures])
        summaries = {page.path: page.front.summary for page in site.pages if page.front.summary}
        outcome: dict[str, Any] = {
            "navigation": navigation(site) if self.project.settings.rules else [],
            "descriptions": summaries,
            "fixes": fixes,
            "fronts": {page.path: _front(page) for page in site.pages},
            "packages": takes_packages(plan_blocks(list(site.pages), everywhere)),
            "blocks": len(site.blocks),
            "rules": len(site.rules),
            "until": min((f"{waiver.until}" for page in site.pages for waiver in page.waivers), default=""),
        }
        if not failures:
            self.memo.put("verified", self.inputs, outcome)
        run = outcome | {"ran": report.ran, "unsteady": report.unsteady, "readable": not self.unread}
        return Verified(**run, failures=[str(failure) for failure in failures])

    def _read(self) -> Site:
        from proven.collect.pages import read_site

        if self.site is None:
            self.site, self.unread = read_site(self.project, self.files)
            pages = self.site.pages
            included = sorted({file for page in pages for file in (*page.included, *page.figures)})
            assert self.memo
            self.memo.put("included", self.written, included)
            self.inputs = self._with(included)
        return self.site

    def _with(self, included: list[str]) -> str:
        """All that decides about the site: its pages, and the files that they include or show."""
        files = [self.project.root / name for name in included]
        return self.written + digest(file for file in files if file.is_file())

    @property
    def themes(self) -> list[Path]:
        """The folders with what the browser needs, as it lies in the built site."""
        packages = [wheels.theme(self.project)] if self.verified.packages else []
        return [*packages, self.project.theme]

    def compose(self, path: str, text: str, site_url: str = "") -> str:
        """The Markdown to render for a page.

        Args:
            path: The page's path from the project's root.
            text: Its Markdown, without front matter.
            site_url: The address that the site is built for, where that is known.
        """
        assert self.memo
        if not self.project.settings.rules:
            return text
        key = f"{self.inputs} {site_url} {path} {text}"
        return str(self.memo.get("composed", key, lambda: self._compose(path, text, site_url)))

    def _compose(self, path: str, text: str, site_url: str) -> str:
        from proven import programs
        from proven.pages.compose import compose

        site = self._read()
        page: Page = next(candidate for candidate in site.pages if candidate.path == path)
        if page.front.generated:
            return f"{text.rstrip()}\n\n{self._catalogue(site_url).generated(page)}"
        program = programs.read(self.project.root, page.front.program)
        return compose(page, text, site, self._tools(), self.verified.fixes[path], program)

    def _covered(self) -> CoverageMap:
        from proven.rules.coverage import coverage

        return coverage(self._read(), self.project.settings.directories)

    def _tools(self) -> Tools:
        from proven.verify.provenance import Tools

        self.tools = self.tools or Tools.of(self.project)
        return self.tools

    def finish(self, folder: Path, site_url: str) -> list[str]:
        """Complete what was built and judge it, and remember what was worked out if all of it is right.

        Args:
            folder: The built site.
            site_url: The address that it is built for, where that is known.

        Returns:
            What is wrong, each with its place and remedy.

        Raises:
            Unavailable: The disk does not take it.
        """
        from proven.publish import finish

        assert self.memo
        finish.write(folder, self.memo.get("covered", self.inputs, self._covered))
        ours = self.verified.rules > 0  # guests may link as they like, and export nothing
        work = finish.Completion(
            folder=folder,
            project=self.project,
            memo=self.memo,
            inputs=self.inputs,
            site=self._read,
            catalogue=lambda: self._catalogue(site_url),
            site_url=site_url,
            serving=self.keep,
        )
        problems = work.complete() if ours else []
        if ours and not self.keep:  # writers have time to note what is new
            problems += self.memo.get("unlisted", self.inputs, self._unlisted)
        if not self.keep:  # else it is served to its writer by MkDocs, with a script that MkDocs adds
            finish.finish(folder, self.project, self.memo)
        if problems or self.verified.failures:
            self.memo.forget()
        else:
            self.memo.save()
        return problems

    def _unlisted(self) -> list[str]:
        from proven.rules.address_list import unlisted

        return [str(failure) for failure in unlisted(self.project.root, self._read())]

    def _catalogue(self, site_url: str) -> Catalogue:
        from proven.pages.registry import whole_catalogue

        if self.catalogue is None or self.catalogue.site is not self.site:
            self.catalogue = whole_catalogue(self.project, self._read(), site_url)
        return self.catalogue

    def close(self) -> None:
        """End what was kept for the next build."""
        if self.runners:
            self.runners.close()


def _front(page: Page) -> tuple[str, str, str]:
    """What has to be known of a page's front matter to show its blocks."""
    return str(page.python), page.front.environment, page.front.program


def _key(root: Path, page: Page) -> str:
    """What decides about a page by itself."""
    figures = [root / name for name in page.figures if (root / name).is_file()]
    drawn = f"{len(figures)} {digest(figures)} " if page.figures else ""
    included = digest(file for name in page.included if (file := root / name).is_file())
    return f"{page.path} {page.front.environment} {drawn}{included}{page.text}"
