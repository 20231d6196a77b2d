"""The MkDocs plugin: verify, then let MkDocs render. All work is done elsewhere."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from proven import links, pages, site, toolchain
from proven.cli import progress
from proven.model import Failure, Failures
from proven.project import Project, Unavailable
from proven.run import TIMEOUT
from proven.staging import Staging
from proven.verify import verify

log = logging.getLogger("mkdocs.plugins.proven")


class ProvenConfig(Config):
    """What mkdocs.yml can say of the plugin."""

    timeout = config_options.Type(float, default=TIMEOUT)


class ProvenPlugin(BasePlugin[ProvenConfig]):
    """Verifies every block before anything of the site is touched."""

    serving = in_place = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether a writer is at work, and whether MkDocs changes the site where it is."""
        self.serving = command == "serve"
        self.in_place = self.serving or dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Get what is needed, read the pages, and tell MkDocs their order."""
        self.project = Project.around(Path(config.config_file_path).parent)
        try:
            toolchain.ensure(self.project)
            files = Path(config.docs_dir).resolve().rglob("*.md")
            self.site = site.Site(tuple(site.read_pages(self.project.root, files)))
        except (Failures, Unavailable) as problem:
            log.error("Cannot start:\n%s", problem)
            raise Abort("Nothing was built.") from None
        self.tools = pages.Tools.of(self.project)
        config.nav = pages.navigation(self.site)
        config.extra["runtime"] = f"assets/runtime/{toolchain.runtime_name(self.project)}/"
        config.mdx_configs["proven.markdown"] = {"root": str(self.project.root)}
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Verify; MkDocs empties the site's folder only after this."""
        try:
            with progress() as show:
                every = list(self.site.pages), self.project.interpreters()
                self.report = verify(self.project, *every, show, self.config.timeout)
        except Unavailable as problem:
            log.error("Cannot verify:\n%s", problem)
            raise Abort("Nothing was built.") from None
        self._judge([*site.check(self.project.root, self.site), *self.report.failures])
        log.info("Verified %d blocks, %d runs", len(self.site.blocks), self.report.ran)
        self.staging = Staging(self.project.cache, Path(config.site_dir), self.in_place)
        config.site_dir = str(self.staging.folder)

    def _judge(self, failures: list[Failure]) -> None:
        if failures:
            log.error("%d failures:\n%s", len(failures), "\n".join(map(str, failures)))
            if not self.serving:  # a server would stall; its page shows what is wrong
                raise Abort("Nothing was built.")

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Add what is generated to a page."""
        source = next(one for one in self.site.pages if one.path == f"docs/{page.file.src_uri}")
        page.meta["description"] = source.meta.get("summary")
        return pages.compose(source, markdown, self.site, self.tools, self.report.results)

    @event_priority(-100)  # after plugins that write into the built site
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Follow the links of what was built, and put it in the place of the last site."""
        self._judge(links.check(self.staging.folder, self.site.pages, config.site_url or ""))
        config.site_dir = str(self.staging.publish())
        log.info("The site is in %s", config.site_dir)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Rebuild on changes of the runner and the style sheets too."""
        for folder in ("runner", "overrides/stylesheets"):
            server.watch(str(self.project.root / folder))
        return server
