"""The suite is killed in the middle of a stream and comes back: seconds later, or as long as an environment
variable says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import grpc

from cli.embedded import EmbeddedSuite
from kit.clock import system_clock
from tests.sdks.conftest import ROOT
from tests.sdks.same_day import Command
from tests.sdks.scripted_day import LICENCES, Access, Rows, accepted_events, admitted, task_of, workers
from tests.support.ports import free_port

LONG = bool(os.environ.get("QUZHONG_LONG_OUTAGE"))
"""A minute away in a stream of five: more than anybody wants to wait for each time."""
ROWS = 15_000 if LONG else 3_000
INTERVAL_MS = 20.0 if LONG else 3.0
AWAY_S = 60.0 if LONG else 6.0
QUEUE_ROWS = 1_000
"""Fewer than come while the suite is away."""
MOST_GROWTH_MB = 64
"""Of a program's memory, from before the outage to its end: what the rows of the stream would take, if all
were kept, and more than a collector of garbage needs to breathe."""


@contextmanager
def up(folder: Path, port: int, oauth_port: int) -> Iterator[subprocess.Popen[str]]:
    """``quzhong up``, once it says that it is; killed at the end, as a machine dies."""
    places = {
        "QUZHONG_DATA_DIR": str(folder),
        "QUZHONG_ADDRESS": f"127.0.0.1:{port}",
        "QUZHONG_OAUTH_PORT": str(oauth_port),
        "QUZHONG_PORTAL_PORT": "0",
        "QUZHONG_LANG": "en",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'sdk/python/src'}",
    }
    command = [sys.executable, "-m", "cli.main", "up", "--json"]
    with (folder.parent / "up.log").open("a") as log:
        running = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | places, stdout=subprocess.PIPE, stderr=log, text=True
        )
    assert running.stdout
    try:
        assert running.stdout.readline(), (folder.parent / "up.log").read_text()
        yield running
    finally:
        running.kill()
        running.wait()
        running.stdout.close()


def stream() -> Rows:
    begin = datetime.fromtimestamp(system_clock() / 1_000, UTC) - timedelta(days=1)
    dispatches = [
        {
            "event_id": f"e-{number}",
            "identity": LICENCES[number % len(LICENCES)],
            "order_id": f"o-{number}",
            "event_time": (begin + timedelta(seconds=number)).isoformat(),
            "kind": "ACCEPTED",
            "area_code": "130203",
        }
        for number in range(ROWS)
    ]
    return {"work_sessions": [], "dispatches": dispatches}


def memory_mb(process: int, which: str) -> float:
    """``VmRSS`` is what a process has, ``VmHWM`` the most it had."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(which):
            return int(line.split()[1]) / 1_024
    raise AssertionError(f"no {which} of {process}")


def begun(address: str, access: Access, worker_ids: list[str]) -> bool:
    """Whether something was accepted; a busy machine may not answer that in time."""
    try:
        return bool(accepted_events(address, access, worker_ids))
    except grpc.RpcError:
        return False


def outlived(command: Command, folder: Path) -> str:
    """Let a program send the stream, and assert that it lost nothing, doubled nothing and stayed small; its
    stderr."""
    data, port, oauth_port = folder / "suite", free_port(), free_port()
    with EmbeddedSuite(data, kafka="", portal=False) as suite:
        access = admitted(suite, folder)
    token_url = f"http://127.0.0.1:{oauth_port}/oauth/token"
    task = task_of(
        f"127.0.0.1:{port}", token_url, access, stream(), interval_ms=INTERVAL_MS, queue_rows=QUEUE_ROWS
    )
    with up(data, port, oauth_port):
        sender = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert sender.stdin
        sender.stdin.write(json.dumps(task))
        sender.stdin.close()
        sender.stdin = None
        worker_ids = workers(f"127.0.0.1:{port}", access, token_url)
        while not begun(f"127.0.0.1:{port}", access, worker_ids):
            assert sender.poll() is None, sender.communicate()[1]  # some languages take seconds to begin
            time.sleep(0.5)
        time.sleep(ROWS * INTERVAL_MS / 1_000 / 3)
        before_mb = memory_mb(sender.pid, "VmRSS")
    time.sleep(AWAY_S)
    assert sender.poll() is None
    assert memory_mb(sender.pid, "VmHWM") - before_mb < MOST_GROWTH_MB
    with up(data, port, oauth_port):
        out, said = sender.communicate(timeout=120 + ROWS * INTERVAL_MS / 1_000)
        assert sender.returncode == 0, said
        assert "sending again" in said  # otherwise there was no outage
        assert json.loads(out) == {"accepted": ROWS, "duplicate": 0, "rejected": 0}
        events = accepted_events(f"127.0.0.1:{port}", access, worker_ids)
    assert len(events) == len(set(events)) == ROWS
    return said


def delivered_by_the_next(command: Command, folder: Path) -> None:
    """Let a program with a spool be told to end while the suite is away, start it anew once the suite is
    back, and assert that nothing was lost or doubled."""
    data, port, oauth_port, spool = folder / "suite", free_port(), free_port(), folder / "spool"
    with EmbeddedSuite(data, kafka="", portal=False) as suite:
        access = admitted(suite, folder)
    address, token_url = f"127.0.0.1:{port}", f"http://127.0.0.1:{oauth_port}/oauth/token"
    rows = stream()
    more = {"interval_ms": INTERVAL_MS, "spool": str(spool)}
    with up(data, port, oauth_port):
        sender = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert sender.stdin
        sender.stdin.write(json.dumps(task_of(address, token_url, access, rows, **more)))
        sender.stdin.close()
        sender.stdin = None
        worker_ids = workers(address, access, token_url)
        while not begun(address, access, worker_ids):
            assert sender.poll() is None, sender.communicate()[1]
            time.sleep(0.5)
    time.sleep(1)  # rows go on coming
    sender.terminate()
    out, said = sender.communicate(timeout=60)
    assert sender.returncode == 0, said
    first = json.loads(out)
    left = len(list(spool.glob("*.dispatches.pb")))
    assert left > 0
    assert first["accepted"] < first["taken"] < ROWS
    with up(data, port, oauth_port):
        no_rows: Rows = {"work_sessions": [], "dispatches": []}
        task = json.dumps(task_of(address, token_url, access, no_rows, **more))
        done = subprocess.run(command, input=task, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        then = json.loads(done.stdout)
        assert first["accepted"] + then["accepted"] == first["taken"]
        assert [each[kind] for each in (first, then) for kind in ("duplicate", "rejected")] == [0] * 4
        events = accepted_events(address, access, worker_ids)
    assert len(events) == len(set(events)) == first["taken"]
    assert not list(spool.iterdir())
