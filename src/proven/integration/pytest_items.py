"""What pytest collects: `PageFile`, with an item for each block and for each check of the page as a whole.

Items judge with the functions that `proven verify` calls, and say what it says.
"""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import click
import pytest
from filelock import FileLock

from proven.collect.pages import read_site
from proven.model import Block, Failure, Failures, Findings, Page, Site, Unavailable, applicable
from proven.project import Project, chosen, quiet
from proven.rules import site
from proven.run import cache
from proven.run.pool import Runners
from proven.toolchain import distribution, npm
from proven.verify import plan, runs, verify


class Bench:
    """What all items of a project share in one pytest process: above all, the children that run blocks.

    Raises:
        Unavailable: What verification needs cannot be had.
        UsageError: There is no interpreter of a name that was given.
    """

    def __init__(self, root: Path, config: pytest.Config) -> None:
        self.project = Project.around(root)
        npm.install(self.project)
        distribution.provide(self.project)
        self.everywhere = self.project.interpreters()
        self.interpreters = chosen(self.project, config.getoption("proven_interpreter"))
        self.recorded = cache.Known.of(self.project)
        timeout = config.getoption("proven_timeout") or self.project.settings.timeout
        self.runners = Runners(self.project, timeout, keep=True)
        self.pages = {page.resolve() for page in self.project.pages()}
        self.seen: dict[str, Findings] | None = None
        config.add_cleanup(self.close)

    def close(self) -> None:
        """End the children."""
        with _as_the_command():
            self.runners.close()

    def block(self, page: Page, block: Block) -> list[Failure]:
        """Run a block where it has not been run, and judge it."""
        alone = [replace(page, blocks=(block,))]
        planned = plan.plan_blocks(alone, self.interpreters)
        runs.run_and_repeat(self.recorded, planned, self.runners)
        return list(verify.judge_runs(self.project, self.recorded, alone, self.interpreters))

    def tools(self, page: Page, pages: Iterable[Page]) -> list[Failure]:
        """What mypy, Ruff and its formatter say of a page; they read all `pages` at once, the first time."""
        if self.seen is None:
            by_path = {other.path: other for other in pages}
            with FileLock(self.project.cache / "tools.lock"):  # other workers find it in the cache
                self.seen = plan.ask_tools(self.project, [by_path[path] for path in sorted(by_path)], quiet)()
        runs.run_missing(self.recorded, plan.plan_fixes([page], self.seen, self.interpreters), self.runners)
        return list(verify.judge_tools(self.recorded, [page], self.seen, self.interpreters))

    @cached_property
    def site(self) -> tuple[Site, list[Failure]]:
        """All pages that can be read, and what is wrong between them and with the structure of each."""
        whole, _ = read_site(self.project, self.project.pages())
        rules = self.project.settings.rules
        return whole, site.check(self.project.root, whole) if rules else []

    def page(self, page: Page) -> list[Failure]:
        """What is wrong with a page by itself and among others; the first also takes what is on none."""
        whole, failures = self.site
        first, *others = [other.path for other in whole.pages]
        if page.path == first:
            return [*page.failures, *(failure for failure in failures if failure.path not in others)]
        return [*page.failures, *(failure for failure in failures if failure.path == page.path)]


_benches = pytest.StashKey[dict[Path, Bench | Exception]]()


def _bench(root: Path, config: pytest.Config) -> Bench:
    """The bench of a project; what cannot be had is looked for once."""
    benches = config.stash.setdefault(_benches, {})
    if root not in benches:
        try:
            benches[root] = Bench(root, config)
        except (Unavailable, click.UsageError) as error:
            benches[root] = error
    bench = benches[root]
    if isinstance(bench, Exception):
        raise bench
    return bench


@contextmanager
def _as_the_command() -> Iterator[None]:
    """Ignore warnings in the code that reads blocks, whatever a project's `filterwarnings` makes of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


class PageFile(pytest.File):
    """One page."""

    def __init__(self, *, root: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.root = root

    def collect(self) -> Iterator[pytest.Item]:
        """The page as a whole, then its blocks; nothing of a file that MkDocs leaves out.

        Raises:
            CollectError: It cannot be verified here.
        """
        with _as_the_command():
            try:
                bench = _bench(self.root, self.config)
                if self.path.resolve() not in bench.pages:
                    return
                read, unread = read_site(bench.project, [self.path])
            except Unavailable as problem:
                raise self.CollectError(str(problem)) from None
            except click.UsageError as problem:
                raise self.CollectError(problem.message) from None
        if not read.pages:
            unread_page = Page(bench.project.name(self.path), failures=tuple(unread))
            yield UnreadItem.from_parent(self, name="page", bench=bench, page=unread_page)
            return
        (page,) = read.pages
        yield SiteItem.from_parent(self, name="page", bench=bench, page=page)
        if page.blocks:
            yield ToolsItem.from_parent(self, name="tools", bench=bench, page=page)
        for block in page.blocks:
            runs = applicable(page, block, bench.everywhere)
            if not runs or applicable(page, block, bench.interpreters):
                yield BlockItem.from_parent(self, name=str(block.line), bench=bench, page=page, block=block)


class _Item(pytest.Item):
    """Something that is right or wrong."""

    def __init__(self, *, bench: Bench, page: Page, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.bench = bench
        self.page = page

    def failures(self) -> list[Failure]:
        """What is wrong."""
        raise NotImplementedError

    def runtest(self) -> None:
        """Find it out.

        Raises:
            Failures: Something is wrong.
        """
        with _as_the_command():
            failures = sorted(self.failures())
        if failures:
            raise Failures(failures)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The text of `proven verify`; its first line also for summaries, JUnit files and annotations."""
        if not isinstance(excinfo.value, (Failures, Unavailable)):
            return super().repr_failure(excinfo, style)
        shown = excinfo.getrepr(style="value")
        if isinstance(excinfo.value, Failures) and shown.reprcrash:
            first = excinfo.value.failures[0]
            shown.reprcrash.path = first.path
            shown.reprcrash.lineno = first.line
            shown.reprcrash.message = first.message
        return shown

    def reportinfo(self) -> tuple[Path, int, str]:
        """Its place."""
        return self.path, 0, f"{self.page.path} ({self.name})"


class SiteItem(_Item):
    """A page's structure, and how it fits the other pages."""

    def failures(self) -> list[Failure]:
        """What is wrong."""
        return self.bench.page(self.page)


class UnreadItem(_Item):
    """A page that cannot be read."""

    def failures(self) -> list[Failure]:
        """What is wrong."""
        return list(self.page.failures)


class ToolsItem(_Item):
    """What mypy, Ruff and its formatter say of a page's blocks."""

    def failures(self) -> list[Failure]:
        """What is wrong."""
        items = (item for item in self.session.items if isinstance(item, ToolsItem))
        return self.bench.tools(self.page, [item.page for item in items if item.bench is self.bench])


class BlockItem(_Item):
    """A block, on each interpreter that it is for."""

    def __init__(self, *, block: Block, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.block = block
        self.extra_keyword_matches.update((block.address, block.role))
        if block.skipped:
            self.add_marker(pytest.mark.skip(reason=block.skipped))

    def failures(self) -> list[Failure]:
        """What is wrong."""
        return self.bench.block(self.page, self.block)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Its place, and its address for a name."""
        return self.path, self.block.line - 1, self.block.address
