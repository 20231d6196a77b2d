"""mypy, loaded once for many questions: `python -m proven.mypy_server`.

Each line of input is an object with the `folder` to work in and mypy's `arguments`.
Each line of output is one with what it `said`, its `complaint` and its exit `code`.
"""

import json
import os
import sys

from mypy import api


def main() -> None:
    """Answer until there are no more questions."""
    for line in sys.stdin:
        question = json.loads(line)
        os.chdir(question["folder"])
        said, complaint, code = api.run(question["arguments"])
        os.chdir(os.pardir)  # Windows removes no folder that somebody is in
        print(json.dumps({"said": said, "complaint": complaint, "code": code}), flush=True)


if __name__ == "__main__":
    main()
