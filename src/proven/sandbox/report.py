"""Run a block in this process and write its report."""

import json
import os

from proven.harness import execute
from proven.sandbox import console, tables

execute.NATIVE.update(console=console.run, toml=tables.run)


def run_blocks(sources: list[dict[str, str]]) -> str:
    """Run sources in this process; the report, `{"outcome": ..., "output": ...}` in JSON."""
    return execute.report_json(json.dumps(sources))


def write_report(sources: list[dict[str, str]], report: int) -> None:
    """Run sources, write the report to an open file, and exit."""
    process = os.getpid()
    said = run_blocks(sources)
    if os.getpid() == process:  # a process that the block has forked may get here too
        with os.fdopen(report, "w", encoding="utf-8") as stream:
            stream.write(said)
    os._exit(0)  # threads that a block left behind must not hold the report back
