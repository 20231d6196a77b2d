"""Read a fence's info string: `parse(language, text) -> Options`."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from proven.model import DATA, MEASURE_EXAMPLE, Continued, Language, Measure, Need, Options, Waiver

_BRACED = re.compile(r"(?:\.?(?P<language>[\w#.+-]+)\s*)?\{(?P<attributes>.*)\}")


def split_info(info: str) -> tuple[str, str]:
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


WAIVER_EXAMPLE = 'waive="arg-type until 2027-03-01: mypy issue 12345"'

_waiver_form = re.compile(r"(?P<codes>[\w-]+(?:, ?[\w-]+)*) until (?P<until>\S+): (?P<reason>.*\S.*)")


def parse_waiver(text: str) -> Waiver:
    """Read a block's `waive=` option.

    Raises:
        ValueError: It is malformed; the message says how.
    """
    match = _waiver_form.fullmatch(text.strip())
    if match is None:
        raise ValueError("a waiver names a finding's code, a date and a reason")
    try:
        until = date.fromisoformat(match["until"])
    except ValueError:
        raise ValueError(f"{match['until']!r} is no date") from None
    return Waiver(tuple(re.split(", ?", match["codes"])), until, match["reason"].strip())


LANGUAGES: dict[str, Language] = {
    "python": "python",
    "pycon": "pycon",
    "console": "console",
    "toml": "toml",
    "json": "json",
    "yaml": "yaml",
    "yml": "yaml",
}
"""What is run or parsed, by the words that fences have for it."""

PLAIN = ("text", "ini")
"""Languages that nothing checks, and that may be files for a console all the same."""

SHELLS = ("sh", "bash", "shell", "zsh", "shell-session")


class Wrong(Exception):
    """What is wrong with an info string, and how to mend it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The options of a language: those with a value, bare words, and SuperFences' own."""

    values: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    display: tuple[str, ...] = ()

    def nearest(self, name: str) -> str:
        """What to write in place of an option that there is not."""
        every = list(dict.fromkeys((*self.values, *self.flags, *self.display)))
        for near in get_close_matches(name, every, 1):
            return f"Write {near}." if near in self.flags else f'Write {near}="...".'
        return f"Options are {', '.join(every)}."


DISPLAY = ("title", "title_mode", "linenums", "hl_lines")
"""What SuperFences itself understands; it is passed on."""

_RUN = ("raises", "python", "needs", "environment", "skip")
"""What says how a block is run."""

_VOCABULARY = {
    "python": _Vocabulary(
        (*_RUN, "waive", "file", "continues", "measure", "sizes"), ("continues", "hidden"), DISPLAY
    ),
    "pycon": _Vocabulary((*_RUN, "waive", "continues"), ("continues", "hidden"), DISPLAY),
    "console": _Vocabulary(("exit", "environment", "skip"), ("run", "continues")),
    **dict.fromkeys(DATA, _Vocabulary(("file", "raises"), display=DISPLAY)),
    **dict.fromkeys(PLAIN, _Vocabulary(("file",), display=DISPLAY)),
}

_NUMBERS = {
    "linenums": re.compile(r"\d+( +\d+){0,2}"),
    "hl_lines": re.compile(r"\d+(-\d+)?( +\d+(-\d+)?)*"),
}

_option = re.compile(r"""\s+([a-zA-Z]\w*)(?:=("|')(.*?)\2)?(?=\s|$)""")
_file = re.compile(r"(?!.*(?:^|/)\.{1,2}(?:/|$))[\w.-]+(?:/[\w.-]+)*")


def names(text: str) -> set[str]:
    """The names of all options that can be made out in a text."""
    return {match[1] for match in _option.finditer(text)}


