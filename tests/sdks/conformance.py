"""The conformance kit against a driver in another language: as a platform's engineer runs both."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from kit.conformance import SCENARIOS, Report, parse
from tests.sdks.conftest import ROOT
from tests.sdks.same_day import Command

OUTAGE_S = 2
KIT_S = 60.0
"""How long the sandbox may take to open on a busy machine, and the report to be written."""
PLAY_S = 240.0
"""How long a driver may take: the script waits for 120 s at most, for a warning."""


def passed_by(command: Command, folder: Path) -> Report:
    """Let a driver, which is told the folder, play what ``quzhong conformance`` asks, and assert that it
    passed; the report."""
    kit = [sys.executable, "-m", "cli.main", "conformance", "--platform", "swift", "--out", str(folder)]
    told = {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'sdk/python/src'}", "QUZHONG_LANG": "en"}
    with subprocess.Popen(
        [*kit, "--outage", str(OUTAGE_S)],
        env=os.environ | told,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        try:
            deadline = time.monotonic() + KIT_S
            while not is_open(folder):
                assert running.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.2)
            driver = subprocess.run([*command, folder], capture_output=True, text=True, timeout=PLAY_S)
            assert driver.returncode == 0, driver.stderr
            said, _ = running.communicate(timeout=KIT_S)
        finally:
            running.kill()
    assert running.returncode == 0, said
    report, _ = parse((folder / "report.json").read_bytes())
    assert report.driver == "integration"
    assert {one.scenario_id for one in report.verdicts if one.passed} == {
        one.scenario_id for one in SCENARIOS
    }
    return report


def is_open(folder: Path) -> bool:
    """Whether the kit has said where it is; it does so once it listens."""
    try:
        return bool(json.loads((folder / "connect.json").read_text("utf-8")))
    except (FileNotFoundError, json.JSONDecodeError):
        return False
