"""Read a fence's info string, in either of the forms that SuperFences takes."""

import re

_BRACED = re.compile(r"(?:\.?(?P<language>[\w#.+-]+)\s*)?\{(?P<attributes>.*)\}")


def split(info: str) -> tuple[str, str]:
    """The language of a fence, and its options as `key="value"` and bare words.

    Args:
        info: `python title="x" continues`, or `{ .python .annotate title="x" }`,
            whose further classes and id are of no matter here.
    """
    match = _BRACED.fullmatch(info)
    if match is None:
        language = info.split(maxsplit=1)[0] if info else ""
        return language, info[len(language) :]
    from markdown.extensions.attr_list import get_attrs_and_remainder  # seldom needed

    language, options = match["language"] or "", ""
    for key, value in get_attrs_and_remainder(match["attributes"])[0]:
        if key == ".":
            language = language or str(value)
        elif key != "id":
            quote = "'" if '"' in (value or "") else '"'
            options += f" {key}" if value is None else f" {key}={quote}{value}{quote}"
    return language, options
