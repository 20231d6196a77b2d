"""What was measured of blocks, kept in `measurements/` by their content: `read(root, block)`."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from proven.model import Block, Failure, Measurement, Ratio, Run, Unavailable
from proven.project import digest as digest_of

FOLDER = "measurements"


def file_of(root: Path, block: Block) -> Path:
    """Where the measurement of a block is, as long as nothing changes that it depends on."""
    assert block.options.measure
    functions, sizes = block.options.measure.functions, block.options.measure.sizes
    measured = json.dumps([[source.source for source in block.sources], functions, sizes])
    return root / FOLDER / f"{'-'.join(functions)}-{hashlib.sha256(measured.encode()).hexdigest()[:8]}.json"


def read(root: Path, block: Block) -> Measurement | None:
    """What was measured of a block as it stands.

    Raises:
        Unavailable: The file cannot be read.
    """
    if block.options.measure is None:
        return None
    file = file_of(root, block)
    try:
        told = json.loads(file.read_text("utf-8"))
        return Measurement(
            told["day"], told["machine"], told["tool"], {at: _run(run) for at, run in told["runs"].items()}
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"{file.relative_to(root).as_posix()} cannot be read: {error!r}"
        raise Unavailable(f"{problem}\n    Delete it, and measure anew: proven measure PAGE") from None


def _run(told: Mapping[str, Mapping[str, Any]]) -> Run:
    return {name: {int(size): Ratio(*ratio) for size, ratio in by.items()} for name, by in told.items()}


def text(measurement: Measurement) -> str:
    """What is written of a measurement."""

    def pairs(by: Mapping[int, Ratio]) -> dict[int, list[float]]:
        return {size: [seen.value, seen.spread] for size, seen in by.items()}

    runs = {at: {name: pairs(by) for name, by in run.items()} for at, run in measurement.runs.items()}
    told = {"day": measurement.day, "machine": measurement.machine, "tool": measurement.tool, "runs": runs}
    return json.dumps(told, indent=1) + "\n"


def digest(root: Path) -> str:
    """Of all that was measured."""
    return digest_of(sorted((root / FOLDER).glob("*.json")))


def leftover(root: Path, blocks: Iterable[Block]) -> list[Failure]:
    """Measurements that belong to none of the site's blocks, as these stand."""
    kept = {file_of(root, block) for block in blocks if block.options.measure}
    files = sorted({*(root / FOLDER).glob("*.json")} - kept)
    remedy = "Delete it: what was measured has changed since, or is gone."
    return [Failure(f"{FOLDER}/{file.name}", 1, "no block was measured for this", remedy) for file in files]
