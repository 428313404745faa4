"""The same scripted day, sent by Python and by Java to two copies of one installation; the quick start and
the service that show how."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kit.clock import system_clock
from tests.sdks.conftest import JAVA
from tests.sdks.same_day import Day, open_suite, same
from tests.sdks.scripted_day import LICENCES

SHIFT = 20
"""Events of the service's simulated shift: eight orders of two each, online and offline, a break."""


@pytest.fixture(autouse=True)
def token_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUZHONG_OAUTH_PORT", "0")


@pytest.mark.timeout(1_800)
def test_python_and_java_give_the_same_events_and_findings(
    java_day: list[str], day_by_python: Day, tmp_path: Path
) -> None:
    same(day_by_python.by_python, day_by_python.sent_by(java_day, tmp_path / "java"))


@pytest.mark.timeout(1_800)
def test_the_quick_start_hands_in_its_order(java_build: str, tmp_path: Path) -> None:
    target = JAVA / "examples" / "quickstart" / "target"
    libraries = (target / "classpath.txt").read_text("utf-8").strip()
    program = ["java", "-cp", f"{target / 'classes'}{os.pathsep}{libraries}", "QuickStart"]
    with open_suite(tmp_path) as (_, environment):
        done = subprocess.run(program, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "Totals[accepted=2, duplicate=0, rejected=0]"


@pytest.mark.timeout(1_800)
def test_the_spring_boot_service_hands_in_a_shift_and_what_comes_before_it_stops(
    java_build: str, tmp_path: Path
) -> None:
    (jar,) = (JAVA / "examples" / "spring-boot" / "target").glob("dispatch-service-*.jar")
    with open_suite(tmp_path) as (_, environment):
        places = {
            "QUZHONG_SIMULATESHIFT": "true",
            "QUZHONG_PLAIN": "true",
            "QUZHONG_SPOOL": str(tmp_path / "spool"),
            "SERVER_PORT": "0",
            "SERVER_ADDRESS": "127.0.0.1",
        }
        service = subprocess.Popen(
            ["java", "-jar", jar], env=environment | places, stdout=subprocess.PIPE, text=True
        )
        assert service.stdout
        try:
            lines = []
            for line in service.stdout:  # Spring's own words, and the shift's
                lines.append(line)
                if "the shift is handed in" in line:
                    break
            told = "".join(lines)
            assert f"accepted={SHIFT}, duplicate=0, rejected=0" in told, told
            port = re.search(r"started on port (\d+)", told)
            assert port, told
            tell(int(port[1]), {"eventId": "one-more", "rider": LICENCES[0]}, expected=202)
            tell(int(port[1]), {"eventId": "wrong", "rider": "13812345678"}, expected=400)
            service.send_signal(signal.SIGTERM)
            rest = service.communicate(timeout=60)[0]
        finally:
            service.kill()
            service.wait()
            service.stdout.close()
    assert f"closed: Totals[accepted={SHIFT + 1}, duplicate=0, rejected=0]" in rest, rest


def tell(port: int, event: dict[str, str], *, expected: int) -> None:
    """Tell the service what happened to an order."""
    at = datetime.fromtimestamp(system_clock() / 1_000, UTC) - timedelta(minutes=1)
    body = {"orderId": "o-1", "at": at.isoformat(), "kind": "ACCEPTED", "areaCode": "130203"} | event
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/order-events",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            status = response.status
    except urllib.error.HTTPError as error:
        status = error.code
        error.close()
    assert status == expected
