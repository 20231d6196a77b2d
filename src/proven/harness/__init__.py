"""What runs inside an interpreter: native, Pyodide under Node, Pyodide in the browser.

Standard library only, and valid on every interpreter that the site speaks about.
"""

__all__ = ["commands", "confine", "execute", "imports", "install", "loop", "output", "terminal", "value"]
