"""The same scripted day, sent by Python and by TypeScript to two copies of one installation."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.sdks.same_day import Day, open_suite, same


@pytest.fixture(autouse=True)
def token_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUZHONG_OAUTH_PORT", "0")


def test_python_and_typescript_give_the_same_events_and_findings(
    typescript_programs: Path, day_by_python: Day, tmp_path: Path
) -> None:
    program = ["node", str(typescript_programs / "programs" / "scripted-day.js")]
    same(day_by_python.by_python, day_by_python.sent_by(program, tmp_path / "typescript"))


def test_the_quick_start_hands_in_its_order(typescript_programs: Path, tmp_path: Path) -> None:
    program = ["node", str(typescript_programs / "examples" / "quickstart.js")]
    with open_suite(tmp_path) as (_, environment):
        done = subprocess.run(program, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"accepted": 2, "duplicate": 0, "rejected": 0}
