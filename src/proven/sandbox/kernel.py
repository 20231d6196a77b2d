"""The calls to Linux that Python has no functions for.

Each raises OSError where the kernel, or whoever set up the container, refuses.
"""

import ctypes
import os
import struct
from collections.abc import Iterable

MS_RDONLY, MS_NOSUID, MS_NODEV = 1, 2, 4
MS_BIND, MS_REC, MS_PRIVATE = 1 << 12, 1 << 14, 1 << 18
NEW_FILES, NEW_IPC, NEW_USER, NEW_PROCESSES, NEW_NETWORK = 1 << 17, 1 << 27, 1 << 28, 1 << 29, 1 << 30
MNT_DETACH = 2

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 4, 36, 38
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_DAC = 1 << 1 | 1 << 2
"""Root's power over files: a checkout or a Python that another user owns cannot be read without."""

# From 424 on, a system call has the same number on all architectures.
_MOUNT_SETATTR, _CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 442, 444, 445, 446
_AT_FDCWD, _AT_RECURSIVE, _MOUNT_ATTR_RDONLY = -100, 0x8000, 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | 1 << 14
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_ALL_OF_ABI = (0, (1 << 13) - 1, (1 << 14) - 1, (1 << 15) - 1)
"""Per version of Landlock's interface, the accesses to files that it controls; devices apart."""
_SIGNALS_AND_ABSTRACT_SOCKETS = 3

_libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _prctl(option: int, value: int) -> None:
    _check(_libc.prctl(option, *map(ctypes.c_ulong, (value, 0, 0, 0))))


def _syscall(*arguments: object) -> int:
    return _check(int(_libc.syscall(*(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))))


def unshare(kinds: int) -> None:
    """Leave namespaces for new ones: `os.unshare`, which Python has from 3.12 on."""
    _check(_libc.unshare(kinds))


def enter(process: int, kind: int) -> None:
    """Enter a namespace of a process, given as a file: `os.setns`, which Python has from 3.12 on."""
    _check(_libc.setns(process, kind))


def mount(source: str, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """mount(2)."""
    kind_bytes, data_bytes = kind and kind.encode(), data and data.encode()
    _check(
        _libc.mount(os.fsencode(source), os.fsencode(target), kind_bytes, ctypes.c_ulong(flags), data_bytes)
    )


def unmount(target: str) -> None:
    """Take a file system away from where it is, now; from who still uses it, later."""
    _check(_libc.umount2(os.fsencode(target), MNT_DETACH))


def make_read_only(target: str, *, recursive: bool) -> None:
    """Let nobody write through a mount, or through those below it."""
    attributes = struct.pack("QQQQ", _MOUNT_ATTR_RDONLY, 0, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    _syscall(_MOUNT_SETATTR, _AT_FDCWD, os.fsencode(target), flags, attributes, len(attributes))


def change_root(folder: str) -> None:
    """Make `folder`, a mount, the only files there are."""
    os.chdir(folder)
    _check(_libc.pivot_root(b".", b"."))  # the old root lies over the new one, and is taken off
    unmount(".")
    os.chdir("/")


def drop_capabilities() -> None:
    """Be no more than an ordinary user from now on, but for whose files may be read."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    header, has = struct.pack("Ii", _CAPABILITY_VERSION_3, 0), ctypes.create_string_buffer(24)
    _check(_libc.capget(header, has))
    kept = struct.unpack("6I", has)[1] & _CAP_DAC
    _check(_libc.capset(header, struct.pack("6I", kept, kept, 0, 0, 0, 0)))


def die_with_parent() -> None:
    """Be killed when the process that started this one ends."""
    _prctl(_PR_SET_PDEATHSIG, 9)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def set_dumpable(value: bool) -> None:
    """Say whether processes of the same user may look into this one's memory."""
    _prctl(_PR_SET_DUMPABLE, int(value))


def landlock_version() -> int:
    """The version of Landlock's interface; 0 where there is none."""
    try:
        return _syscall(_CREATE_RULESET, None, 0, 1)
    except OSError:
        return 0


def restrict_files(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Limit this process, and all that it starts, to some files, and to signals among themselves."""
    version = landlock_version()
    if not version:
        return
    handled = _ALL_OF_ABI[min(version, 3)]
    attributes = struct.pack("QQQ", handled, 0, _SIGNALS_AND_ABSTRACT_SOCKETS)
    size = 24 if version >= 6 else 8
    rules = _syscall(_CREATE_RULESET, attributes, size, 0)
    try:
        for path in readable:
            _allow(rules, path, _READ & handled)
        for path in writable:
            _allow(rules, path, handled)
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
        _syscall(_RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)


def _allow(rules: int, path: str, access: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no rule
    try:
        access &= -1 if os.path.isdir(path) else _OF_FILES
        _syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", access, place), 0)
    finally:
        os.close(place)
