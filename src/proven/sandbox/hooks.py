"""Say no to a native block in Python's own words, the same on every system: an audit hook.

It answers honest and careless code, before the kernel does. Code that goes
around Python, through ctypes or another program, meets the kernel alone.
"""

import mmap
import os
import socket
import sys
from collections.abc import Callable, Iterable
from typing import Any

from proven.harness import confine

MOST_PROCESSES = 100
"""How many processes a block may start in all."""


def install(directory: str, readable: Iterable[str]) -> None:
    """Refuse, from now on and in this process and its forks, what a block may not do."""
    confine.confine(directory, readable)
    count = mmap.mmap(-1, 4)  # shared with forks

    def start(*_: Any) -> None:
        started = int.from_bytes(count[:4]) + 1
        if started > MOST_PROCESSES:
            raise PermissionError(f"a block may start at most {MOST_PROCESSES} processes")
        count[:4] = started.to_bytes(4)

    checks: dict[str, Callable[..., None]] = {
        **dict.fromkeys(("os.fork", "os.forkpty", "os.posix_spawn", "os.system", "subprocess.Popen"), start),
        "os.kill": _kill,
        "os.killpg": _kill_group,
        "socket.connect": _connect,
        "socket.sendto": _connect,
        "socket.sendmsg": _connect,
        "socket.getaddrinfo": lambda host, *_: _look_up(host),
        "socket.gethostbyname": _look_up,
        "socket.gethostbyaddr": _look_up,
    }

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if check := checks.get(event):
            check(*args)

    sys.addaudithook(hook)


def _kill(process: int, number: int) -> None:
    """A block may signal itself, its group and its children; of a process that is gone, the system tells."""
    if process < -1:
        _kill_group(-process, number)
    elif process != 0 and not _is_child(process) and not _is_in_group(process):
        raise PermissionError("a block may signal only processes that it has started")


def _kill_group(group: int, number: int) -> None:
    if group not in (0, os.getpgrp()) and not _is_child(group):
        raise PermissionError("a block may signal only processes that it has started")


def _is_child(process: int) -> bool:
    try:
        os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except OSError:
        return False
    return True


def _is_in_group(process: int) -> bool:
    """Whether a process is in the block's group, as are workers that a fork server has started; or gone.

    The leader of the group is no process of the block's: it guards the block.
    """
    group = os.getpgrp()
    if process in (-1, group):
        return process == os.getpid()
    try:
        return os.getpgid(process) == group
    except ProcessLookupError:
        return True
    except OSError:
        return False


def _connect(connection: socket.socket, address: object) -> None:
    if isinstance(address, tuple):
        _look_up(address[0])


def _look_up(host: object) -> None:
    """Refuse to look up any host but this machine.

    Raises:
        PermissionError: It is another.
    """
    name = host.decode() if isinstance(host, bytes) else host
    if isinstance(name, str) and name not in ("", "localhost", "::1") and not name.startswith("127."):
        raise PermissionError(f"a block may connect only to its own machine, not to {name}")
