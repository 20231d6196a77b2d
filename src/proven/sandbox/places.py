"""What a block may read besides its own directory: Python, its packages, the system's libraries."""

import os
import sys
from collections.abc import Iterable, Iterator

_SYSTEM = (
    *("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store"),
    *(f"/usr/{name}" for name in ("bin", "sbin", "lib", "lib32", "lib64", "libexec", "share")),
    *(f"/usr/local/{name}" for name in ("bin", "lib", "lib64", "share")),
    *(f"/etc/{name}" for name in ("alternatives", "ld.so.cache", "localtime", "timezone", "mime.types")),
    *(f"/etc/{name}" for name in ("passwd", "group", "hosts", "nsswitch.conf", "services", "protocols")),
    *("/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf"),
    *(f"/dev/{name}" for name in ("null", "zero", "random", "urandom")),
)
"""Not all of /usr or /etc: a checkout may be in /usr/src/app, and /etc/ssl has private keys."""

SHARED_MEMORY = "/dev/shm"
"""Where semaphores and memory shared between processes are."""


def _python() -> Iterator[str]:
    for prefix in {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}:
        for name in ("bin", "lib", "lib64", "pyvenv.cfg"):
            yield os.path.join(prefix, name)
    yield from _in_place()


def _in_place() -> Iterator[str]:
    """Packages that are installed where they are developed, as this one may be: pytest loads its plugin."""
    yield from filter(None, sys.path)
    for name, module in list(sys.modules.items()):
        if name.startswith("__editable___"):  # what setuptools installs for them
            yield from vars(module).get("MAPPING", {}).values()


def of_environment(home: str) -> tuple[str, ...]:
    """What a block of an environment may read besides: that, and the Python that it was made from."""
    base = os.path.dirname(os.path.dirname(os.path.realpath(os.path.join(home, "bin", "python"))))
    return (home, *(os.path.join(base, name) for name in ("bin", "lib", "lib64")))


def readable(more: Iterable[str] = ()) -> tuple[str, ...]:
    """The files and folders that exist, without those inside others, shortest first."""
    kept: list[str] = []
    for path in sorted({*_SYSTEM, *_python(), *more}, key=lambda path: (len(path), path)):
        if os.path.exists(path) and not path.startswith(tuple(f"{folder}/" for folder in kept)):
            kept.append(path)
    return tuple(kept)
