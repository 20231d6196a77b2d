"""Reports in the form of Ruff and in SARIF."""

from typing import Any


def finding(**members: Any) -> dict[str, Any]:
    """What Ruff says of a mutable default."""
    place = {"row": 3, "column": 5}
    return {
        "code": "B006",
        "name": "mutable-argument-default",
        "filename": "/project/a.py",
        "location": place,
        "end_location": {"row": 3, "column": 7},
        "message": "Do not",
        "cell": None,
        "url": None,
    } | members


def result(**members: Any) -> dict[str, Any]:
    """A report in SARIF with one result, and rules if there are any."""
    rules = members.pop("rules", [])
    driver = {"name": members.pop("tool", "ruff"), "rules": rules}
    issue = {"ruleId": "B006", "message": {"text": "Do not"}} | members
    return {"version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": [issue]}]}


def located(uri: str) -> list[dict[str, Any]]:
    """The locations of a result in a file."""
    return [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": 1}}}]
