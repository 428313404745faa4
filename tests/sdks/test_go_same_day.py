"""The same scripted day, sent by Python and by Go to two copies of one installation."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.sdks.same_day import Day, open_suite, same


@pytest.fixture(autouse=True)
def token_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUZHONG_OAUTH_PORT", "0")


def test_python_and_go_give_the_same_events_and_findings(
    go_programs: Path, day_by_python: Day, tmp_path: Path
) -> None:
    same(day_by_python.by_python, day_by_python.sent_by([go_programs / "scriptedday"], tmp_path / "go"))


def test_the_quick_start_hands_in_its_order(go_programs: Path, tmp_path: Path) -> None:
    with open_suite(tmp_path) as (_, environment):
        done = subprocess.run(
            [go_programs / "quickstart"], env=environment, capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "{Accepted:2 Duplicate:0 Rejected:0}"
