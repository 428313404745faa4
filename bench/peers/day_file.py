"""The day as a file, and the answer as JSON: what the peers' scripts are given and give."""

from __future__ import annotations

import json
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """Events in order of time; lists of one length."""

    worker_ids: list[str]
    """Of each event; one object a worker."""
    kinds: list[int]
    times_ms: list[int]


def read(path: Path) -> Day:
    """The day that ``bench.workhours_peers`` has saved."""
    with np.load(path) as saved:
        names = np.array([name.decode() for name in saved["worker_ids"].tolist()], dtype=object)
        return Day(names[saved["worker"]].tolist(), saved["kind"].tolist(), saved["time_ms"].tolist())


class Stopwatch:
    """Seconds on the wall and of the processor, from its making on."""

    def __init__(self) -> None:
        self._began, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> dict[str, float]:
        """Both, by the names of the answer."""
        return {"seconds": time.perf_counter() - self._began, "cpu_s": time.process_time() - self._cpu}


def answer(took: dict[str, float], flags: Collection[tuple[str, int]], conditions: str) -> None:
    """Print what ``bench.workhours_peers`` reads: the last line of the output."""
    print(json.dumps(took | {"flags": sorted(flags), "conditions": conditions}), flush=True)
