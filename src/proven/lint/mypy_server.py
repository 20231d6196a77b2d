"""mypy, loaded once for many questions: `python -m proven.lint.mypy_server`.

Each line of input is an object with the `folder` to work in and mypy's `arguments`.
Each line of output is one with what it `said`, its `complaint` and its exit `code`.
In the browser there are no pipes: `answer()` is called.
"""

import json
import os
import sys

from mypy import api


def answer(question: str) -> str:
    """What mypy says to one question; both as JSON."""
    asked = json.loads(question)
    os.chdir(asked["folder"])
    said, complaint, code = api.run(asked["arguments"])
    os.chdir(os.pardir)  # Windows removes no folder that somebody is in
    return json.dumps({"said": said, "complaint": complaint, "code": code})


def main() -> None:
    """Answer until there are no more questions."""
    for line in sys.stdin:
        print(answer(line), flush=True)


if __name__ == "__main__":
    main()