def parse(language: str, text: str) -> Options:
    """Read the options of an info string, the part after the language.

    Raises:
        Wrong: An option is unknown, repeated or malformed, or two exclude each other.
    """
    values, flags = _read(text, _VOCABULARY[language])
    continues = _continues(values.get("continues"), "continues" in flags)
    if "file" in values and continues:
        raise Wrong("`file=` on a block that `continues`", "A file is shown whole: remove one of them.")
    return Options(
        raises=values.get("raises"),
        python=_specifier(values.get("python", "")),
        needs=_need(values["needs"]) if "needs" in values else None,
        skip=values.get("skip"),
        environment=values.get("environment"),
        waive=_waiver(values["waive"]) if "waive" in values else None,
        continues=continues,
        hidden="hidden" in flags,
        file=_name(values.get("file")),
        exit=_status(values.get("exit", "0")),
        measure=_measure(values.get("measure", ""), values.get("sizes", "")),
    )


def _read(text: str, vocabulary: _Vocabulary) -> tuple[dict[str, str], set[str]]:
    values: dict[str, str] = {}
    flags: set[str] = set()
    position = 0
    while text[position:].strip():
        match = _option.match(text, position)
        if match is None:
            raise Wrong(
                f"cannot read {text[position:].strip()!r}",
                'Write options as key="value" or as a bare word: ```python raises="ValueError" continues',
            )
        key, value = match[1], match[3]
        if key in values or key in flags:
            raise Wrong(f"option {key!r} is given twice", "Keep one of them.")
        if key in vocabulary.flags and value is None:
            flags.add(key)
        elif (key in vocabulary.values and value and value.strip()) or _is_display(key, value, vocabulary):
            values[key] = str(value)
        else:
            raise Wrong(_problem(key, vocabulary), vocabulary.nearest(key))
        position = match.end()
    return values, flags


def _is_display(key: str, value: str | None, vocabulary: _Vocabulary) -> bool:
    """Whether it is an option of SuperFences' own.

    Raises:
        Wrong: It is, and SuperFences cannot read its value.
    """
    if key not in vocabulary.display or value is None:
        return False
    if key in _NUMBERS and not _NUMBERS[key].fullmatch(value):
        raise Wrong(f"option {key!r} cannot be {value!r}", 'Write numbers, as in hl_lines="1 3-5".')
    return True


def _problem(key: str, vocabulary: _Vocabulary) -> str:
    if key in vocabulary.flags:
        return f"option {key!r} takes no value"
    if key in (*vocabulary.values, *vocabulary.display):
        return f"option {key!r} needs a value"
    return f"unknown option {key!r}"


def _specifier(text: str) -> SpecifierSet:
    try:
        return SpecifierSet(text)
    except InvalidSpecifier:
        raise Wrong(f"python={text!r} is no version specifier", 'Write it as in python=">=3.13".') from None


def _need(text: str) -> Need:
    reason, on, versions = text.rpartition(" on ")
    if not on or not versions.lstrip().startswith(("<", ">", "=", "!", "~")):
        return Need(text)
    try:
        return Need(reason, SpecifierSet(versions))
    except InvalidSpecifier:
        remedy = 'Write it as in needs="sqlite3 on <3.14".'
        raise Wrong(f"needs={text!r} ends in no version specifier", remedy) from None


def _waiver(text: str) -> Waiver:
    try:
        return parse_waiver(text)
    except ValueError as error:
        raise Wrong(str(error), f"Write it as in {WAIVER_EXAMPLE}") from None


def _measure(text: str, sizes: str) -> Measure | None:
    try:
        return Measure.parse(text, sizes) if text or sizes else None
    except ValueError as error:
        raise Wrong(str(error), f"Write it as in {MEASURE_EXAMPLE}") from None


def _continues(value: str | None, bare: bool) -> Continued | None:
    if value not in (None, "setup"):
        remedy = 'Write `continues`, for the block before it, or continues="setup".'
        raise Wrong(f"continues={value!r} names no block", remedy)
    return "setup" if value else "before" if bare else None


def _name(text: str | None) -> str | None:
    if text is not None and not _file.fullmatch(text):
        remedy = 'Write a path inside the folder of the page\'s files: file="src/app.py".'
        raise Wrong(f"file={text!r} is no file name", remedy)
    return text


def _status(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text) or int(text) > 255:
        raise Wrong(f"exit={text!r} is no exit status", 'Write a number from 0 to 255: exit="1".')
    return int(text)
