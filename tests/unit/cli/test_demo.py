"""When the demo is, which period it audits, and what it calls the floor."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from cli import demo_page
from cli.demo import audit_request, demo_clock
from kit.clock import system_clock
from services.algo_audit.core import pack_standing
from services.algo_audit.core.public_periods import Partition
from services.algo_audit.ports import Figures, Mark, Scope
from services.algo_audit.public_calendar import PublicCalendar, Told
from simulator import CityParameters, simulate


class NothingTold:
    """``ToldBook``."""

    def agrees(self, telling: Told) -> bool:
        return True

    def tell(self, telling: Told) -> bool:
        return True

    def mark(self, metric_id: str, city: str, start_ms: int) -> Mark | None:
        return None


@pytest.mark.parametrize("day", [dt.date(2026, 3, 16), dt.date(2024, 2, 29), dt.date(2025, 12, 31)])
def test_the_audit_is_of_a_period_that_a_union_may_be_told_of(day: dt.date) -> None:
    city = simulate(CityParameters(workers=30, date=day))
    request = audit_request(city)
    period = request.period_start_time.ToMilliseconds(), request.period_end_time.ToMilliseconds()
    assert period[0] <= int(city.dispatches.time_ms.min()) < period[1]
    calendar = PublicCalendar(Partition.MONTH, NothingTold(), demo_clock(city))
    calendar.check(Scope(request.metric_id, request.area_code, *period))
    assert calendar.shows(Figures(request.metric_id, request.area_code, period, "any"))


def test_the_clock_of_a_day_that_is_to_come_goes_on() -> None:
    city = simulate(CityParameters(workers=30, date=dt.date(2090, 1, 2)))
    clock = demo_clock(city)
    first = clock()
    assert first >= int(city.dispatches.time_ms.max()) > system_clock()
    time.sleep(0.02)
    assert clock() >= first + 20


def test_the_clock_of_a_day_that_is_over_is_the_present() -> None:
    clock = demo_clock(simulate(CityParameters(workers=30)))
    assert abs(clock() - system_clock()) < 5_000


def test_the_floor_of_feasibility_has_the_glossarys_name_everywhere() -> None:
    glossary = (Path(__file__).parents[3] / "docs" / "glossary.md").read_text("utf-8")
    (row,) = [line for line in glossary.splitlines() if "| floor of feasibility |" in line]
    term = row.split("|")[1].split("</a>")[-1].strip()
    assert term in demo_page.BELOW_FLOOR[0]
    assert term in pack_standing.BELOW_FLOOR.zh
    columns = pack_standing.judged_columns("min", pack_standing.BELOW_FLOOR)
    assert {column.title.zh for column in columns if column.name == "floor"} == {term}
