"""What a worker costs workhours at rest: ``python -m bench.workhours_memory``.

Fourteen days of history are judged in one life of workhours, then it is started again on its store: what is
resident then, beyond the bare program, is what the workers take. A second, smaller city tells the part that
does not grow with them.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.verdict import at_most
from bench.work_day import EVENTS_AN_ORDER, work_day
from bench.workhours_log import PARTITIONS, append, fill
from bench.workhours_unit import Run, run_apart
from kit.eventlog.open import open_event_log
from kit.eventlog.topics import TOPICS

WORKERS = 20_000
ORDERS = 30
"""Of each worker, each day."""
DAYS = 14
GROUP_ROWS = 32_000
TARGET_BYTES = 1_000
"""PERFORMANCE: at most this many bytes a worker at rest."""
TARGET_MILLION_MB = 1_200
"""PERFORMANCE: at most this much for a million workers."""


@dataclass(frozen=True, slots=True)
class City:
    """What workhours took for one city."""

    workers: int
    judging: Run
    resting: Run


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    print(
        f"workhours at rest: {asked.workers:,} workers, {asked.days} days of {asked.orders} orders, "
        f"{PARTITIONS} partitions, SQLite"
    )
    small, large = (measure(count, asked.days, asked.orders) for count in (asked.workers // 4, asked.workers))
    more = large.workers - small.workers
    memory = (large.resting.memory_bytes - small.resting.memory_bytes) / more
    fixed = large.resting.memory_bytes - memory * large.workers
    state = large.resting.state_bytes / large.workers
    events = large.workers * asked.days * asked.orders * EVENTS_AN_ORDER
    print(
        f"  judging    {events / large.judging.cpu_s:,.0f} events a processor second, "
        f"peak memory {large.judging.peak_bytes / 1e6:,.0f} MB\n"
        f"  at rest    {memory:,.0f} bytes a worker in memory and {fixed / 1e6:,.1f} MB beside them; "
        f"{state:,.0f} bytes of state a worker in the store; restored in {large.resting.seconds:.2f} s"
    )
    print(at_most("bytes a worker in memory at rest", memory, TARGET_BYTES))
    print(at_most("MB for a million workers, reckoned", fixed / 1e6 + memory, TARGET_MILLION_MB))


def measure(workers: int, days: int, orders: int) -> City:
    """Judge a city's history, then restore it."""
    with tempfile.TemporaryDirectory(prefix="quzhong-bench-") as name:
        folder = Path(name)
        log_url = f"sqlite:///{folder / 'log.db'}"
        log = open_event_log(log_url)
        log.ensure_topics(TOPICS, PARTITIONS)
        fill(log, (work_day(workers, orders, day=number) for number in range(days)), GROUP_ROWS)
        judging = run_apart(log_url, folder)
        # Say something again to each partition, so that the second life is not done before it has them all.
        append(log, work_day(workers, orders, day=days - 1).batch(0, min(GROUP_ROWS, workers * orders)))
        resting = run_apart(log_url, folder)
        log.close()
        return City(workers, judging, resting)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.workhours_memory")
    parser.add_argument("--workers", type=int, default=WORKERS, help=f"default {WORKERS:,}")
    parser.add_argument("--days", type=int, default=DAYS, help=f"default {DAYS}")
    parser.add_argument("--orders", type=int, default=ORDERS, help=f"a day; default {ORDERS}")
    return parser.parse_args()


if __name__ == "__main__":
    main()
