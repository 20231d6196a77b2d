"""What differs between the first block under Avoid and the first under Prefer: `changes(blocks)`."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from proven.model import Block, pair


def changes(blocks: Sequence[Block]) -> dict[int, tuple[int, ...]]:
    """The lines that only one of the two compared blocks has.

    Args:
        blocks: The blocks of a page, in order.

    Returns:
        Lines of code, counted from 1, by the number of each block; empty where there is no pair.
    """
    compared = pair(blocks)
    if len(compared) < 2:
        return {}
    avoid, prefer = ([line.rstrip() for line in block.code.split("\n")] for block in compared)
    changed: tuple[list[int], list[int]] = ([], [])
    for tag, *spans in SequenceMatcher(None, avoid, prefer, autojunk=False).get_opcodes():
        if tag != "equal":
            changed[0].extend(range(spans[0], spans[1]))
            changed[1].extend(range(spans[2], spans[3]))
    return {
        block.number: tuple(line + 1 for line in lines if text[line])
        for block, text, lines in zip(compared, (avoid, prefer), changed, strict=True)
    }
