"""The MkDocs plugin: verify, then let MkDocs render. All work is done elsewhere."""

import logging
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from proven import pages, site, toolchain
from proven.cli import progress
from proven.model import Failures
from proven.project import Project, Unavailable
from proven.run import TIMEOUT, Runners
from proven.verify import verify

log = logging.getLogger("mkdocs.plugins.proven")


class ProvenConfig(Config):
    """What mkdocs.yml can say of the plugin."""

    timeout = config_options.Type(float, default=TIMEOUT)


class ProvenPlugin(BasePlugin[ProvenConfig]):
    """Verifies every block before anything of the site is touched."""

    serving = False
    runners: Runners | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether a writer is at work."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Get what is needed, read the pages, and tell MkDocs their order."""
        self.project = Project.around(Path(config.config_file_path).parent)
        try:
            toolchain.ensure(self.project)
            files = Path(config.docs_dir).resolve().rglob("*.md")
            self.site = site.Site(tuple(site.read_pages(self.project.root, files)))
            self.runners = self.runners or Runners(self.project, self.config.timeout, keep=self.serving)
        except (Failures, Unavailable) as problem:
            log.error("Cannot start:\n%s", problem)
            raise Abort("Nothing was built.") from None
        names = ("pytest-examples", "mkdocs", "mkdocs-material", "ruff", "mypy")
        tools = tuple(f"{name} {version(name)}" for name in names)
        self.tools = pages.Tools(tuple(self.project.interpreters()), tools)
        config.nav = pages.navigation(self.site)
        config.extra["runtime"] = f"assets/runtime/{toolchain.runtime_name(self.project)}/"
        config.mdx_configs["proven.markdown"] = {"root": str(self.project.root)}
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Verify; MkDocs empties the site's folder only after this."""
        try:
            with progress() as show:
                assert self.runners
                pages = list(self.site.pages)
                report = verify(self.project, pages, self.project.interpreters(), self.runners, show)
        except Unavailable as problem:
            log.error("Cannot verify:\n%s", problem)
            raise Abort("Nothing was built.") from None
        failures = [*site.check(self.project.root, self.site), *report.failures]
        if failures:
            log.error("%d failures:\n%s", len(failures), "\n".join(map(str, failures)))
            if not self.serving:  # a server would stall; its page shows what is wrong
                raise Abort("Nothing was built.")
        blocks = sum(len(page.blocks) for page in self.site.pages)
        log.info("Verified %d blocks, %d runs", blocks, report.ran)

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Add what is generated to a page."""
        path = f"docs/{page.file.src_uri}"
        source = next(one for one in self.site.pages if one.path == path)
        if "summary" in source.meta:
            page.meta["description"] = source.meta["summary"]
        return pages.compose(source, markdown, self.site, self.tools)

    def on_shutdown(self) -> None:
        """End what was kept for the next change."""
        if self.runners:
            self.runners.close()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Rebuild on changes of the runner and the style sheets too."""
        for folder in ("runner", "overrides/stylesheets"):
            server.watch(str(self.project.root / folder))
        return server
