"""Starts the service: python -m bookmarks --database bookmarks.sqlite3."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bookmarks.app import create_app
from bookmarks.server import make_server


def main(argv: Sequence[str] | None = None) -> int:
    """Serves until SIGTERM or Ctrl-C; the exit status is 1 if it could not start."""
    parser = argparse.ArgumentParser("bookmarks", allow_abbrev=False)
    parser.add_argument("--database", type=Path, default=Path("bookmarks.sqlite3"))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(argv)
    app = create_app(options.database)
    server = make_server(app, host=options.host, port=options.port)
    try:
        server.run()
    except KeyboardInterrupt:  # the server raises it again when it has stopped
        return 130
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
