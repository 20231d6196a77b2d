"""What one process may use, whatever it runs."""

import resource
from contextlib import suppress

MEMORY = 2 * 2**30
"""Bytes that one process may fill."""

DISK = 256 * 2**20
"""Bytes that one file of a block may have; where its directory can be limited, all of them twice that."""

PROCESSES = 512
"""How many processes and threads a block may have at a time; the kernel's own least is 301."""


def apply(private: bool, reserved: int = 2 * MEMORY) -> None:
    """Limit this process.

    Args:
        private: Whether this user's processes on this machine are all ours, so that they can be counted.
        reserved: Bytes of address space: with files, shared memory, and what is never filled.
    """
    limits = {
        resource.RLIMIT_AS: reserved,
        resource.RLIMIT_DATA: MEMORY,
        resource.RLIMIT_FSIZE: DISK,
        resource.RLIMIT_CORE: 0,
    }
    if private:
        limits[resource.RLIMIT_NPROC] = PROCESSES
    for name, most in limits.items():
        hard = resource.getrlimit(name)[1]
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard) if most != resource.RLIM_INFINITY else hard
        with suppress(ValueError, OSError):  # macOS has some of them in name only
            resource.setrlimit(name, (most, most))
