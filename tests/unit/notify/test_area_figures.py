"""Area figures: each area counts all that lies in it, platforms are added up, few are no rate."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.security.sight import containing
from services.notify.core.area_figures import OfWorker, area_figures, first_day
from services.notify.core.period_report import Active, Scope

LAST = date(2026, 3, 22)
EVERYWHERE = Scope(("",))
CITY = Scope(("1302",))
CODES = ("130202", "130203", "130304")
PLATFORMS = ("swift", "steady")

found_of = st.lists(
    st.builds(
        OfWorker,
        st.sampled_from(PLATFORMS),
        st.sampled_from(CODES),
        st.sampled_from([f"w{number}" for number in range(6)]),
        st.integers(1, 4),
    ),
    max_size=20,
)
active_on = st.lists(
    st.builds(
        Active,
        st.sampled_from(PLATFORMS),
        st.sampled_from(CODES),
        st.integers(0, 6).map(lambda back: LAST - timedelta(days=back)),
        st.integers(0, 30),
    ),
    max_size=20,
)


def test_window_is_seven_days() -> None:
    assert first_day(LAST) == date(2026, 3, 16)


def test_city_counts_its_counties_and_each_platform_by_itself() -> None:
    found = [
        OfWorker("swift", "130203", "a", 2),
        OfWorker("swift", "130202", "a", 1),
        OfWorker("steady", "130202", "a", 1),
    ]
    active = [
        Active("swift", "130203", LAST, 40),
        Active("swift", "130202", LAST - timedelta(days=1), 60),
        Active("swift", "130203", LAST - timedelta(days=1), 10),
        Active("steady", "130202", LAST, 30),
    ]
    rows = {each.area_code: each for each in area_figures(CITY, found, active, {"130203": 2}, containing)}
    assert list(rows) == ["130200", "130202", "130203"]  # Hebei lies only in part within the scope
    city = rows["130200"]
    assert (city.findings, city.workers, city.active, city.open_cases) == (4, 2, 70 + 30, 2)
    assert city.rate_per_thousand == pytest.approx(20.0)
    assert rows["130203"].rate_per_thousand == pytest.approx(25.0)


def test_fewer_than_ten_active_and_nobody_on_record_give_no_rate() -> None:
    found = [OfWorker("swift", "130203", "a", 1), OfWorker("swift", "130202", "b", 1)]
    active = [Active("swift", "130203", LAST, 9)]
    rows = {each.area_code: each for each in area_figures(CITY, found, active, {}, containing)}
    assert rows["130203"].rate_per_thousand is None
    assert (rows["130202"].active, rows["130202"].rate_per_thousand) == (0, None)


def test_only_what_the_scope_shows_is_counted() -> None:
    found = [OfWorker("swift", "130203", "a", 1), OfWorker("steady", "130203", "b", 1)]
    scope = Scope(("1302",), frozenset({"steady"}))
    (city, _) = area_figures(scope, found, [], {"130203": 3, "130304": 1}, containing)
    assert (city.findings, city.open_cases) == (1, 3)


@given(found_of, active_on)
def test_agrees_with_counting_out_area_by_area(found: list[OfWorker], active: list[Active]) -> None:
    for row in area_figures(EVERYWHERE, found, active, {}, containing):
        inside = row.area_code.rstrip("0") if row.area_code.endswith("00") else row.area_code
        workers = at_work = 0
        for platform in PLATFORMS:
            own = {
                each.worker_id
                for each in found
                if each.platform_id == platform and each.area_code.startswith(inside)
            }
            by_day = [
                sum(
                    each.workers
                    for each in active
                    if each.platform_id == platform
                    and each.area_code.startswith(inside)
                    and each.day == LAST - timedelta(days=back)
                )
                for back in range(7)
            ]
            workers += len(own)
            at_work += max(max(by_day), len(own)) if max(by_day) else 0
        assert (row.workers, row.active) == (workers, at_work)
        assert row.findings == sum(each.findings for each in found if each.area_code.startswith(inside))
        if row.rate_per_thousand is not None and workers <= at_work:
            assert 0 <= row.rate_per_thousand <= 1000
