"""What keeps a block's process to itself: standard library only, no root, no helper programs.

`python -I -m proven.sandbox.server` runs native blocks, a process each;
`python -I -m proven.sandbox.launch` starts another program, Node, in the same confinement.
The server also runs in the Python of an environment: it is written for 3.11 and later.
"""

REPORT_LIMIT = 32 * 2**20
"""Bytes that a block's process may say of itself: several times the output that the harness lets through."""

__all__ = ["REPORT_LIMIT", "places", "tables"]
