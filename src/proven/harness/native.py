"""Run one job in a native interpreter: `python -I -m proven.harness.native < job > report`.

The job is `{"sources": [...], "directory": ...}`, the report `{"outcome": ..., "output": ...}`.
"""

import json
import os
import sys

from proven.harness import confine, execute


def main() -> None:
    """Read the job, run it, write the report."""
    job = json.load(sys.stdin)
    report = os.dup(1)  # the block may close or fill the standard streams: the report has its own
    sink = os.open(os.devnull, os.O_RDWR)
    os.dup2(sink, 0)
    os.dup2(sink, 1)
    sys.dont_write_bytecode = True
    os.chdir(job["directory"])
    confine.confine(job["directory"])
    os.dup2(sink, 2)
    output: list[tuple[str, str]] = []
    outcome = execute.run(job["sources"], lambda stream, text: output.append((stream, text)))
    with os.fdopen(report, "w", encoding="utf-8") as stream:
        json.dump({"outcome": outcome, "output": output}, stream)
    os._exit(0)  # threads that a block left behind must not hold the report back


if __name__ == "__main__":
    main()
