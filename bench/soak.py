"""The embedded suite for half an hour at 10,000 events a second: ``python -m bench.soak [--minutes 30]``.

A day of 3,000 riders passes each half minute, and what is kept is kept for the least number of days that
settings allow (``KEPT``): so after seven minutes all of it is full, and what still grows is growing for ever,
but for four bytes of each row that intake accepted (ADR 33): some 20 MB from the third quarter to the last.
Looked at every five seconds, from outside: memory, open files, threads, and how many records wait for a
consumer.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import grpc
import numpy as np

from bench.suite_client import IN_FLIGHT, Parties, requests_of, running_suite
from bench.verdict import against, at_most
from bench.work_day import EVENTS_AN_ORDER, work_day

ARCHIVE = "archive"
"""The name of its store."""
EVENTS_S = 10_000
MINUTES = 30
ORDERS = 25
DAY_S = 30
"""How long a simulated day takes."""
SENDS_S = 20
"""How often the platforms send what they have."""
LOOK_S = 5.0
KEPT = {"QUZHONG_AUDIT_KEEP_DAYS": "14", "QUZHONG_WORKHOURS_HISTORY_DAYS": "8"}
"""For audits, and to judge working time again when an event comes late."""
TARGET_GROWTH_MB = 50
"""From the third quarter to the last, a tenth of what a city's process takes: what leaks at 10,000 events a
second has grown by more within minutes."""
TARGET_FILES = 10
"""Connections and files of SQLite come and go."""
TARGET_WAITING = 2_000
"""Records: four batches of a consumer, half a second's appends."""


class Look(NamedTuple):
    """At one moment."""

    at_s: float
    resident_mb: float
    files: int
    threads: int
    waiting: int
    """Records that a consumer has not read; but for the archive, which waits so as to write many at once."""
    unarchived: int
    """Those that are not in the archive."""


def looks(pid: int, folder: Path, ended: threading.Event) -> Iterator[Look]:
    """One every ``LOOK_S`` until the end."""
    began = time.perf_counter()
    while not ended.wait(LOOK_S):
        status, ends = Path(f"/proc/{pid}/status").read_text(), ends_of(folder)
        yield Look(
            time.perf_counter() - began,
            _of(status, "VmRSS") / 1024,
            sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()),
            _of(status, "Threads"),
            sum(waiting(file, ends) for file in folder.glob("*.db") if file.stem != ARCHIVE),
            waiting(folder / f"{ARCHIVE}.db", ends),
        )


def _of(status: str, field: str) -> int:
    found = re.search(rf"^{field}:\s+(\d+)", status, re.MULTILINE)
    if found is None:
        raise SystemExit("no account of memory in /proc: this benchmark needs Linux")
    return int(found[1])


def ends_of(folder: Path) -> dict[tuple[str, int], int]:
    """Where the partitions of a folder's log end."""
    with closing(_to_read(folder / "log.db")) as log:
        return {
            (topic, number): end
            for topic, number, end in log.execute("SELECT topic, number, next_offset FROM partition")
        }


def waiting(store: Path, ends: Mapping[tuple[str, int], int]) -> int:
    """Records of the log that the groups of a store have not passed."""
    with closing(_to_read(store)) as positions:
        if not positions.execute("SELECT 1 FROM sqlite_master WHERE name = 'consumer_position'").fetchone():
            return 0
        return sum(
            max(ends.get((topic, number), 0) - reached, 0)
            for topic, number, reached in positions.execute(
                "SELECT topic, partition, next_offset FROM consumer_position"
            )
        )


def _to_read(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=30)


def send(parties: Parties, events_s: int, minutes: int) -> float:
    """Day after day at the rate, whatever the answers take; events a second that were answered."""
    workers = max(events_s * DAY_S // (ORDERS * EVENTS_AN_ORDER), 1)
    sent, began, turn = 0, time.perf_counter(), 0
    with ThreadPoolExecutor(IN_FLIGHT) as senders:
        for number in range(minutes * 60 // DAY_S):
            day = work_day(workers, ORDERS, day=number)
            answers = []
            for requests in requests_of(day, events_s // SENDS_S):
                time.sleep(max(0.0, began + turn / SENDS_S - time.perf_counter()))
                turn += 1
                answers += [senders.submit(parties.submit, request) for request in requests]
            for each in answers:
                each.result()
            sent += len(day)
    return sent / (time.perf_counter() - began)


def tell(seen: Sequence[Look], rate: float, events_s: int) -> None:
    """Print how it went, a row for each tenth of the time, and how that stands to the targets."""
    print(
        f"  {'minute':>7}{'resident, MB':>14}{'files':>7}{'threads':>9}{'records waiting':>17}"
        f"{'unarchived':>12}"
    )
    for part in np.array_split(np.array(seen), min(10, len(seen))):
        last = Look(*part[-1])
        print(
            f"  {last.at_s / 60:>7.1f}{last.resident_mb:>14,.0f}{last.files:>7.0f}{last.threads:>9.0f}"
            f"{part[:, 4].max():>17,.0f}{part[:, 5].max():>12,.0f}"
        )
    third, fourth = np.array_split(np.array(seen), 4)[2:]
    print(against("events/s handed in", rate, events_s))
    grown = float(np.median(fourth[:, 1]) - np.median(third[:, 1]))
    print(at_most("MB more in the last quarter than in the third", grown, TARGET_GROWTH_MB))
    files = float(np.median(fourth[:, 2]) - np.median(third[:, 2]))
    print(at_most("files more in the last quarter than in the third", files, TARGET_FILES))
    behind = float(np.percentile(np.concatenate([third, fourth])[:, 4], 99))
    print(at_most("records waiting in the second half, p99", behind, TARGET_WAITING))


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    seen: list[Look] = []
    ended = threading.Event()
    print(f"soak: {asked.minutes} min at {asked.events_s:,} events/s, embedded, a day each {DAY_S} s; "
          f"{os.getloadavg()[0]:.1f} processes at work before it began")  # fmt: skip
    os.environ.update(KEPT)  # the suite's process has it from here
    with (
        tempfile.TemporaryDirectory(prefix="quzhong-soak-") as place,
        running_suite(Path(place)) as suite,
        grpc.insecure_channel(suite.address) as channel,
    ):
        parties = Parties(channel)
        parties.register(suite.token)
        watcher = threading.Thread(target=lambda: seen.extend(looks(suite.pid, Path(place), ended)))
        watcher.start()
        try:
            rate = send(parties, asked.events_s, asked.minutes)
        finally:
            ended.set()
            watcher.join()
        began = time.perf_counter()
        suite.drain()
        print(f"  all had its effects {time.perf_counter() - began:.1f} s after the last answer")
    if len(seen) < 8:
        raise SystemExit("too short to tell anything: ask for more minutes")
    tell(seen, rate, asked.events_s)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.soak")
    parser.add_argument("--minutes", type=int, default=MINUTES, help=f"default {MINUTES}")
    parser.add_argument("--events-s", type=int, default=EVENTS_S, help=f"default {EVENTS_S:,}")
    return parser.parse_args()


if __name__ == "__main__":
    main()
