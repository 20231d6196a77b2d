"""Where the browser of the browser tests comes from."""

from pathlib import Path

import pytest

from . import chrome


def nothing() -> Path | None:
    """A source that has no browser."""
    return None


def fails() -> Path | None:
    """A source that has none and says why."""
    raise chrome.NoBrowser("no registry")


def test_the_first_source_that_has_one_is_taken() -> None:
    """Later sources, which may download, are not asked."""
    assert chrome.find((nothing, lambda: Path("a"), fails)) == Path("a")


def test_a_source_that_fails_is_passed_over() -> None:
    """One source's trouble does not hide what the next one has."""
    assert chrome.find((fails, lambda: Path("b"))) == Path("b")


def test_without_any_the_message_says_what_to_install() -> None:
    """The advice comes first, then what went wrong on the way."""
    with pytest.raises(chrome.NoBrowser, match=r"install one, or run .*\nno registry"):
        chrome.find((nothing, fails))


def test_the_machines_own_comes_first() -> None:
    """The quick one, an installed browser, Playwright's, then npm's."""
    assert chrome.find.__defaults__ == (chrome.ANY,)
    assert (chrome.shell, chrome.installed, chrome.playwrights, chrome.npms) == chrome.ANY


def test_installed_browsers_are_found_by_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Google Chrome is preferred to Chromium."""
    for name in ("chromium", "google-chrome"):
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chrome.installed() == tmp_path / "google-chrome"
