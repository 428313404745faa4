"""Continuous work on bytewax, fed from memory: ``python -m bench.peers.bytewax_continuous DAY.npz``.

One worker thread, no broker, no recovery store: nothing survives its end.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bytewax.operators as op  # type: ignore[import-not-found]
from bytewax.dataflow import Dataflow  # type: ignore[import-not-found]
from bytewax.operators import StatefulBatchLogic
from bytewax.testing import TestingSink, TestingSource, run_main  # type: ignore[import-not-found]

from bench.peers.continuous_work import State, fresh, step
from bench.peers.day_file import Stopwatch, answer, read

SOURCE_BATCH = 50_000
"""Items bytewax takes from memory at once: of 500, 5,000 and 50,000 the quickest (0.7, 0.8, 1.1 M/s)."""


class Worker(StatefulBatchLogic):  # type: ignore[misc]
    """The state of one worker, given all of its events of a source batch at once."""

    def __init__(self, resumed: State | None) -> None:
        self._state = resumed or fresh()

    def on_batch(self, values: list[tuple[int, int]]) -> tuple[Iterable[int], bool]:
        state = self._state
        return [start for kind, at_ms in values if (start := step(state, kind, at_ms))], False

    def snapshot(self) -> State:
        return list(self._state)


def main(path: Path) -> None:
    day = read(path)
    items = list(zip(day.worker_ids, zip(day.kinds, day.times_ms, strict=True), strict=True))
    found: list[Any] = []
    flow = Dataflow("continuous_work")
    events = op.input("events", flow, TestingSource(items, SOURCE_BATCH))
    flags = op.stateful_batch("flags", events, Worker)
    op.output("found", flags, TestingSink(found))
    watch = Stopwatch()
    run_main(flow)
    answer(watch.read(), set(found), f"source batches of {SOURCE_BATCH:,}, no recovery")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
