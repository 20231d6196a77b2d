"""A machine of one's own: user, process, network and file namespaces, where Linux gives them.

Inside, only chosen files exist, no network but the loopback device, and no
process but one's own; when the first of them ends, the kernel ends the others.
Where Linux does not give them, and elsewhere, work is done on the system's own machine.
"""

import fcntl
import os
import select
import shutil
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NoReturn, TypeAlias

from proven.sandbox.limits import DISK, PROCESSES
from proven.sandbox.places import SHARED_MEMORY

if sys.platform == "linux":
    from proven.sandbox import kernel

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1


class Host:
    """The system's own machine."""

    private = False

    def fork(self) -> int:
        """Start a process, as `os.fork()` does."""
        return os.fork()

    def open(self, folder: str) -> None:
        """Make an empty folder."""
        os.mkdir(folder, 0o700)

    def close(self, folder: str) -> bool:
        """Remove a folder; false when something of it is left."""
        shutil.rmtree(folder, ignore_errors=True)
        return not os.path.lexists(folder)


class Namespace(Host):
    """A machine of one's own; made by the process that is the first in it."""

    private = True

    def __init__(self, settings: int) -> None:
        self.settings = settings
        self.own = os.pidfd_open(os.getpid())

    def fork(self) -> int:
        """Start a process that is the first of a machine within this one."""
        kernel.unshare(kernel.NEW_PROCESSES)
        child = os.fork()
        if child:
            kernel.enter(self.own, kernel.NEW_PROCESSES)
            return child
        kernel.unshare(kernel.NEW_IPC)
        with suppress(OSError):  # Linux counts for each machine from 6.14 on
            limit = os.open("pid_max", os.O_WRONLY, dir_fd=self.settings)
            os.write(limit, str(PROCESSES).encode())
        return 0

    def open(self, folder: str) -> None:
        """Put an empty file system of limited size at a folder, and at the one for shared memory."""
        for place in (folder, SHARED_MEMORY):
            options = f"size={2 * DISK},nr_inodes=20000,mode=700"
            kernel.mount("tmpfs", place, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, options)

    def close(self, folder: str) -> bool:
        """Let go of both, and of all that is in them."""
        kernel.unmount(folder)
        kernel.unmount(SHARED_MEMORY)
        return True


Work: TypeAlias = Callable[[Host], None]


def run_in(work: Work, readable: Iterable[str], empty: Iterable[str]) -> NoReturn:
    """Do `work` in a machine of its own, or here where that cannot be had; then exit.

    Args:
        work: Told which machine it is on.
        readable: The files and folders that exist in the machine.
        empty: Folders that are to exist besides, with nothing in them.
    """
    if sys.platform == "linux":
        with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")  # the first to go when memory runs out
        _attempt(work, readable, empty)
    work(Host())
    os._exit(0)


def _attempt(work: Work, readable: Iterable[str], empty: Iterable[str]) -> None:
    """Do `work` in a machine of its own, then exit; return when there is none to be had."""
    entered, enter = os.pipe()
    host = os.fork()
    if host == 0:
        kernel.die_with_parent()
        try:
            settings = os.open("/proc/sys/kernel", os.O_PATH)
            _enter(readable, empty)
        except OSError:
            os._exit(1)
        first = os.fork()
        if first:
            os.write(enter, b"!")
            _exit_as(first)
        kernel.die_with_parent()
        os.close(enter)
        work(Namespace(settings))
        os._exit(0)
    os.close(enter)
    if os.read(entered, 1):
        _await(host, entered)
        _exit_as(host)
    os.waitpid(host, 0)


def _exit_as(child: int) -> NoReturn:
    """End as a child has ended."""
    os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF)


def supervise() -> None:
    """Go on in a child; this process stays, to end the child when the caller is gone."""
    ended, end = os.pipe()
    child = os.fork()
    if child == 0:
        os.set_inheritable(end, True)
        return
    os.close(end)
    _await(child, ended)
    _exit_as(child)


def _await(child: int, ended: int) -> None:
    """Return when nobody holds the other end of `ended`; kill a child when nobody holds that of stdin."""
    watched = select.poll()
    watched.register(ended, 0)  # hanging up is always told
    watched.register(0, 0)
    if any(descriptor == 0 for descriptor, _ in watched.poll()):
        os.kill(child, signal.SIGKILL)


def _enter(readable: Iterable[str], empty: Iterable[str]) -> None:
    """Leave the system's namespaces for new ones; the next process is the first of the new machine."""
    user, group = os.getuid(), os.getgid()
    kernel.unshare(
        kernel.NEW_USER | kernel.NEW_FILES | kernel.NEW_PROCESSES | kernel.NEW_NETWORK | kernel.NEW_IPC
    )
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(line)
    _change_root(readable, empty)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = fcntl.ioctl(any_socket, _GET_FLAGS, struct.pack("16sh22x", b"lo", 0))
        (flags,) = struct.unpack_from("h", request, 16)
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh22x", b"lo", flags | _UP))


def _change_root(readable: Iterable[str], empty: Iterable[str]) -> None:
    """Leave nothing of the file system but what is readable, and that read-only."""
    root = os.path.join(os.getcwd(), "root")
    os.mkdir(root)
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("tmpfs", root, "tmpfs", kernel.MS_NOSUID, "size=1m")
    for real in sorted({os.path.realpath(path) for path in readable}, key=len):
        _bind(real, root + real)
    for path in readable:
        if not os.path.lexists(root + path):
            os.makedirs(os.path.dirname(root + path), exist_ok=True)
            os.symlink(os.path.realpath(path), root + path)
    for path in (*empty, SHARED_MEMORY):
        os.makedirs(root + path, exist_ok=True)
    kernel.make_read_only(root, recursive=True)
    kernel.change_root(root)


def _bind(path: str, target: str) -> None:
    if os.path.exists(target):
        return  # it is in another that was bound before
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.isdir(path):
        os.mkdir(target)
    else:
        with open(target, "x"):
            pass
    kernel.mount(path, target, None, kernel.MS_BIND | kernel.MS_REC)
