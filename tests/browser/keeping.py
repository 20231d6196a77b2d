"""A site that its readers keep, and what a tab has of it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from proven.project import Project
from proven.publish.finish import finish

from .conftest import served
from .page import Example, Site

HELLO = Example("print('hello')\n", "hello\n")
PAGES = ("", "other/")


@contextmanager
def kept_site(folder: Path, tools: Project) -> Iterator[Site]:
    """Serve a site below a path, of two pages, that its readers keep."""
    folder = folder / "served" / "docs"
    shutil.copytree(tools.assets, folder / "assets")
    with served(folder.parent) as url:
        made = Site(folder, f"{url}docs/")
        release(made, tools, "A")
        yield made


def release(site: Site, project: Project, name: str, example: Example = HELLO, more: str = "") -> None:
    """Publish pages and a script that carry the name of a release, the first page with more in it."""
    for path in PAGES:
        written = site.folder / Path(site.page(example)).name
        html = written.read_text("utf-8").replace("Examples", f"Release {name}")
        html = html.replace("assets/", f"{'../' if path else ''}assets/")
        mark = f'<p id="script"></p><script src="{"../" if path else ""}mark.js"></script></html>'
        mark = mark if path else f"{more}{mark}"
        (site.folder / path).mkdir(exist_ok=True)
        (site.folder / path / "index.html").write_text(html.replace("</html>", mark), "utf-8")
        written.unlink()
    (site.folder / "mark.js").write_text(f"script.textContent = 'Release {name}'\n")
    finish(site.folder, project)


def evaluated(page: Page, function: str) -> Any:
    """What a function of the page comes to, within bearable time."""
    late = "new Promise((_, reject) => setTimeout(reject, 20_000, new Error('it takes too long')))"
    return page.evaluate(f"Promise.race([({function})(), {late}])")


def active(page: Page) -> None:
    """Wait until all of a release has been fetched, and pages are served from it."""
    evaluated(
        page,
        """async () => {
          const { serviceWorker } = navigator;
          const claimed = new Promise((done) => serviceWorker.addEventListener("controllerchange", done));
          if (!serviceWorker.controller) await claimed;
        }""",
    )


def runtime_is_kept(page: Page, *more: str) -> None:
    """Wait until the last of the runtime's files, and more, are in the reader's cache."""
    wanted = ["snapshot.bin", "pyodide.asm.wasm", "pyodide.asm.js", "pyodide.js", *more]
    evaluated(
        page,
        """async () => {
          const names = async () => {
            for (const key of await caches.keys()) {
              if (!key.startsWith("proven-parts-")) continue;
              return (await (await caches.open(key)).keys()).map(({ url }) => url.split("/").at(-1));
            }
            return [];
          };
          const wanted = WANTED;
          for (let kept = []; !wanted.every((name) => kept.includes(name)); kept = await names());
        }""".replace("WANTED", json.dumps(wanted)),
    )
