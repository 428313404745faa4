"""Workhours as one, two and four processes of a group: ``python -m bench.scaling``.

Each is the service as it is deployed (``python -m services.workhours.app``). They share a log of 64
partitions, a file or a broker (``--kafka``), and a store on PostgreSQL. Once every process has its part of
the partitions they are held (SIGSTOP), and a day of a city's riders is appended: the machine's cores are for
what is measured, not for who appends. The clock runs from when they may go on until all of it is judged and
the findings are on their topic. What they find has to be the same however many they are.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.verdict import against
from bench.work_day import EVENTS_AN_ORDER, WorkDay, work_day
from bench.workhours_log import PARTITIONS, Flags, flagged
from kit.eventlog.open import open_event_log
from kit.eventlog.port import EventLog, NewRecord
from kit.eventlog.topics import DISPATCHES, TOPICS
from services.intake.restating import by_partition
from tests.support.kafka.broker import Broker
from tests.support.postgres import Postgres
from tests.support.service_processes import ServiceProcess, make_databases

EVENTS = 10_000_000
ORDERS = 25
GROUP_ROWS = 32_000
"""Of intake's commit groups, for records of some 500 rows."""
PROCESSES = (1, 2, 4)
ROUNDS = 3
TARGET = 1.8
"""PERFORMANCE: two partitions on two cores."""
SESSION_S = 30.0
"""Of the group: a member's last sign of life may be a third of it old when it is held, and appending may take
another third; whoever is given up comes back, and too late to have its part."""
SETTLED_S = 20.0
"""No partition has changed hands for so long: two of the group's heartbeats, a third of its session each. So
all have joined."""
IDLE = 0.2
"""Less of the others' work: whoever has a part of the partitions does more."""
LOOK_S = 0.25
PATIENCE_S = 1_800.0


@dataclass(frozen=True, slots=True)
class Round:
    """One life of a group."""

    seconds: float
    flags: Flags
    of_each: Sequence[float]
    """Processor seconds of each process, from when it could go on."""


def encoded(day: WorkDay) -> list[list[NewRecord]]:
    """The day as intake's appends."""
    return [
        [
            NewRecord(DISPATCHES.name, part.encode(), partition=number)
            for number, part in by_partition(batch, PARTITIONS)
        ]
        for batch in day.batches(GROUP_ROWS)
    ]


def measured(folder: Path, appends: Sequence[Sequence[NewRecord]], processes: int, kafka: bool) -> Round:
    """Judge the day once by so many processes."""
    with ExitStack() as running:
        data = folder / "data"
        data.mkdir(parents=True)
        database = Postgres()
        running.callback(database.remove)
        database.start()
        settings = {
            "QUZHONG_DATA_DIR": str(data),
            "QUZHONG_PARTITIONS": str(PARTITIONS),
            "QUZHONG_STORE": make_databases(database.url),
            "QUZHONG_KAFKA_SESSION_S": str(SESSION_S),
        }
        if kafka:
            broker = Broker(folder / "kafka")
            running.callback(broker.kill)
            broker.start()
            settings["QUZHONG_KAFKA"] = broker.address
        log = open_event_log(f"kafka://{broker.address}" if kafka else f"sqlite:///{data / 'log.db'}")
        running.callback(log.close)
        log.ensure_topics(TOPICS, PARTITIONS)
        group = [ServiceProcess("workhours", folder, settings, number=n + 1) for n in range(processes)]
        for process in group:
            running.callback(process.kill)
            process.start()
            process.await_serving(PATIENCE_S)  # one by one: the first makes the keys that all share
        store = running.enter_context(
            psycopg.connect(database.url.replace("/postgres", "/quzhong_workhours"), autocommit=True)
        )
        _await_settled(store)
        for process in group:
            os.kill(process.pid, signal.SIGSTOP)
        held = time.perf_counter()
        for records in appends:
            log.append(records)
        if (lasted := time.perf_counter() - held) > SESSION_S / 3:
            raise SystemExit(f"appending took {lasted:.0f} s: the group may have given its members up")
        before, began = [_cpu_s(process.pid) for process in group], time.perf_counter()
        for process in group:
            os.kill(process.pid, signal.SIGCONT)
        _await_judged(store, log)
        seconds = time.perf_counter() - began
        of_each = [_cpu_s(process.pid) - then for process, then in zip(group, before, strict=True)]
        if idle := [
            each.name for each, spent in zip(group, of_each, strict=True) if spent < IDLE * max(of_each)
        ]:
            raise SystemExit(f"had no part in it: {idle}\n" + "".join(_ended(each) for each in group))
        return Round(seconds, flagged(log, {}), of_each)


def _await_settled(store: psycopg.Connection[tuple[object, ...]]) -> None:
    """Wait until partitions have stopped moving."""
    seen, since = None, time.monotonic()
    while time.monotonic() - since < SETTLED_S:
        now = store.execute("SELECT count(*), sum(epoch) FROM consumer_position").fetchone()
        if now != seen or not now or not now[0]:
            seen, since = now, time.monotonic()
        time.sleep(LOOK_S)


def _await_judged(store: psycopg.Connection[tuple[object, ...]], log: EventLog) -> None:
    """Wait until all dispatches are judged and all findings are on their topic."""
    ends, deadline = log.end_offsets(DISPATCHES.name), time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        rows = store.execute(
            "SELECT partition, next_offset FROM consumer_position WHERE topic = %s", (DISPATCHES.name,)
        )
        reached = {row[0]: row[1] for row in rows}
        if reached == ends and store.execute("SELECT 1 FROM outbox LIMIT 1").fetchone() is None:
            return
        time.sleep(LOOK_S)
    raise SystemExit(f"not judged within {PATIENCE_S:.0f} s")


def _ended(process: ServiceProcess) -> str:
    return f"{process.name}: exit status {process.status}\n{process.output.read_text()[-2_000:]}\n"


def _cpu_s(pid: int) -> float:
    """Processor seconds of a process and its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # everything that runs is ended on the way out
    asked = _arguments()
    day = work_day(max(asked.events // (ORDERS * EVENTS_AN_ORDER), 1), ORDERS)
    appends = encoded(day)
    where = "on Kafka" if asked.kafka else "a file"
    print(
        f"scaling: {len(day):,} events, {PARTITIONS} partitions, log {where}, store on PostgreSQL, "
        f"{os.cpu_count()} cores for all of it, median of {asked.rounds}; {os.getloadavg()[0]:.1f} processes "
        "at work before it began"
    )
    rates: dict[int, float] = {}
    expected: Flags | None = None
    for processes in PROCESSES:
        rounds = []
        for _ in range(asked.rounds):
            with tempfile.TemporaryDirectory(prefix="quzhong-scaling-") as place:
                rounds.append(measured(Path(place), appends, processes, asked.kafka))
            if expected is None:
                expected = rounds[-1].flags
            if rounds[-1].flags != expected:
                raise SystemExit(f"{processes} processes find something else than one")
        rates[processes] = statistics.median(len(day) / each.seconds for each in rounds)
        of_each = ", ".join(f"{seconds:.1f}" for seconds in rounds[-1].of_each)
        rate, times = rates[processes], rates[processes] / rates[1]
        print(
            f"  {processes} processes {rate:>11,.0f} events/s, {times:.2f} times one; processor seconds of "
            f"each: {of_each}"
        )
    print(against("two processes / one", rates[2] / rates[1], TARGET))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.scaling")
    parser.add_argument("--events", type=int, default=EVENTS, help=f"default {EVENTS:,}")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default {ROUNDS}")
    parser.add_argument("--kafka", action="store_true", help="the log on a broker, which takes cores too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
