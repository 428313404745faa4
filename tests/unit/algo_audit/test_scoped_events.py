"""What of all events belongs to a scope: its city, its days, and as far back as its orders reach."""

from __future__ import annotations

import numpy as np
import pytest

from services.algo_audit.core.cohort_keys import DAY_MS
from services.algo_audit.core.worker_days import SessionColumns
from services.algo_audit.ports import Mark, Scope
from services.algo_audit.scoped_events import in_area, sessions_within, since

START_MS = 1_773_590_400_000
"""2026-03-16 00:00 in Shanghai."""


@pytest.mark.parametrize(
    ("code", "inside"),
    [
        ("130203", [130203]),
        ("130200", [130200, 130203, 130281]),
        ("130000", [130102, 130200, 130203, 130281]),
    ],
)
def test_an_area_includes_what_lies_within_it(code: str, inside: list[int]) -> None:
    areas = np.array([0, 110105, 130102, 130200, 130203, 130281])
    assert areas[in_area(areas, code)].tolist() == inside


def test_of_a_county_the_sessions_of_its_whole_city_are_measured_and_of_no_other() -> None:
    areas = np.array([130203, 130102, 130281, 0])
    zeros = np.zeros(4, np.int64)
    sessions = SessionColumns(zeros, zeros, areas, zeros, np.ones(4, np.int8), zeros)
    scope = Scope("online_hours", "130203", None, None)
    assert sessions_within(sessions, scope).area.tolist() == [130203, 130281]


def test_events_are_asked_for_from_two_days_before_the_start() -> None:
    mark = Mark(0, {}, [])
    asked = since(Scope("delivery_time", "130200", START_MS, None), mark)
    assert asked == (START_MS - 2 * DAY_MS, mark)
    assert since(Scope("delivery_time", "130200", None, START_MS), None) is None
