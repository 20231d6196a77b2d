"""Run a program on a Linux that refuses some system calls: `python weaker.py unshare,landlock PROGRAM ...`.

It is how containers look to what runs in them: `unshare` answers "not permitted",
Landlock "not implemented". The filter is seccomp's, and needs no root.
"""

import ctypes
import os
import struct
import sys

_NUMBERS = {
    "x86_64": {"unshare": (272, 1), "landlock": (444, 38)},
    "aarch64": {"unshare": (97, 1), "landlock": (444, 38)},
}
"""By architecture, the number of each call, and the error that it is to give."""

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _MODE_FILTER = 22, 38, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000


def refuse(names: list[str]) -> None:
    """Have the kernel refuse calls to this process, and to all that it starts."""
    calls = [_NUMBERS[os.uname().machine][name] for name in names]
    steps = [(_LOAD, 0, 0, 0)]
    for number, error in calls:
        steps += [(_JUMP_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERROR | error)]
    steps.append((_RETURN, 0, 0, _ALLOW))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    zero = ctypes.c_ulong(0)
    for option, value, extra in (
        (_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), zero),
        (_PR_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), ctypes.c_char_p(program)),
    ):
        if prctl(option, value, extra, zero, zero):
            raise OSError(ctypes.get_errno(), "the filter was refused")


if __name__ == "__main__":
    refuse(sys.argv[1].split(","))
    os.execv(sys.argv[2], sys.argv[2:])
