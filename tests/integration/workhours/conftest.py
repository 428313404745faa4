"""Workhours with the registry and intake, on one socket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.dispatches import at
from tests.support.suite import Suite, intake, running_suite, workhours

NOW_MS = at("23:00", day=1)


@pytest.fixture
def suite(tmp_path: Path) -> Iterator[Suite]:
    """With platforms swift and steady, the city's and two districts' regulators, and a union."""
    with running_suite(tmp_path, intake, workhours, clock=lambda: NOW_MS) as suite:
        suite.platform("swift")
        suite.platform("steady")
        suite.regulator("tangshan")
        suite.regulator("lubei", "130203")
        suite.regulator("lunan", "130202")
        suite.union("city-union")
        yield suite
