"""The formats of the program and of installed packages."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from converter.plugin import FormatError, Row

FORMATS: dict[str, Any] = {}


def register(name: str) -> Callable[[type], type]:
    """Add a class to the formats."""

    def decorator(plugin: type) -> type:
        FORMATS[name] = plugin()
        return plugin

    return decorator


class Registry:
    """Finds formats by name."""

    problems: list[str] = []

    @classmethod
    def discover(cls) -> "Registry":
        """Import every module whose name begins with `converter_`."""
        registry = cls()
        for module in pkgutil.iter_modules():
            if module.name.startswith("converter_"):
                registry.add(importlib.import_module(module.name))
        return registry

    def add(self, module: ModuleType) -> None:
        """Add the plugin of a module."""
        plugin = getattr(module, "Plugin", None)
        if hasattr(plugin, "write"):
            FORMATS[plugin.name] = plugin()
        else:
            self.problems.append(f"{module.__name__} has no plugin")

    def names(self) -> list[str]:
        """Return the names of the formats."""
        return list(FORMATS)

    def load(self, name: str) -> Any:
        """Return the format of a name."""
        if name not in FORMATS:
            raise FormatError(f"no format is called {name!a}")
        return FORMATS[name]

    def write(self, name: str, rows: Sequence[Row]) -> str:
        """Return a table in a format."""
        return self.load(name).write(rows)
