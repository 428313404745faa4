"""Each example hands in a simulated shift to a suite: on duty, three orders, a number that is none, off
duty."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from kit.clock import system_clock
from tests.sdks.conftest import ROOT
from tests.sdks.same_day import Command, open_suite
from tests.support.ports import free_port

RIDER = "11010519491231002X"
"""An identity number, so that whatever bears it is refused."""
MISTYPED = "110105194912310021"
ACCEPTED = {"accepted": 8, "duplicate": 0, "rejected": 0}


@pytest.fixture(autouse=True)
def token_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUZHONG_OAUTH_PORT", "0")


def shift() -> list[dict[str, str]]:
    """What the rider did, in order: of an order where one is named."""
    begin = datetime.fromtimestamp(system_clock() / 1_000, UTC) - timedelta(hours=3)

    def at(minute: int) -> str:
        return (begin + timedelta(minutes=minute)).isoformat(timespec="milliseconds")

    told = [{"rider": RIDER, "kind": "ONLINE", "at": at(0)}]
    for order in range(3):
        for kind, minute in (("ACCEPTED", 40 * order + 1), ("COMPLETED", 40 * order + 26)):
            told.append({"rider": RIDER, "order": f"order-{order}", "kind": kind, "at": at(minute)})
    return [*told, {"rider": RIDER, "kind": "OFFLINE", "at": at(130)}]


@contextmanager
def serving(command: Command, port: int, environment: dict[str, str]) -> Iterator[httpx.Client]:
    """The example, once it answers; ended with SIGTERM, in order."""
    with (
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as running,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as http,
    ):
        try:
            deadline = time.monotonic() + 60
            while True:
                try:
                    http.get("/handed-in")
                    break
                except httpx.TransportError:
                    assert running.poll() is None
                    assert time.monotonic() < deadline
                    time.sleep(0.1)
            yield http
        finally:
            running.send_signal(signal.SIGTERM)
        assert running.wait(60) in (0, -signal.SIGTERM)


def worked_through(http: httpx.Client) -> dict[str, Any]:
    """A shift by the calls of a dispatch system; what the example says became of it."""
    for each in shift():
        order = each.pop("order", None)
        answer = http.post(f"/orders/{order}" if order else "/shifts", json=each)
        assert answer.status_code == 202, answer.text
    mistyped = http.post("/shifts", json={"rider": MISTYPED, "kind": "ONLINE"})
    assert mistyped.status_code == 400
    assert MISTYPED not in mistyped.text
    told: dict[str, Any] = http.get("/handed-in").json()
    return told


def test_a_fastapi_app_hands_in_a_shift(tmp_path: Path) -> None:
    with open_suite(tmp_path) as (_, environment):
        port = free_port()
        example = ROOT / "sdk/python/examples/fastapi"
        command = [sys.executable, "-m", "uvicorn", "app:app", "--app-dir", str(example), "--port", str(port)]
        more = {"PYTHONPATH": str(ROOT / "sdk/python/src")}
        with serving(command, port, environment | more) as http:
            assert worked_through(http) == ACCEPTED | {"rejections": []}


def test_an_express_app_hands_in_a_shift(typescript_programs: Path, tmp_path: Path) -> None:
    with open_suite(tmp_path) as (_, environment):
        port = free_port()
        command = ["node", str(typescript_programs / "examples/express/server.js")]
        with serving(command, port, environment | {"PORT": str(port)}) as http:
            assert worked_through(http) == ACCEPTED | {"rejections": []}


def test_a_go_worker_hands_in_a_shift(go_programs: Path, tmp_path: Path) -> None:
    lines = []
    for number, each in enumerate(shift()):
        lines.append(json.dumps({"id": f"e-{number}", "area": "130203"} | each))
    lines.insert(1, json.dumps({"id": "e-x", "rider": MISTYPED, "kind": "ONLINE", "at": shift()[0]["at"]}))
    lines.insert(2, "no event at all")
    with open_suite(tmp_path) as (_, environment):
        done = subprocess.run(
            [go_programs / "worker"],
            input="\n".join(lines),
            env=environment | {"QUZHONG_SPOOL": str(tmp_path / "spool")},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "{Accepted:8 Duplicate:0 Rejected:0}"
    assert "e-x" in done.stderr
    assert "no event" in done.stderr
    assert MISTYPED not in done.stderr
    assert list((tmp_path / "spool").iterdir()) == []
