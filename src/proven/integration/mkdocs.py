"""The MkDocs plugin: verify, then let MkDocs render. All work is done elsewhere."""

import logging
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from mkdocs.config import Config, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from proven import programs
from proven.assets import ensure
from proven.integration import mkdocs_config
from proven.integration.builder import Builder
from proven.markdown import Disagreement
from proven.model import Failures, Unavailable
from proven.project import DETECTORS, RUNNER, TIMEOUT, Project
from proven.project.environments import STAMPS
from proven.publish.indexing import read_less
from proven.publish.staging import Staging
from proven.toolchain import distribution

log = logging.getLogger("mkdocs.plugins.proven")


class ProvenConfig(Config):
    """What mkdocs.yml can say of the plugin; `settings` reads it, so that the command does too."""

    interpreters = config_options.ListOfItems(config_options.Type(str), default=[])
    notebooks = config_options.Type((bool, list), default=False)
    rules = config_options.Type(bool, default=False)
    policy = config_options.Optional(config_options.Type(bool))
    without = config_options.ListOfItems(config_options.Type(str), default=[])
    distribution = config_options.Choice(("optional", "required"), default="optional")
    mirror = config_options.Type(str, default="")
    timeout = config_options.Type((int, float), default=TIMEOUT)


class ProvenPlugin(BasePlugin[ProvenConfig]):
    """Verifies every block before anything of the site is touched."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether a writer is at work, and whether MkDocs changes the site where it is."""
        self.serving = command == "serve"
        self.in_place = self.serving or dirty
        self.builder = Builder(self.config.timeout, keep=self.serving)
        self.staging: Staging | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Verify; MkDocs empties the site's folder only after this."""
        try:
            self.project = Project.of(Path(config.config_file_path))
            ensure.ensure(self.project)
            verified = self.verified = self.builder.prepare(self.project, mkdocs_config.render_key(config))
            self.project = self.builder.project
            mkdocs_config.add_to_config(
                config, self.project, self.builder.memo, self.builder.themes, self.serving
            )
        except (Failures, Unavailable) as problem:
            log.error("Cannot verify:\n%s", problem)
            raise Abort("Nothing was built.") from None
        self._judge(verified.failures, verified.readable)
        for place in verified.unsteady:
            log.info("%s", place)
        log.info("Verified %d blocks, %d runs", verified.blocks, verified.ran)
        config.nav = verified.navigation or config.nav
        return config

    def _judge(self, failures: list[str], readable: bool = True) -> None:
        if failures:
            log.error("%d failures:\n%s", len(failures), "\n".join(failures))
            if not (self.serving and readable):  # a server would stall; its page shows what is wrong
                raise Abort("Nothing was built.")

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Build beside the last site."""
        staging = self.staging = Staging(self.project.cache, Path(config.site_dir), self.in_place)
        config.site_dir = str(staging.folder)
        read_less(config.plugins.values())

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Add what is generated to a page."""
        own = self.project.name(self.project.docs / page.file.src_uri)
        path = self.notebooks.get(page.file.src_uri, own)
        python, environment, program = self.verified.fronts.get(path, ("", "", ""))
        beside = get_relative_url(f"{PurePosixPath(page.file.src_uri).parent}/", page.file.url)
        front = {"python": python, "environment": environment, "beside": beside, "program": program}
        config.mdx_configs["proven.markdown"].update(front)
        if path in self.verified.descriptions:
            page.meta["description"] = self.verified.descriptions[path]
        return self.builder.compose(path, markdown, config.site_url or "")

    def on_build_error(self, *, error: Exception) -> None:
        """Spare the writer a traceback, for MkDocs has said which page it is; leave nothing half built."""
        if self.staging:
            self.staging.discard()
        if isinstance(error, Disagreement):
            raise Abort("The site is as it was.") from None

    @event_priority(-100)  # after plugins that make something else of notebooks
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the site's notebooks to its pages; the files of its detectors are none of it, but exported."""
        for file in [file for file in files if file.src_uri.endswith(DETECTORS) and self.config.rules]:
            files.remove(file)
        self.notebooks: dict[str, str] = {}
        if self.project.settings.notebooks:
            from proven.integration import mkdocs_notebooks  # seldom needed

            self.notebooks = mkdocs_notebooks.add(files, config, self.project)
        return files

    @event_priority(-100)  # after plugins that write into the built site
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Follow the links of what was built, and put it in the place of the last site."""
        assert self.staging
        self._judge(self.builder.finish(self.staging.folder, config.site_url or ""))
        config.site_dir = str(self.staging.publish())
        log.info("The site is in %s", config.site_dir)
        if missing := distribution.unreached(self.project):  # of which --strict shall make no error
            log.log(logging.INFO if config.strict else logging.WARNING, "%s", missing)

    def on_shutdown(self) -> None:
        """End what was kept for the next change."""
        self.builder.close()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Rebuild when what is not among the pages changes, and when an environment has been installed."""
        shown = programs.folders(self.project.root) if self.config.rules else []
        for folder in (RUNNER, *shown, *self.project.folders):
            server.watch(str(folder))
        stamps = self.project.cache / STAMPS
        stamps.mkdir(parents=True, exist_ok=True)
        server.watch(str(stamps))
        return server
