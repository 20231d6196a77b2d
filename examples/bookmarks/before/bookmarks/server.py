"""The server."""

import uvicorn
from fastapi import FastAPI


def make_server(
    app: FastAPI, *, host: str = "127.0.0.1", port: int = 8000, grace: int = 10
) -> uvicorn.Server:
    """A server for the application."""
    return uvicorn.Server(uvicorn.Config(app, host=host, port=port))
