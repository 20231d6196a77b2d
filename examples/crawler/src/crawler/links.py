"""The links of an HTML page."""

from html.parser import HTMLParser


def find_links(html: str) -> list[str]:
    """Return what the page links to, as it is written there, each link once.

    Raises:
        ValueError: The parser cannot go on, as with `<![x[` before Python 3.14.
    """
    parser = _LinkParser()
    try:
        parser.feed(html)
        parser.close()
    except AssertionError as error:  # how html.parser refuses some declarations
        raise ValueError(f"not HTML: {error}") from error
    return list(parser.links)


class _LinkParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: dict[str, None] = {}  # a set that keeps the order

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (link := (dict(attrs).get("href") or "").strip()):
            self.links[link] = None
