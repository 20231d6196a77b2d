"""SuperFences' formatters: `fence()` for blocks that are run or parsed, `fence_any()` for all others."""

from typing import Any

from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from proven.markdown.finder import Finder


def fence(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **kwargs: Any
) -> str:
    """SuperFences' formatter: the HTML of a block that is run or parsed.

    Raises:
        SuperFencesException: It cannot be made; anything else SuperFences would
            take for "not a fence", and show the page's raw text.
    """

    def highlight(code: str, numbers: tuple[int, ...], changed: tuple[int, ...]) -> str:
        looks = _of_code(options, numbers)
        if changed:
            looks["hl_lines"] = " ".join(map(str, changed))
        return str(_superfences(md).highlight(src=code, language=language, options=looks, md=md, **kwargs))

    try:
        return _finder(md).html(source, highlight)
    except SuperFencesException:
        raise
    except Exception as error:
        raise SuperFencesException(f"cannot show a block: {error!r}") from error


def _of_code(options: dict[str, Any], numbers: tuple[int, ...]) -> dict[str, Any]:
    """Options whose lines are the fence's as options whose lines are the code's, which has no outputs."""
    if "hl_lines" not in options:
        return dict(options)
    spans = [[int(end) for end in span.split("-")] for span in options["hl_lines"].split()]
    lines = [
        str(line) for line, number in enumerate(numbers, 1) if any(a[0] <= number <= a[-1] for a in spans)
    ]
    others = {key: value for key, value in options.items() if key != "hl_lines"}
    return {**others, "hl_lines": " ".join(lines)} if lines else others


def fence_any(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **kwargs: Any
) -> str:
    """SuperFences' formatter of all other languages: its own, unless the block is run or parsed."""
    if options.pop("proven", False):
        return fence(source, language, css_class, options, md, **kwargs)
    return str(_superfences(md).highlight(src=source, language=language, options=options, md=md, **kwargs))


def _finder(md: Markdown) -> Finder:
    finder = md.preprocessors["proven"]
    assert isinstance(finder, Finder)
    return finder


def _superfences(md: Markdown) -> Any:
    return md.preprocessors["fenced_code_block"]
