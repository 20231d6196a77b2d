"""An asyncio event loop for WebAssembly, where there are no sockets to select on.

Pyodide's own loop hands control back to JavaScript, so that `asyncio.run()`
needs JSPI and timers, debug mode and shutdown differ from CPython's. Code that
owns its worker may block: CPython's loop with a selector that only sleeps
behaves as on a desktop, in every build and every browser.
"""

import asyncio
import inspect
import os
import time
import warnings
from asyncio import base_events
from typing import Any


class Deadlock(RuntimeError):
    """Every task waits, and nothing is left that could wake one."""


idle: int | None = None
"""A file that sleeps for the seconds that are written to it, where the host has one.

WebAssembly's own sleep asks for the time until it is over, and keeps a processor busy.
"""


class SleepingSelector:
    """Waits for the next timer; there is no input to wait for."""

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise Deadlock("every task is waiting and nothing can wake one of them")
        if timeout > 0 and idle is not None:
            os.write(idle, f"{timeout:f}".encode())
        elif timeout > 0:
            time.sleep(timeout)
        return []

    def close(self) -> None:
        """Nothing is held."""


class SleepingLoop(base_events.BaseEventLoop):
    """CPython's event loop without a socket layer."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = SleepingSelector()

    def _process_events(self, event_list: list[Any]) -> None:
        """There are never events."""

    def _write_to_self(self) -> None:
        """One thread: nothing can be waiting in select()."""


def install() -> None:
    """Make `asyncio.run()` use `SleepingLoop` in this interpreter."""
    with warnings.catch_warnings():  # policies are deprecated in 3.14, with no replacement for asyncio.run()
        warnings.simplefilter("ignore", DeprecationWarning)
        policy = type("SleepingPolicy", (asyncio.DefaultEventLoopPolicy,), {"_loop_factory": SleepingLoop})
        asyncio.set_event_loop_policy(policy())
    asyncio.run = inspect.unwrap(asyncio.run)  # Pyodide wraps both to suspend in JavaScript
    time.sleep = inspect.unwrap(time.sleep)
    asyncio._set_running_loop(None)  # Pyodide's loop counts as always running
