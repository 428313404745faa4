"""The Go client when the suite is killed in the middle of its stream."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sdks.outage import outlived


@pytest.mark.timeout(900)
def test_a_killed_suite_costs_no_event_and_doubles_none(go_programs: Path, tmp_path: Path) -> None:
    outlived([go_programs / "scriptedday"], tmp_path)
