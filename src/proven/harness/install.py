"""Put packages into an interpreter in WebAssembly, before the code that imports them runs."""

import contextlib
import gc
import importlib
import json
import os
import sys
import zipfile

from proven.harness import imports


def version() -> str:
    """This Python: `3.14`."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def imported_json(job: str) -> str:
    """The modules that sources import besides the standard library's, as JSON."""
    sources = json.loads(job)
    names = imports.of_all((source["language"], source["source"], source.get("file")) for source in sources)
    return json.dumps(sorted(names))


def offer_json(names: str) -> None:
    """Say which modules there are besides the standard library's."""
    imports.offer(json.loads(names))


def install(folder: str) -> None:
    """Unpack the wheels of a folder where Python finds them, and remove the folder."""
    site = next(path for path in sys.path if path.endswith("site-packages"))
    for name in os.listdir(folder):
        file = os.path.join(folder, name)
        with zipfile.ZipFile(file) as wheel:
            wheel.extractall(site)
        os.remove(file)
    os.rmdir(folder)
    importlib.invalidate_caches()


def statements_json(job: str) -> str:
    """The statements by which sources import from modules, as JSON; the job has both."""
    given = json.loads(job)
    by_source = [
        imports.statements(source["language"], source["source"], given["modules"])
        for source in given["sources"]
        if source["language"] != "file" or source["file"].endswith(".py")
    ]
    return json.dumps([statement for statements in by_source for statement in statements])


def import_json(statements: str) -> None:
    """Execute imports, and have collections pass over all that is there; what cannot be had stays out."""
    for statement in json.loads(statements):
        with contextlib.suppress(Exception):
            exec(statement, {})
    gc.freeze()
