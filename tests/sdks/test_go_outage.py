"""The suite is killed in the middle of a stream and comes back seconds later."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cli.embedded import EmbeddedSuite
from kit.clock import system_clock
from tests.sdks.conftest import ROOT
from tests.sdks.scripted_day import LICENCES, Rows, accepted_events, admitted, task_of, workers

ROWS = 3_000
INTERVAL_MS = 3.0
AWAY_S = 6.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


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


def test_a_killed_suite_costs_no_event_and_doubles_none(go_programs: Path, tmp_path: Path) -> None:
    folder, port, oauth_port = tmp_path / "suite", free_port(), free_port()
    with EmbeddedSuite(folder, kafka="", portal=False) as suite:
        access = admitted(suite, tmp_path)
    token_url = f"http://127.0.0.1:{oauth_port}/oauth/token"
    task = task_of(
        f"127.0.0.1:{port}", token_url, access, stream(), interval_ms=INTERVAL_MS, queue_rows=1_000
    )
    with up(folder, port, oauth_port):
        sender = subprocess.Popen(
            [go_programs / "scriptedday"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert sender.stdin
        sender.stdin.write(json.dumps(task))
        sender.stdin.close()
        sender.stdin = None
        time.sleep(ROWS * INTERVAL_MS / 1_000 / 3)
    time.sleep(AWAY_S)
    assert sender.poll() is None
    with up(folder, port, oauth_port):
        out, said = sender.communicate(timeout=120)
        assert sender.returncode == 0, said
        assert "sending again" in said  # otherwise there was no outage
        assert json.loads(out) == {"accepted": ROWS, "duplicate": 0, "rejected": 0}
        worker_ids = workers(f"127.0.0.1:{port}", access, token_url)
        events = accepted_events(f"127.0.0.1:{port}", access, worker_ids)
    assert len(events) == len(set(events)) == ROWS
