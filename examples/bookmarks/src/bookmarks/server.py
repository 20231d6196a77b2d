"""The server, which lets requests in flight finish, until a deadline."""

import uvicorn
from fastapi import FastAPI

GRACE = 10  # seconds


def make_server(
    app: FastAPI, *, host: str = "127.0.0.1", port: int = 8000, grace: int = GRACE
) -> uvicorn.Server:
    """A server for the application.

    When it is stopped it accepts no more connections. Requests in flight have
    `grace` seconds to finish; then they are cancelled, and the application ends.
    """
    config = uvicorn.Config(app, host=host, port=port, timeout_graceful_shutdown=grace)
    return uvicorn.Server(config)
