"""Read a fence's info string: `parse(language, text) -> Options`."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from proven.model import (
    DATA,
    MEASURE_EXAMPLE,
    WAIVER_EXAMPLE,
    Continued,
    Language,
    Measure,
    Need,
    Options,
    Waiver,
)

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
        (*_RUN, "waive", "file", "continues", "measure", "sizes", "figure", "alt"),
        ("continues", "hidden", "value"),
        DISPLAY,
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
_figure = re.compile(r"[\w-][\w.-]*\.svg")
_file = re.compile(r"(?!.*(?:^|/)\.{1,2}(?:/|$))[\w.-]+(?:/[\w.-]+)*")


def names(text: str) -> set[str]:
    """The names of all options that can be made out in a text."""
    return {match[1] for match in _option.finditer(text)}


def names_of(language: str) -> tuple[str, ...]:
    """The names of a language's options."""
    vocabulary = _VOCABULARY[language]
    return (*vocabulary.values, *vocabulary.flags, *vocabulary.display)


def parse(language: str, text: str) -> Options:
    """Read the options of an info string, the part after the language.

    Raises:
        Wrong: An option is unknown, repeated or malformed, or two exclude each other.
    """
    values, flags = _read(text, _VOCABULARY[language])
    continues = _continues(values.get("continues"), "continues" in flags)
    if "file" in values and continues:
        raise Wrong("`file=` on a block that `continues`", "A file is shown whole: remove one of them.")
    _showing(values, flags)
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
        value="value" in flags,
        figure=values.get("figure"),
        alt=values.get("alt", "").strip(),
    )


def _showing(values: dict[str, str], flags: set[str]) -> None:
    """Refuse what cannot be shown in the end of a block.

    Raises:
        Wrong: Options for that are malformed, or do not go together.
    """
    option = "`figure=`" if "figure" in values else "`value`" if "value" in flags else ""
    if "alt" in values and "figure" not in values:
        raise Wrong("`alt=` without `figure=`", 'Name the file of the figure: figure="prices.svg".')
    if "figure" in values and not _figure.fullmatch(values["figure"]):
        remedy = 'Write a name without a folder that ends in .svg: figure="prices.svg".'
        raise Wrong(f"figure={values['figure']!r} is no name of a figure", remedy)
    if "figure" in values and "alt" not in values:
        remedy = 'Say what is to be seen, for readers who cannot see it: alt="Prices fall from May on".'
        raise Wrong("`figure=` without `alt=`", remedy)
    if "figure" in values and "value" in flags:
        raise Wrong("`figure=` and `value` on one block", "A figure is shown in place of a value: keep one.")
    for other in ("raises", "hidden"):
        if option and (other in values or other in flags):
            written = "`hidden`" if other == "hidden" else "`raises=`"
            raise Wrong(f"{option} on a block with {written}", "That shows nothing in the end: remove one.")


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
        return Waiver.parse(text)
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
