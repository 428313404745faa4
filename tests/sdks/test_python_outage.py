"""The Python client when the suite is killed in the middle of its stream."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.sdks.outage import delivered_by_the_next, outlived


@pytest.mark.timeout(900)
def test_a_killed_suite_costs_no_event_and_doubles_none(with_sdks: None, tmp_path: Path) -> None:
    outlived([sys.executable, "-m", "tests.sdks.python_day"], tmp_path)


@pytest.mark.timeout(900)
def test_what_a_process_that_ends_meanwhile_could_not_deliver_comes_from_the_next(
    with_sdks: None, tmp_path: Path
) -> None:
    delivered_by_the_next([sys.executable, "-m", "tests.sdks.python_ended"], tmp_path)
