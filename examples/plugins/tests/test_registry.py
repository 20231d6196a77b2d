"""Formats that packages add."""

import sys
from pathlib import Path

import pytest
from conftest import Install

from converter import FormatError, Registry

ROWS = [{"item": "tea", "price": "4"}]


def plugin(name: str, write: str = "def write(self, rows): return 'text'") -> str:
    """Return the source of a plugin."""
    return f"class Plugin:\n    name = {name!r}\n    {write}\n"


def test_an_installed_format_is_used(install: Install) -> None:
    source = plugin("keys", "def write(self, rows): return ','.join(rows[0])")
    install("converter_keys", source, entry_points="keys = converter_keys:Plugin")
    registry = Registry.discover()
    assert "keys" in registry.names()
    assert registry.write("keys", ROWS) == "item,price"


def test_a_plugin_is_imported_when_its_format_is_used(install: Install) -> None:
    install("converter_a", plugin("a"), entry_points="a = converter_a:Plugin")
    registry = Registry.discover()
    assert registry.names()
    assert "converter_a" not in sys.modules, "imported before its format is used"
    assert registry.load("a") is registry.load("a")


def test_a_module_that_is_not_registered_is_not_imported(install: Install) -> None:
    install("converter_trap", "raise SystemExit('run')", entry_points="")
    Registry.discover()


@pytest.mark.parametrize(
    "source",
    ["import missing_module", "raise SystemExit(2)", "Plugin = None", "x ="],
    ids=["import", "exit", "None", "syntax"],
)
def test_a_broken_plugin_costs_only_its_format(install: Install, source: str) -> None:
    install("converter_good", plugin("good"), entry_points="good=converter_good:Plugin")
    install("converter_bad", source, entry_points="bad = converter_bad:Plugin")
    registry = Registry.discover()
    assert registry.write("good", ROWS) == "text"
    with pytest.raises(FormatError, match="'bad' of converter-bad: ") as caught:
        registry.load("bad")
    assert caught.value.__cause__


@pytest.mark.parametrize(
    "write",
    [
        "def write(self): return 'text'",
        "def write(self, rows, *, width): return 'text'",
        "async def write(self, rows): return 'text'",
        "write = 'text'",
    ],
    ids=["none", "more", "coroutine", "attribute"],
)
def test_a_format_that_cannot_take_rows_is_refused_when_loaded(
    install: Install, write: str
) -> None:
    install("converter_w", plugin("w", write), entry_points="w = converter_w:Plugin")
    with pytest.raises(FormatError, match="'w' of converter-w: TypeError"):
        Registry.discover().load("w")


def test_a_format_that_returns_no_text_has_failed(install: Install) -> None:
    source = plugin("nil", "def write(self, rows): pass")
    install("converter_nil", source, entry_points="nil = converter_nil:Plugin")
    with pytest.raises(FormatError, match="write\\(\\) returned NoneType, not str"):
        Registry.discover().write("nil", ROWS)


def test_an_error_in_a_format_is_its_cause(install: Install) -> None:
    source = plugin("price", "def write(self, rows): return rows[0]['cost']")
    install("converter_price", source, entry_points="price = converter_price:Plugin")
    with pytest.raises(FormatError, match="'price' failed") as caught:
        Registry.discover().write("price", ROWS)
    assert isinstance(caught.value.__cause__, KeyError)


def test_a_name_in_two_packages_is_refused(install: Install) -> None:
    for module in ("converter_b", "converter_a"):
        install(module, plugin("json"), entry_points=f"json = {module}:Plugin")
    registry = Registry.discover()
    assert "json" not in registry.names(), "one of the packages has won"
    problem = "'json' is in more than one package: converter, converter-a, converter-b"
    assert registry.problems == [problem]
    with pytest.raises(FormatError, match=problem):
        registry.write("json", ROWS)


def test_an_older_copy_of_a_package_is_passed_over(install: Install) -> None:
    for package in ("converter_old", "Converter.Old"):
        install(
            "converter_old",
            plugin("old"),
            entry_points="old = converter_old:Plugin",
            package=package,
        )
    registry = Registry.discover()
    assert not [problem for problem in registry.problems if "old" in problem]
    assert registry.write("old", ROWS) == "text"


def test_broken_metadata_costs_only_its_package(
    install: Install, tmp_path: Path
) -> None:
    install("converter_good", plugin("good"), entry_points="good=converter_good:Plugin")
    install("converter_odd", plugin("odd"), entry_points="no assignment")
    (tmp_path / "0" / "~left-1.0.dist-info").mkdir()
    registry = Registry.discover()
    assert registry.write("good", ROWS) == "text"


def test_the_names_are_in_order(install: Install) -> None:
    for name in ("alpha", "omega"):  # the one that is installed last is found first
        module = f"converter_{name}"
        install(module, plugin(name), entry_points=f"{name} = {module}:Plugin")
    names = Registry.discover().names()
    assert names == sorted(names)


def test_registries_share_nothing(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = list(sys.path)
    install("converter_gone", plugin("gone"), entry_points="gone=converter_gone:Plugin")
    assert "gone" in Registry.discover().names()
    monkeypatch.setattr(sys, "path", path)
    assert "gone" not in Registry.discover().names(), "another registry's format"
