"""The Java client when the suite is killed in the middle of its stream."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sdks.outage import QUEUE_ROWS, outlived


@pytest.mark.timeout(1_800)
def test_a_killed_suite_costs_no_event_and_doubles_none(java_day: list[str], tmp_path: Path) -> None:
    said = outlived(java_day, tmp_path)
    held = re.search(r"at most (\d+) rows were held", said)
    assert held
    assert int(held[1]) <= QUEUE_ROWS
