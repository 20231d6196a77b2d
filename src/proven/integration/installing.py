"""Serve what needs no environment while environments are being installed."""

import logging
import threading

from proven.model import Unavailable
from proven.project import Project
from proven.toolchain.environments import provide

log = logging.getLogger("mkdocs.plugins.proven")


class Installing:
    """The environments that a writer's blocks need, installed beside the server.

    When one is done its stamp changes, which the server watches: it builds the site again.
    """

    def __init__(self) -> None:
        self.begun: dict[str, threading.Event] = {}
        """By name, what is set when a build has seen that it is installed."""

    def begin(self, project: Project) -> Project:
        """Begin to install what is missing; the project without the blocks that have to wait for that.

        Raises:
            Unavailable: An environment is not declared as it should be.
        """
        declared = project.environments.items()
        missing = {name for name, environment in declared if not environment.installed}
        for name in self.begun.keys() - missing:
            self.begun.pop(name).set()
        if not missing:
            return project
        from proven.collect.pages import read_site  # seldom needed, and slow to import

        site, _ = read_site(project, project.pages())
        needed = missing & {block.environment for block in site.blocks if not block.left_out}
        for name in sorted(needed - self.begun.keys()):
            seen = self.begun[name] = threading.Event()
            log.info("Installing the environment %s; its blocks are left out until then", name)
            threading.Thread(target=_install, args=(project, name, seen), daemon=True).start()
        return project.leaving_out(sorted(needed))


def _install(project: Project, name: str, seen: threading.Event) -> None:
    try:
        provide(project, [name])
    except Unavailable as problem:
        log.warning("%s", problem)
        return
    while not seen.wait(1):  # the server may not be watching yet
        project.environments[name].stamp.touch()
