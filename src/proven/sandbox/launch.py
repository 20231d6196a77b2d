"""Start a program in the confinement of a block: `python -I -m proven.sandbox.launch JOB`.

JOB is `{"command": [...], "readable": [...]}` in JSON. The program may read what
is named and Python's own files, and write nothing.
"""

import json
import os
import resource
import sys

from proven.sandbox import limits
from proven.sandbox.machine import Host, run_in, supervise
from proven.sandbox.places import readable

if sys.platform == "linux":
    from proven.sandbox import kernel


def main() -> None:
    """Become the program."""
    job = json.loads(sys.argv[1])
    places = readable(job["readable"])

    def work(machine: Host) -> None:
        if not machine.private:
            supervise()
        if sys.platform == "linux":
            kernel.drop_capabilities()
            kernel.restrict_files(places, [os.devnull])
        os.chdir("/")
        limits.apply(machine.private, reserved=resource.RLIM_INFINITY)  # V8 reserves much and fills little
        os.execv(job["command"][0], job["command"])

    run_in(work, places, [])


if __name__ == "__main__":
    main()
