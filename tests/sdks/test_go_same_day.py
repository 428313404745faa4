"""The same scripted day, sent by Python and by Go to two copies of one installation."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cli.embedded import EmbeddedSuite
from kit.clock import system_clock
from tests.sdks.scripted_day import (
    Access,
    Rows,
    accepted_events,
    admitted,
    day,
    findings,
    send_with_python,
    task_of,
    workers,
)

Sent = dict[str, int]


class Outcome(NamedTuple):
    """What became of a day."""

    totals: Sent
    events: list[bytes]
    findings: list[bytes]


@pytest.fixture(autouse=True)
def token_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUZHONG_OAUTH_PORT", "0")


def send_with_go(programs: Path) -> Callable[[dict[str, Any]], Sent]:
    def send(task: dict[str, Any]) -> Sent:
        done = subprocess.run(
            [programs / "scriptedday"], input=json.dumps(task), capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        totals: Sent = json.loads(done.stdout)
        return totals

    return send


def outcome(folder: Path, access: Access, rows: Rows, send: Callable[[dict[str, Any]], Sent]) -> Outcome:
    with EmbeddedSuite(folder, kafka="", portal=False) as suite:
        # One batch of each kind, one after the other: a finding tells what was known when it was made, and
        # that depends on what came together.
        totals: Counter[str] = Counter()
        for kind in ("work_sessions", "dispatches"):
            part: Rows = {"work_sessions": [], "dispatches": []} | {kind: rows[kind]}
            task = task_of(suite.address, suite.token_url, access, part, batch_size=5_000, linger_ms=60_000)
            totals.update(send(task))
            suite.drain()
        worker_ids = workers(suite.address, access, suite.token_url)
        return Outcome(
            dict(totals),
            accepted_events(suite.address, access, worker_ids),
            findings(suite.address, access),
        )


def test_python_and_go_give_the_same_events_and_findings(go_programs: Path, tmp_path: Path) -> None:
    first = tmp_path / "python"
    with EmbeddedSuite(first, kafka="", portal=False) as suite:
        access = admitted(suite, tmp_path)
    # A copy, so that both have one key of pseudonyms: findings are about the same workers.
    second = shutil.copytree(first, tmp_path / "go")
    rows = day(system_clock())
    by_python = outcome(first, access, rows, send_with_python)
    by_go = outcome(Path(second), access, rows, send_with_go(go_programs))
    assert by_python.totals == by_go.totals
    assert by_go.totals["rejected"] == 2
    assert by_go.totals["duplicate"] == 10
    assert by_python.events == by_go.events
    assert len(by_go.events) == by_go.totals["accepted"]
    assert by_python.findings == by_go.findings
    assert by_go.findings


def test_the_quick_start_hands_in_its_order(go_programs: Path, tmp_path: Path) -> None:
    with EmbeddedSuite(tmp_path / "suite", kafka="", portal=False) as suite:
        access = admitted(suite, tmp_path)
        told = {
            "QUZHONG_ADDRESS": suite.address,
            "QUZHONG_CLIENT_ID": access.client_id,
            "QUZHONG_KEY_FILE": str(access.key_file),
            "QUZHONG_TOKEN_URL": suite.token_url,
            "QUZHONG_PLAIN": "1",
        }
        done = subprocess.run(
            [go_programs / "quickstart"], env=os.environ | told, capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "{Accepted:2 Duplicate:0 Rejected:0}"
