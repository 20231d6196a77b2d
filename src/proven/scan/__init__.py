"""Find violations of rules in anyone's code: what `proven check` does, with Ruff, ast-grep and type checkers.

Nothing here needs a site, Node or MkDocs: modules import the standard library, and no other part of Proven.
"""

__all__ = [
    "ast_grep",
    "checkers",
    "findings",
    "fixes",
    "hits",
    "narrowing",
    "pack",
    "ruff",
    "settings",
    "source",
]
