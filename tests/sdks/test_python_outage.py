"""The Python client when the suite is killed in the middle of its stream."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.sdks.outage import outlived


@pytest.mark.timeout(900)
def test_a_killed_suite_costs_no_event_and_doubles_none(with_sdks: None, tmp_path: Path) -> None:
    outlived([sys.executable, "-m", "tests.sdks.python_day"], tmp_path)
