"""What a program finds in WebAssembly where it looks for a shell and a terminal: neither is there."""

import os
import sys

_CLEARS = ("", "clear", "cls")
"""Commands that only change how a terminal looks."""

_NOT_FOUND = 127
"""The status with which a shell says that there is no such command."""


def system(command: str) -> int:
    """Stands in for `os.system()`, which would end the interpreter: no command is found."""
    name = os.fsdecode(command).strip().partition(" ")[0]
    if name in _CLEARS:
        return 0
    print(f"sh: {name}: not found (there is no shell in the browser)", file=sys.stderr)
    return _NOT_FOUND << 8  # as the status of a process is told on Unix


def install() -> None:
    """Let programs that want a shell or a terminal go on without."""
    os.system = system  # type: ignore[assignment]
    if os.path.exists("/dev/tty"):  # it is empty: getpass is to read what the reader types
        os.remove("/dev/tty")
