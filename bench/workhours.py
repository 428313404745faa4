"""Events a second through workhours, beside what one might use instead: ``python -m bench.workhours``.

A day of a city's riders lies on the log as intake writes it, in the order of arrival, late events among them.
Workhours, one process on one core, reads it, judges by the pack cn-food-delivery-2025, and is done when
findings, state and positions are committed and the findings are on their topic. The peers get the same events
in order of time and report the same flags, which is checked: quixstreams from Kafka with a changelog, bytewax
from memory. A plain dict loop tells the rule's own cost and what is to be found.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench.peers.continuous_work import State, fresh, step
from bench.peers.day_file import read
from bench.verdict import against
from bench.work_day import EVENTS_AN_ORDER, WorkDay, work_day
from bench.workhours_log import PARTITIONS, Flags, fill, flagged
from bench.workhours_peers import PeerMissingError, PeerRun, run_peer, save
from bench.workhours_unit import Run, run_apart
from kit.eventlog.open import open_event_log
from kit.eventlog.topics import FINDINGS, TOPICS
from tests.support.kafka.broker import Broker, MissingToolError

EVENTS = 5_000_000
ORDERS = 25
"""Of each worker: 50,000 workers at ``EVENTS``."""
ROUNDS = 3
GROUPS = (32_000, 4_000)
"""Rows of intake's commit groups. The first, for which records have some 500 rows, is held to the targets."""
TARGET_EVENTS_S = 2_000_000
"""PERFORMANCE: at least this many events a second and core."""
TARGET_RATIO = {"quixstreams": 20.0, "bytewax": 2.0}


@dataclass(slots=True)
class Bench:
    """One benchmark on its way."""

    day: WorkDay
    expected: Flags
    folder: Path
    running: ExitStack
    """Closes what was started."""
    rates: dict[str, float] = field(default_factory=dict)
    """Log → events a second, of the groups that are held to the targets."""

    def workhours(self, name: str, log_url: str, group_rows: int, rounds: int) -> None:
        """Fill a log once, then judge it in fresh lives; print the median."""
        log = open_event_log(log_url)
        log.ensure_topics(TOPICS, PARTITIONS)
        filled = fill(log, [self.day], group_rows)
        runs = []
        for number in range(rounds):
            store = self.folder / f"store-{name}-{group_rows}-{number}"
            store.mkdir()
            since = log.end_offsets(FINDINGS.name)
            runs.append(run_apart(log_url, store))
            self.check(f"workhours on {name}", flagged(log, since))
        log.close()
        self._tell(name, runs, f"{filled}")
        self.rates.setdefault(name, self._median(runs, lambda run: run.seconds))

    def _tell(self, name: str, runs: list[Run], filled: str) -> None:
        workers = len(self.day.worker_ids)
        per_core = self._median(runs, lambda run: run.cpu_s)
        peak = statistics.median(run.peak_bytes for run in runs) / 1e6
        state = statistics.median(run.state_bytes for run in runs) / workers
        memory = statistics.median(run.memory_bytes for run in runs) / workers
        wall = self._median(runs, lambda run: run.seconds)
        print(
            f"  workhours, {name:6} {wall:>11,.0f} events/s, {per_core:,.0f} a processor second; {filled}\n"
            f"    peak memory {peak:,.0f} MB; a worker: {state:,.0f} bytes of state in the store, "
            f"{memory:,.0f} in memory at the end of the run"
        )

    def peer(self, name: str, *arguments: str) -> None:
        """Run a peer; print its rate, and workhours' as a ratio to it."""
        try:
            done: PeerRun = run_peer(name, self.folder / "day.npz", *arguments)
        except PeerMissingError as error:
            print(f"  {error}")
            return
        self.check(name, done.flags)
        rate = len(self.day) / done.seconds
        per_core = len(self.day) / done.cpu_s
        print(
            f"  {name:17} {rate:>11,.0f} events/s, {per_core:,.0f} a processor second; "
            f"in order of time, {done.conditions}"
        )
        for log, workhours in self.rates.items():
            print(against(f"workhours on {log} / {name}", workhours / rate, TARGET_RATIO[name]))

    def check(self, who: str, flags: Flags) -> None:
        """What finds something else measures something else."""
        if flags != self.expected:
            missed, more = len(self.expected - flags), len(flags - self.expected)
            raise SystemExit(f"{who} misses {missed} of {len(self.expected)} spells, flags {more} others")

    def _median(self, runs: list[Run], seconds: Callable[[Run], float]) -> float:
        return statistics.median(len(self.day) / seconds(run) for run in runs)


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    workers = max(asked.events // (ORDERS * EVENTS_AN_ORDER), 1)
    day = work_day(workers, ORDERS)
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="quzhong-bench-")))
        save(day, folder / "day.npz")
        rate, expected = dict_loop(folder / "day.npz")
        beyond = len({worker_id for worker_id, _ in expected}) / workers
        print(
            f"workhours: {len(day):,} events of {workers:,} workers, {beyond:.1%} of whom get beyond 4 h, "
            f"arrival up to 60 s late, 1 % up to 24 h; {PARTITIONS} partitions, one core, "
            f"median of {asked.rounds}"
        )
        bench = Bench(day, expected, folder, running)
        for rows in GROUPS:
            (folder / f"log-{rows}").mkdir()
            log_url = f"sqlite:///{folder / f'log-{rows}' / 'log.db'}"
            bench.workhours("SQLite", log_url, rows, asked.rounds if rows == GROUPS[0] else 1)
        kafka = "" if asked.no_kafka else _kafka(bench)
        if kafka:
            bench.workhours("Kafka", f"kafka://{kafka}", GROUPS[0], asked.rounds)
        print(f"  dict loop         {rate:>11,.0f} events/s; in order of time, from memory, keeps nothing")
        if not asked.no_peers:
            bench.peer("bytewax")
            if kafka:
                bench.peer("quixstreams", kafka)
        for log, workhours in bench.rates.items():
            print(against(f"workhours on {log}, events/s on one core", workhours, TARGET_EVENTS_S))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.workhours")
    parser.add_argument("--events", type=int, default=EVENTS, help=f"default {EVENTS:,}")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default {ROUNDS}")
    parser.add_argument("--no-kafka", action="store_true", help="only the log in SQLite")
    parser.add_argument("--no-peers", action="store_true")
    return parser.parse_args()


def _kafka(bench: Bench) -> str:
    """``host:port`` of a broker of its own; empty where none can be had."""
    try:
        broker = Broker(bench.folder / "kafka")
    except MissingToolError as error:
        print(f"  no Kafka: {error}")
        return ""
    bench.running.callback(broker.kill)
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(
        0, processors - {min(processors)} or processors
    )  # the first is the benchmarked one's
    broker.start()
    os.sched_setaffinity(0, processors)
    return broker.address


def dict_loop(day: Path) -> tuple[float, Flags]:
    """Events a second of the plain way, and the spells to be flagged."""
    events, states, flags = read(day), dict[str, State](), Flags()
    began = time.perf_counter()
    for worker_id, kind, at_ms in zip(events.worker_ids, events.kinds, events.times_ms, strict=True):
        state = states.get(worker_id)
        if state is None:
            state = states[worker_id] = fresh()
        if start_ms := step(state, kind, at_ms):
            flags.add((worker_id, start_ms))
    return len(events.kinds) / (time.perf_counter() - began), flags


if __name__ == "__main__":
    main()
