"""Workhours in a process of its own, on one core, over a log that is full: what the benchmarks measure.

``python -m bench.workhours_unit LOG_URL FOLDER`` judges what the log holds beyond the positions in FOLDER's
store and prints one line of JSON (``Run``). Run it again on the same folder to see it restored and at rest.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from kit.clock import system_clock
from kit.eventlog.open import open_event_log
from kit.settings import CommonSettings
from kit.telemetry.running import running
from services.workhours.app import WorkhoursUnit
from services.workhours.settings import WorkhoursSettings

POLL_S = 0.01


@dataclass(frozen=True, slots=True)
class Run:
    """One life of workhours, from start to all of the log judged and its findings on their topic."""

    seconds: float
    cpu_s: float
    """Processor seconds of all threads."""
    peak_bytes: int
    """Most memory the process ever had resident."""
    memory_bytes: int
    """Resident at rest, beyond what the program itself takes before the start."""
    state_bytes: int
    """State blobs of the store."""
    store_bytes: int
    """The whole store as a file, findings and free pages included."""


def run_apart(log_url: str, folder: Path) -> Run:
    """Run this module as a process and answer what it measured.

    Raises:
        subprocess.CalledProcessError: if it fails; it has said why on stderr.
    """
    command = [sys.executable, "-m", "bench.workhours_unit", log_url, str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Run(**json.loads(done.stdout))


def measure(log_url: str, folder: Path) -> Run:
    """Judge until nothing is left."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    settings = WorkhoursSettings(data_dir=folder)
    log = open_event_log(log_url)
    before = resident("VmRSS")
    unit = WorkhoursUnit(settings, log, system_clock)
    began, cpu = time.perf_counter(), time.process_time()
    unit.start()
    while not unit.drained():
        if not unit.healthy():
            raise SystemExit("workhours has ended by a mistake; see the log above")
        time.sleep(POLL_S)
    seconds, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    _let_go()
    memory = resident("VmRSS") - before
    unit.stop()
    log.close()
    store = folder / "workhours.db"
    with closing(sqlite3.connect(store)) as connection:
        (state,) = connection.execute("SELECT COALESCE(SUM(LENGTH(value)), 0) FROM state_blob").fetchone()
    return Run(seconds, cpu_s, resident("VmHWM"), memory, int(state), store.stat().st_size)


def _let_go() -> None:
    """Give back what is free, as far as the allocator lets us: what remains is in use, or fragments."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)


def resident(field: str) -> int:
    """Bytes, of the kernel's account of this process. (``ru_maxrss`` would count the parent's as well.)"""
    found = re.search(rf"^{field}:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    if found is None:
        raise SystemExit("no account of memory in /proc/self/status: this benchmark needs Linux")
    return int(found[1]) * 1024


if __name__ == "__main__":
    with running("bench", CommonSettings()):  # off, but for bench.telemetry
        print(json.dumps(asdict(measure(sys.argv[1], Path(sys.argv[2])))))
