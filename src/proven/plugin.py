"""The MkDocs plugin: verify, then let MkDocs render. All work is done elsewhere."""

import json
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

from proven import toolchain
from proven.builder import Builder
from proven.model import Failures
from proven.project import Project, Unavailable
from proven.staging import Staging

log = logging.getLogger("mkdocs.plugins.proven")


def _name(function: Any) -> str:
    """What a function in mkdocs.yml is called there."""
    return f"{function.__module__}.{function.__qualname__}"


class ProvenConfig(Config):
    """What mkdocs.yml can say of the plugin."""

    timeout = config_options.Type(float, default=20.0)


class ProvenPlugin(BasePlugin[ProvenConfig]):
    """Verifies every block before anything of the site is touched."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether a writer is at work, and whether MkDocs changes the site where it is."""
        self.serving = command == "serve"
        self.in_place = self.serving or dirty
        self.builder = Builder(self.config.timeout, keep=self.serving)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Verify; MkDocs empties the site's folder only after this."""
        self.project = Project.around(Path(config.config_file_path).parent)
        settings = json.dumps([config.markdown_extensions, config.mdx_configs], default=_name, sort_keys=True)
        try:
            toolchain.ensure(self.project)
            found = self.verified = self.builder.prepare(
                self.project, Path(config.docs_dir).resolve(), settings
            )
        except (Failures, Unavailable) as problem:
            log.error("Cannot verify:\n%s", problem)
            raise Abort("Nothing was built.") from None
        self._judge(found.failures)
        log.info("Verified %d blocks, %d runs", found.blocks, found.ran)
        config.nav = found.navigation
        config.extra["runtime"] = f"assets/runtime/{toolchain.runtime_name(self.project)}/"
        config.mdx_configs["proven.markdown"] = {"root": str(self.project.root), "memo": self.builder.memo}
        return config

    def _judge(self, failures: list[str]) -> None:
        if failures:
            log.error("%d failures:\n%s", len(failures), "\n".join(failures))
            if not self.serving:  # a server would stall; its page shows what is wrong
                raise Abort("Nothing was built.")

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Build beside the last site."""
        self.staging = Staging(self.project.cache, Path(config.site_dir), self.in_place)
        config.site_dir = str(self.staging.folder)

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Add what is generated to a page."""
        path = f"docs/{page.file.src_uri}"
        if path in self.verified.descriptions:
            page.meta["description"] = self.verified.descriptions[path]
        return self.builder.compose(path, markdown)

    @event_priority(-100)  # after plugins that write into the built site
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Follow the links of what was built, and put it in the place of the last site."""
        self._judge(self.builder.finish(self.staging.folder, config.site_url or ""))
        config.site_dir = str(self.staging.publish())
        log.info("The site is in %s", config.site_dir)

    def on_shutdown(self) -> None:
        """End what was kept for the next change."""
        self.builder.close()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Rebuild on changes of the runner and the style sheets too."""
        for folder in ("runner", "overrides/stylesheets"):
            server.watch(str(self.project.root / folder))
        return server
