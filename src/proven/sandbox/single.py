"""Run one native block in a Python that is started for it.

`python -I -m proven.sandbox.single DIRECTORY` is for where there is no fork, on Windows. Job and
answer are those of `proven.sandbox.server`. Only audit hooks confine the block.
"""

import json
import os
import sys

from proven.harness import confine
from proven.sandbox.places import readable
from proven.sandbox.report import run_blocks


def main() -> None:
    """Read the job, run it, write the answer."""
    directory = sys.argv[1]
    sources = json.loads(sys.stdin.readline())["sources"]
    answer = os.dup(1)  # the block may close or fill the standard streams
    sink = os.open(os.devnull, os.O_RDWR)
    os.dup2(sink, 0)
    os.dup2(sink, 1)
    sys.dont_write_bytecode = True
    os.mkdir(directory)
    os.chdir(directory)
    confine.confine(directory, readable())
    os.dup2(sink, 2)
    said = json.dumps({"report": run_blocks(sources), "last": True})
    with os.fdopen(answer, "w", encoding="utf-8") as stream:
        stream.write(f"{said}\n")
    os._exit(0)  # threads that a block left behind must not hold the answer back


if __name__ == "__main__":
    main()
