"""Links to other sites are well formed, and named once.

- References and links to other sites are well formed and https; a page names a source once, and all pages
  by one title
"""

import re

import pytest

from .small_site import rule
from .workspace import Workspace

IN_TEXT = {
    "http": ("[x](http://docs.python.org/3/)", r"http://docs.python.org/3/ starts with http, not with https"),
    "other scheme": ("[x](htps://docs.python.org/3/)", r"htps://.* starts with htps, not with https"),
    "no scheme": ("[x](//docs.python.org/3/)", r"//docs.python.org/3/ starts with //, not with https"),
    "one slash": ("[x](https:/docs.python.org/3/)", r"https:/docs.python.org/3/ names no host"),
    "no host": ("[x](https:///3/)", r"https:///3/ names no host"),
    "one label": ("[x](https://python/3/)", r"https://python/3/ names no host"),
    "host malformed": ("[x](https://docs..python.org/)", r"https://docs..python.org/ names no host"),
    "port": ("[x](https://docs.python.org:http/)", r"is malformed: Port could not be cast"),
    "user": ("[x](https://me:secret@docs.python.org/)", r"carries a user's name"),
    "empty fragment": ("[x](https://docs.python.org/3/#)", r"ends in an empty fragment"),
    "bad percent": ('<a href="https://docs.python.org/%zz">x</a>', r"has characters that an address cannot"),
    "autolink": ("<http://docs.python.org/3/>", r"starts with http, not with https"),
    "picture": ("![x](http://docs.python.org/x.png)", r"starts with http, not with https"),
    "html": ('<a href="http://docs.python.org/">x</a>', r"starts with http, not with https"),
    "in an admonition": ("!!! note\n    [x](http://docs.python.org/)", r"starts with http, not with https"),
    "in a table": ("| a |\n|---|\n| [x](http://docs.python.org/) |", r"starts with http, not with https"),
    "a space": ("[x](https://docs.python.org/a b)", r"no link, but shown as it stands: \]\(https://docs"),
}


@pytest.mark.parametrize("fault", IN_TEXT)
def test_link_in_text(small_site: Workspace, fault: str) -> None:
    """A malformed link to another site fails at the line that it is written on."""
    written, message = IN_TEXT[fault]
    text = rule("PX901", "PX902").replace("Because the tests say so.", f"Because\nof this:\n\n{written}")
    small_site.write("docs/topic/one.md", text)
    line = 1 + text[: text.index(written)].count("\n") + written.count("\n", 0, written.find("http"))
    done = small_site.verify()
    assert done.returncode == 1
    assert re.search(rf"^docs/topic/one.md:{line}: .*{message}.*\n    \S", done.stderr, re.M), done.stderr


CONTAINERS = """=== "Tab"

    [tab](http://tab.example/)

!!! note "[Title](http://title.example/)"

    Two empty lines do not end it.


    [admonition](http://admonition.example/)

??? tip

    - [list](http://list.example/)[^1]

[^1]: [footnote](http://footnote.example/)

    [more](http://more.example/)

term
:   [definition](http://definition.example/)
"""


def test_link_in_a_container(small_site: Workspace) -> None:
    """A link is seen in whatever a page can be divided into, as far as it goes."""
    text = rule("PX901", "PX902").replace("Because the tests say so.", CONTAINERS)
    small_site.write("docs/topic/one.md", text)
    said = small_site.verify().stderr
    for number, line in enumerate(text.split("\n"), 1):
        if "(http://" in line:
            assert f"docs/topic/one.md:{number}: http://" in said


def test_link_within_a_paragraph(small_site: Workspace) -> None:
    """In a long paragraph the line is that of the link."""
    text = rule("PX901", "PX902").replace(
        "Because the", "Because the\ntests, [all](http://a.example/) of the"
    )
    small_site.write("docs/topic/one.md", text)
    line = text[: text.index("[all]")].count("\n") + 1
    assert f"one.md:{line}: http://a.example/ starts with http" in small_site.verify().stderr


def test_links_that_are_right(small_site: Workspace) -> None:
    """Mail, a server on the reader's machine, and well-formed addresses pass."""
    good = (
        "[a](https://docs.python.org/3/library/asyncio-task.html?x=1&y=%20#asyncio.Task), "
        "[b](mailto:me@python.org), [c](http://127.0.0.1:8000/), [d](https://xn--bcher-kva.example:8443/~a(b))"
    )
    text = rule("PX901", "PX902").replace("Because the tests say so.", good)
    small_site.write("docs/topic/one.md", text)
    done = small_site.verify()
    assert done.returncode == 0, done.stderr


REFERENCES = {
    "no host": ("url: https:///3/", r"one.md:13: https:///3/ names no host"),
    "space": (
        "url: https://docs.python.org/a b",
        r"one.md:13: front matter: references.0.url: .*\n    An https",
    ),
    "http": ("url: http://docs.python.org/", r"one.md:13: front matter: references.0.url: .*\n    An https"),
    "empty fragment": (
        "url: https://docs.python.org/3/#",
        r"one.md:13: https://.*# ends in an empty fragment",
    ),
    "twice": (
        "url: https://docs.python.org/3/\n  - title: Another\n    url: https://docs.python.org/3/",
        r"one.md:15: the references name 'https://docs.python.org/3/' twice",
    ),
    "title twice": (
        "url: https://docs.python.org/3/\n  - title: A primary source\n    url: https://peps.python.org/",
        r"one.md:14: the references name 'A primary source' twice",
    ),
    "two titles": (
        "url: https://docs.python.org/3/\n  - title: PEPs\n    url: https://peps.python.org/",
        r"two.md:12: https://peps.python.org/ is called 'PEPs' on docs/topic/one.md",
    ),
}


@pytest.mark.parametrize("fault", REFERENCES)
def test_reference(small_site: Workspace, fault: str) -> None:
    """A reference that is malformed, repeated or named in two ways fails at its line."""
    written, message = REFERENCES[fault]
    text = rule("PX901", "PX902")
    small_site.write("docs/topic/one.md", text.replace("url: https://docs.python.org/3/", written))
    if fault == "two titles":
        other = rule("PX902", "PX901").replace("https://docs.python.org/3/", "https://peps.python.org/")
        small_site.write("docs/topic/two.md", other)
    done = small_site.verify()
    assert done.returncode == 1
    assert re.search(message, done.stderr), done.stderr
