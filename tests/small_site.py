"""A site of two rules, for tests that break it."""

RULE = """---
code: {code}
title: {title}
short: Rule {code}
summary: A rule of the tests, long enough to be taken for one.
level: warning
python: ">=3.11"
detectors:
  - ruff: mutable-argument-default
see-also: [{other}]
references:
  - title: A primary source
    url: https://docs.python.org/3/
---

# {title}

## Avoid {{#avoid}}

It forgets.

```python
print({printed})
#> 1


def forget(items: list[int] = []) -> None:
    items.clear()
```

## Prefer {{#prefer}}

It says so.

```python needs="threads"
from threading import Thread

Thread().start()
print("native")
#> native
```

## Why {{#why}}

Because the tests say so.

## When not to {{#exceptions}}

1. **{code}-EX1** When [a test](https://docs.python.org/3/) says so.
"""

FORGET = "print(1)\n\n\ndef forget(items: list[int] = []) -> None:\n    items.clear()\n"

MIXED = """# Page

```python
print(1)
#> 1
```

```python skip="it is tried elsewhere"
print(2)
```

```python
print(3)
#> 4
```
"""

COURSE = """---
title: Topic
course:
  - heading: First
    rules: [one, two]
---

# Topic
"""


CODES = """[PX901]
page = "topic/one"

[PX902]
page = "topic/two"
"""


def rule(code: str, other: str, printed: int = 1) -> str:
    """A rule page that says it prints 1."""
    return RULE.format(code=code, title=f"Keep rule {code} in *all* tests", other=other, printed=printed)
