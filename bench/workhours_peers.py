"""The peers beside workhours: run by an interpreter of their own, on the same core, over the same events.

``QUZHONG_BENCH_PEERS_PYTHON`` names an interpreter with ``requirements/bench.txt``; else this one is tried.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.work_day import WorkDay
from bench.workhours_log import Flags

INTERPRETER = "QUZHONG_BENCH_PEERS_PYTHON"
TIMEOUT_S = 900.0
SCRIPTS = {"quixstreams": "bench.peers.quix_continuous", "bytewax": "bench.peers.bytewax_continuous"}


class PeerMissingError(RuntimeError):
    """The peer cannot be run here; the message is one line that says why."""


@dataclass(frozen=True, slots=True)
class PeerRun:
    """What a peer did."""

    seconds: float
    cpu_s: float
    """Processor seconds of all threads."""
    flags: Flags
    conditions: str
    """Under which it ran."""


def save(day: WorkDay, path: Path) -> None:
    """The day for the peers: in order of time, since they do not see to late events."""
    by_time = np.argsort(day.time_ms, kind="stable")
    np.savez(
        path,
        worker_ids=np.array(day.worker_ids.tolist(), dtype=np.bytes_),
        worker=day.worker[by_time],
        kind=day.kind[by_time],
        time_ms=day.time_ms[by_time],
    )


def run_peer(name: str, day: Path, *arguments: str) -> PeerRun:
    """Run one of ``SCRIPTS`` on a saved day, on the core that workhours is measured on.

    Raises:
        PeerMissingError: if it is not installed for the interpreter, or fails there.
    """
    python = os.environ.get(INTERPRETER) or sys.executable
    core = min(os.sched_getaffinity(0))
    command = [python, "-m", SCRIPTS[name], str(day), *arguments]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
            env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerMissingError(f"{name} does not run: {error}") from error
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["no word"])[-1]
        raise PeerMissingError(f"{name} does not run ({why}); {INTERPRETER} names who can")
    answer = json.loads(done.stdout.splitlines()[-1])
    flags = {(worker_id, start_ms) for worker_id, start_ms in answer["flags"]}
    return PeerRun(answer["seconds"], answer["cpu_s"], flags, answer["conditions"])
