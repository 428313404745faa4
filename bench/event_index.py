"""What intake's memory of accepted rows costs: ``python -m bench.event_index [--rows 10000000]``.

Rows that are all new, 500 at a time, a third of them in a second day; then some that were accepted before.
The index that keeps its long runs in files beside the same index all in memory, each in a process of its own,
in turn.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np

from bench.workhours_unit import resident
from services.intake.adapters.run_files import FileRuns
from services.intake.core.event_index import EventIndex, RecentEvents

ROWS = 10_000_000
GROUP = 500
REPEATED = 500_000
SEED = 12
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Run:
    """One round."""

    new_s: float
    """Rows a second, looked up and added."""
    repeated_s: float
    """Rows a second, looked up."""
    longest_s: float
    """A group's, at most: a commit waits for so long."""
    memory_bytes: int
    """Resident at the end, beyond the bare program."""


def measure(rows: int, folder: Path | None) -> Run:
    """Fill an index and ask it. ``folder``: of the files; None: all in memory."""
    index = EventIndex if folder is None else partial(_in_files, folder)
    events, before, longest_s = RecentEvents(index), resident("VmRSS"), 0.0
    drawn, began = np.random.default_rng(SEED), time.perf_counter()
    for start in range(0, rows, GROUP):
        group_began = time.perf_counter()
        keys = drawn.integers(0, 2**64, GROUP, dtype=np.uint64)
        known, digests = events.look_up(keys, np.stack([keys, ~keys], axis=1))
        events.add(3 * start // rows // 2, keys[~known], digests[~known])
        longest_s = max(longest_s, time.perf_counter() - group_began)
    new_s = rows / (time.perf_counter() - began)
    drawn, began = np.random.default_rng(SEED), time.perf_counter()
    repeated = min(rows, REPEATED)
    for _ in range(0, repeated, GROUP):
        keys = drawn.integers(0, 2**64, GROUP, dtype=np.uint64)
        known, _ = events.look_up(keys, np.zeros((GROUP, 2), dtype=np.uint64))
        assert known.all()
    repeated_s = repeated / (time.perf_counter() - began)
    return Run(new_s, repeated_s, longest_s, resident("VmRSS") - before)


def _in_files(folder: Path) -> EventIndex:
    return EventIndex(FileRuns(folder))


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    if asked.kept is not None:
        print(json.dumps(asdict(measure(asked.rows, Path(asked.kept) if asked.kept else None))))
        return
    print(f"intake's memory of {asked.rows:,} rows, {GROUP} at a time; medians of {ROUNDS} rounds")
    with tempfile.TemporaryDirectory(prefix="quzhong-index-") as folder:
        pairs = [(_apart(asked.rows, folder), _apart(asked.rows, "")) for _ in range(ROUNDS)]
    files, memory = (
        {name: _median(runs, name) for name in Run.__slots__} for runs in zip(*pairs, strict=True)
    )
    for name, each in (("in files", files), ("in memory", memory)):
        print(
            f"  {name:<10} {each['new_s']:>10,.0f} new rows/s {each['repeated_s']:>10,.0f} repeated rows/s "
            f"{each['memory_bytes'] / asked.rows:>6.1f} bytes a row; longest group {each['longest_s']:.2f} s"
        )
    ratios = {name: files[name] / memory[name] for name in files}
    print(
        f"  files / memory: new rows/s {ratios['new_s']:.2f}, repeated rows/s {ratios['repeated_s']:.2f}, "
        f"memory {ratios['memory_bytes']:.2f}"
    )


def _apart(rows: int, folder: str) -> Run:
    command = [sys.executable, "-m", "bench.event_index", "--rows", str(rows), "--kept", folder]
    return Run(**json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def _median(runs: tuple[Run, ...], name: str) -> float:
    return float(np.median([getattr(run, name) for run in runs]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.event_index")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"default {ROWS:,}")
    parser.add_argument("--kept", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
