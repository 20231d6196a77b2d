"""A mirror of Pyodide's distribution, and wheels in it: `with mirrored(folder) as (address, asked)`."""

import hashlib
import io
import json
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from proven.project import BROWSER
from proven.project.packages import LIST, LOCK

from ..workspace import Workspace


class Mirror(SimpleHTTPRequestHandler):
    """Serves a folder; counts what was asked for, and cuts what it is told to."""

    asked: list[str]
    cut: str = ""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer, or break off in the middle."""
        self.asked.append(Path(self.path).name)
        if self.cut and self.cut in self.path:
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b"PK\3\4")
            self.close_connection = True
            return
        super().do_GET()


@contextmanager
def mirrored(folder: Path, cut: str = "") -> Iterator[tuple[str, list[str]]]:
    """Serve a folder: its address, and the names of the files that were asked for."""
    asked: list[str] = []
    handler: Callable[..., Mirror] = partial(
        type("Cutting", (Mirror,), {"asked": asked, "cut": cut}), directory=str(folder)
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()


def wheel(name: str, code: str, **further: str) -> tuple[str, bytes]:
    """A wheel with one package, and perhaps further files: its file's name, and what is in it."""
    tag, about = "cp314-cp314-pyemscripten_2026_0_wasm32", f"{name}-1.0.dist-info"
    files = {
        f"{name}/__init__.py": code,
        **further,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{about}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    digests = {file: hashlib.sha256(text.encode()).digest() for file, text in files.items()}
    lines = [
        f"{file},sha256={urlsafe_b64encode(digest).decode().rstrip('=')}," for file, digest in digests.items()
    ]
    files[f"{about}/RECORD"] = "\n".join([*lines, f"{about}/RECORD,,\n"])
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for file, text in files.items():
            packed.writestr(zipfile.ZipInfo(file), text)
    return f"{name}-1.0-{tag}.whl", content.getvalue()


def distribute(workspace: Workspace, wheels: dict[str, tuple[str, bytes]], wanted: list[str]) -> None:
    """Give a project a mirror with wheels, the first of which takes the others, and a lock file of them."""
    packages = {}
    for name, (file, content) in wheels.items():
        workspace.write(f"mirror/{file}", content)
        packages[name] = {
            "name": name,
            "version": "1.0",
            "file_name": file,
            "sha256": hashlib.sha256(content).hexdigest(),
            "imports": [name],
            "depends": [other for other in wheels if other != name] if name == next(iter(wheels)) else [],
            "tool": {},
        }
    told = {"distribution": [f"{name}; python_version == '{BROWSER}'" for name in wanted]}
    workspace.write(LIST, f"distribution = {json.dumps(told['distribution'])}\n")
    groups = {"distribution": {BROWSER: {"packages": packages}}}
    workspace.write(LOCK, json.dumps({"wanted": told, "groups": groups}))
