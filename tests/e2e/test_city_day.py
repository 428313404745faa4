"""The demo as its user runs it: a simulated city day through every service, over real sockets."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.command import REPOSITORY, quzhong
from tests.support.kafka.broker import Broker

RULE = "cn-food-delivery-2025.continuous-work"


@pytest.fixture(scope="module")
def day() -> dict[str, Any]:
    """One run of the demo."""
    return quzhong("demo", "--exit", "--portal-port", "0")


def test_shows_a_finding_within_ten_seconds_and_ends_within_a_minute(day: dict[str, Any]) -> None:
    # Meant for a machine that does nothing else: beside other tests it has a third of its cores.
    beside = 1 if "PYTEST_XDIST_WORKER" not in os.environ else 3
    assert day["first_finding_s"] < 10 * beside
    assert day["seconds"] < 60 * beside


def test_finds_overwork_judges_every_platform_and_opens_cases(day: dict[str, Any]) -> None:
    assert day["findings"][RULE]["spells"] > 100
    verdicts = {
        platform: {band["verdict"] for band in bands.values()} for platform, bands in day["audit"].items()
    }
    assert "WITHIN_MIDDLE" in verdicts["platform-a"]
    assert verdicts["platform-b"] == {"STRICTEST"}
    assert any(band["below_floor"] for band in day["audit"]["platform-c"].values())
    assert not any(band["below_floor"] for band in day["audit"]["platform-a"].values())
    assert day["cases"]["open"] > 0
    # A fifth of the active workers and more is grave: talks are proposed together with the warning.
    assert day["cases"]["warned"] + day["cases"]["summons_proposed"] == day["warnings"] > 0


@pytest.mark.kafka
def test_a_second_run_with_the_log_on_kafka_gives_the_same_findings(
    day: dict[str, Any], own_broker: Broker, tmp_path: Path
) -> None:
    """``quzhong up --demo`` stays, so it is told to stop once its pages answer."""
    environment = os.environ | {
        "QUZHONG_KAFKA": own_broker.address,
        "QUZHONG_DATA_DIR": str(tmp_path),
        "QUZHONG_ADDRESS": "127.0.0.1:0",
        "QUZHONG_PORTAL_PORT": "0",
    }
    with (tmp_path / "progress.txt").open("w") as progress:
        running = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "up", "--demo", "--json"],
            cwd=REPOSITORY,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=progress,
            text=True,
        )
    try:
        document = first_document(running)
        assert httpx.get(f"{document['portal']}/healthz").status_code == httpx.codes.OK
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) == 0
    finally:
        running.kill()
        running.communicate()
    assert same(document) == same(day)


def same(document: dict[str, Any]) -> dict[str, Any]:
    """What any two runs of the same day have in common."""
    standing = {state: document["cases"][state] for state in ("open", "warned", "summons_proposed")}
    stays = ("events", "findings", "findings_digest", "audit", "warnings")
    return {name: document[name] for name in stays} | {"cases": standing}


def first_document(running: subprocess.Popen[str]) -> dict[str, Any]:
    """The JSON document a process prints before it goes on running."""
    assert running.stdout is not None
    lines = []
    for line in running.stdout:
        lines.append(line)
        if line == "}\n":
            break
    document: dict[str, Any] = json.loads("".join(lines))
    return document
