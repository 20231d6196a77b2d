"""A mirror of Pyodide's distribution: `with mirrored(folder) as (address, asked)`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


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
