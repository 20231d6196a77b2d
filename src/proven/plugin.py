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
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from proven import toolchain
from proven.builder import Builder
from proven.model import Failures
from proven.project import Project, Unavailable

log = logging.getLogger("mkdocs.plugins.proven")


def _name(function: Any) -> str:
    """What a function in mkdocs.yml is called there."""
    return f"{function.__module__}.{function.__qualname__}"


class ProvenConfig(Config):
    """What mkdocs.yml can say of the plugin."""

    timeout = config_options.Type(float, default=20.0)


class ProvenPlugin(BasePlugin[ProvenConfig]):
    """Verifies every block before anything of the site is touched."""

    builder: Builder

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether a writer is at work."""
        self.serving = command == "serve"
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
        if found.failures:
            log.error("%d failures:\n%s", len(found.failures), "\n".join(found.failures))
            if not self.serving:  # a server would stall; its page shows what is wrong
                raise Abort("Nothing was built.")
        log.info("Verified %d blocks, %d runs", found.blocks, found.ran)
        config.nav = found.navigation
        config.extra["runtime"] = f"assets/runtime/{toolchain.runtime_name(self.project)}/"
        config.mdx_configs["proven.markdown"] = {"root": str(self.project.root), "memo": self.builder.memo}
        return config

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Add what is generated to a page."""
        path = f"docs/{page.file.src_uri}"
        if path in self.verified.descriptions:
            page.meta["description"] = self.verified.descriptions[path]
        return self.builder.compose(path, markdown)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Remember what was worked out."""
        self.builder.finish()

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
