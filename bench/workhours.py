"""Events a second through workhours, beside a plain dict loop: ``python -m bench.workhours``.

Workhours reads records of columns from the log (SQLite), keeps the events, judges them by the pack
cn-food-delivery-2025, and commits state, findings and positions; it is done when all of it is on disk. The
dict loop has the same events as tuples in memory, in order of time, keeps nothing, and flags the same spells:
that both find the same is checked.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from bench.verdict import against
from bench.work_day import ACCEPTED, COMPLETED, MINUTE, WorkDay, work_day
from kit.clock import system_clock
from kit.eventlog.open import open_event_log
from kit.eventlog.port import EventLog, NewRecord
from kit.eventlog.topics import DISPATCHES, FINDINGS, TOPICS
from quzhong.api.events.v1 import findings_pb2
from services.intake.lot import by_partition
from services.workhours.app import WorkhoursUnit
from services.workhours.settings import WorkhoursSettings

ROUNDS = 3
GROUP_ROWS = 4_000
"""Rows of a commit group of intake: so many are cut over the partitions together."""
LIMIT_MS = 240 * MINUTE
RESET_GAP_MS = 20 * MINUTE
TARGET = 2_000_000
"""PERFORMANCE: at least this many events a second and core."""

Flags = set[tuple[str, int]]
"""(worker, start of the spell) of every spell with more than 4 h of order time."""


def main() -> None:
    """Measure and print."""
    day = work_day()
    events = len(day.kind)
    print(f"workhours: {events:,} dispatch events of {len(day.worker_ids):,} workers, median of {ROUNDS}")
    rows = list(
        zip(
            [day.worker_ids[code] for code in day.worker.tolist()],
            day.kind.tolist(),
            day.time_ms.tolist(),
            strict=True,
        )
    )
    loops, services, cpu = [], [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        expected = dict_loop(rows)
        loops.append(events / (time.perf_counter() - began))
        seconds, cpu_s, found = through_the_service(day)
        services.append(events / seconds)
        cpu.append(events / cpu_s)
        if found != expected:
            raise SystemExit(
                f"the service flags {len(found)} spells, the loop {len(expected)}: compare first"
            )
    loop, service, a_core = (statistics.median(each) for each in (loops, services, cpu))
    print(f"  dict loop  {loop:>11,.0f} events/s, {len(expected)} spells flagged, nothing kept")
    print(f"  workhours  {service:>11,.0f} events/s, the same spells, all committed")
    print(f"  workhours / dict loop: {service / loop:.2f}")
    print(against("workhours, events/s a core", a_core, TARGET))


def dict_loop(rows: Iterable[tuple[str, int, int]]) -> Flags:
    """The plain way, for events in order of time."""
    flags: Flags = set()
    open_orders: dict[str, int] = {}
    busy_since: dict[str, int] = {}
    worked: dict[str, int] = {}
    idle_since: dict[str, int] = {}
    spell_start: dict[str, int] = {}
    for worker, kind, at in rows:
        if kind == ACCEPTED:
            if not open_orders.get(worker):
                if worker not in idle_since or at - idle_since[worker] >= RESET_GAP_MS:
                    spell_start[worker], worked[worker] = at, 0
                busy_since[worker] = at
            open_orders[worker] = open_orders.get(worker, 0) + 1
        elif kind == COMPLETED:
            open_orders[worker] -= 1
            if not open_orders[worker]:
                worked[worker] += at - busy_since[worker]
                idle_since[worker] = at
                if worked[worker] > LIMIT_MS:
                    flags.add((worker, spell_start[worker]))
    return flags


def through_the_service(day: WorkDay) -> tuple[float, float, Flags]:
    """Seconds, processor seconds, and what was flagged."""
    with tempfile.TemporaryDirectory(prefix="quzhong-bench-") as folder:
        settings = WorkhoursSettings(data_dir=Path(folder))
        log = open_event_log(settings.log_url)
        log.ensure_topics(TOPICS, settings.partitions)
        for start in range(0, len(day.kind), GROUP_ROWS):
            batch = day.batch(start, min(start + GROUP_ROWS, len(day.kind)))
            parts = by_partition(batch, settings.partitions)
            log.append(
                [NewRecord(DISPATCHES.name, part.encode(), partition=number) for number, part in parts]
            )
        unit = WorkhoursUnit(settings, log, system_clock)
        began, cpu = time.perf_counter(), time.process_time()
        unit.start()
        while not unit.drained():
            time.sleep(0.01)
        seconds, cpu_s = time.perf_counter() - began, time.process_time() - cpu
        unit.stop()
        found = _flagged(log)
        log.close()
    return seconds, cpu_s, found


def _flagged(log: EventLog) -> Flags:
    """The breaches that stand, as the last revision of each finding on the topic tells them."""
    reader, last = log.reader(FINDINGS.name), dict[str, findings_pb2.Finding]()
    while records := reader.poll(0.1):
        for record in records:
            finding = findings_pb2.Finding.FromString(record.value)
            last[finding.finding_id] = finding
    reader.close()
    return {
        (finding.worker_id, finding.working_time.spell_start_time.ToMilliseconds())
        for finding in last.values()
        if finding.severity == findings_pb2.SEVERITY_BREACH
        and finding.state == findings_pb2.FINDING_STATE_STANDS
    }


if __name__ == "__main__":
    main()
