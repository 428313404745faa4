"""The figures of a period, against a plain count, and what of them is told to whoever sees aggregates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notify.core.findings import SHANGHAI, Place
from services.notify.core.period import Period, parse_period
from services.notify.core.period_report import Active, Counted, Row, Scope, rows_of, told_of
from services.notify.core.period_steps import Cell, Steps, Taken
from services.notify.core.transitions import CaseState

MARCH, Q1 = parse_period("2026-03"), parse_period("2026-Q1")
EVERYWHERE = Scope(("",))
RULE, OTHER = "cn.continuous-work", "algo-audit.strictest"
LUBEI, LUNAN = "130203", "130202"


def prefixes(area_code: str) -> Sequence[str]:
    return area_code, area_code[:4], area_code[:2], ""


def found(
    workers: int,
    *,
    first: int = 0,
    area: str = LUBEI,
    platform: str = "swift",
    rule: str = RULE,
    month: str = "2026-03",
) -> list[Counted]:
    """Two findings of each worker."""
    cell = Cell(area, platform, rule)
    return [Counted(month, cell, f"w{first + each}", 2) for each in range(workers)]


def ms(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI).timestamp() * 1000)


def step(
    day: date, from_state: CaseState, to_state: CaseState, *, openings: int = 1, platform: str = "swift"
) -> Taken:
    return Taken("case-1", openings, Place(platform, RULE, LUBEI), from_state, to_state, ms(day))


def told_rows(
    counted: Collection[Counted], period: Period = MARCH, scope: Scope = EVERYWHERE
) -> dict[Cell, Row]:
    rows = rows_of(period, scope, counted, [], [], told_of(period, counted, prefixes))
    return {row.cell: row for row in rows}


def test_workers_of_a_total_are_distinct_and_findings_add_up() -> None:
    counted = [*found(12), *found(12, first=6, area=LUNAN)]
    rows = {row.cell: row for row in rows_of(MARCH, EVERYWHERE, counted, [], [])}
    assert (rows[Cell()].findings, rows[Cell()].workers) == (48, 18)
    assert (rows[Cell(area_code=LUBEI)].findings, rows[Cell(area_code=LUBEI)].workers) == (24, 12)
    assert rows[Cell(platform_id="swift")].workers == 18


def test_rows_come_whole_first_then_areas_platforms_rules_cells() -> None:
    rows = rows_of(MARCH, EVERYWHERE, [*found(1), *found(1, area=LUNAN, platform="calm")], [], [])
    assert [row.cell for row in rows] == [
        Cell(),
        Cell(area_code=LUNAN),
        Cell(area_code=LUBEI),
        Cell(platform_id="calm"),
        Cell(platform_id="swift"),
        Cell(rule_id=RULE),
        Cell(LUNAN, "calm", RULE),
        Cell(LUBEI, "swift", RULE),
    ]


def test_rate_is_of_one_platform_and_of_the_day_with_most_at_work() -> None:
    active = [
        Active("swift", LUBEI, date(2026, 3, 2), 300),
        Active("swift", LUNAN, date(2026, 3, 2), 100),
        Active("swift", LUBEI, date(2026, 3, 3), 350),
        Active("swift", LUBEI, date(2026, 4, 1), 9_000),  # another month
    ]
    rows = {row.cell: row for row in rows_of(MARCH, EVERYWHERE, found(7), active, [])}
    assert rows[Cell(LUBEI, "swift", RULE)].rate_per_thousand == pytest.approx(20.0)
    assert rows[Cell(platform_id="swift")].rate_per_thousand == pytest.approx(17.5)
    assert rows[Cell()].rate_per_thousand is None
    assert rows[Cell(area_code=LUBEI)].rate_per_thousand is None


def test_a_platform_that_asks_reads_its_own_rows_and_no_total_over_platforms() -> None:
    counted = [*found(12), *found(12, platform="calm")]
    rows = rows_of(MARCH, Scope(("",), frozenset({"swift"})), counted, [], [])
    assert {row.cell.platform_id for row in rows} == {"swift"}


def test_a_county_reads_what_lies_in_it() -> None:
    counted = [*found(12), *found(15, first=100, area=LUNAN)]
    rows = {row.cell: row for row in rows_of(MARCH, Scope((LUNAN,)), counted, [], [])}
    assert rows[Cell()].workers == 15
    assert not [cell for cell in rows if cell.area_code == LUBEI]


def test_steps_of_a_case_are_counted_in_the_period_they_were_taken_in() -> None:
    taken = [
        step(date(2026, 2, 27), CaseState.NEW, CaseState.OPEN),
        step(date(2026, 3, 2), CaseState.OPEN, CaseState.WARNED),
        step(date(2026, 3, 10), CaseState.WARNED, CaseState.SUMMONS_PROPOSED),
        step(date(2026, 3, 11), CaseState.SUMMONS_PROPOSED, CaseState.SUMMONS_APPROVED),
        step(date(2026, 3, 12), CaseState.SUMMONS_APPROVED, CaseState.SUMMONS_SCHEDULED),
        step(date(2026, 3, 13), CaseState.SUMMONS_SCHEDULED, CaseState.SUMMONS_SCHEDULED),  # moved
        step(date(2026, 3, 20), CaseState.SUMMONS_SCHEDULED, CaseState.TALK_HELD),
        step(date(2026, 3, 21), CaseState.TALK_HELD, CaseState.RECTIFYING),
        step(date(2026, 3, 22), CaseState.RECTIFYING, CaseState.RECTIFYING),  # extended
        step(date(2026, 4, 20), CaseState.RECTIFYING, CaseState.RECHECKING),
        step(date(2026, 4, 28), CaseState.RECHECKING, CaseState.CLOSED),
    ]
    march = rows_of(MARCH, EVERYWHERE, [], [], taken)[0].steps
    assert march == Steps(warnings=1, summonses=1, orders=1)
    april = rows_of(parse_period("2026-04"), EVERYWHERE, [], [], taken)[0].steps
    assert april == Steps(closed=1)


def test_warning_of_march_answered_in_time_in_april_counts_for_march() -> None:
    taken = [
        step(date(2026, 3, 31), CaseState.OPEN, CaseState.WARNED),
        step(date(2026, 4, 2), CaseState.WARNED, CaseState.ANSWERED),
    ]
    assert rows_of(MARCH, EVERYWHERE, [], [], taken)[0].steps == Steps(warnings=1, answered_in_time=1)
    assert rows_of(parse_period("2026-04"), EVERYWHERE, [], [], taken)[0].steps == Steps()


def test_answer_after_a_summons_was_proposed_is_not_in_time() -> None:
    taken = [
        step(date(2026, 3, 2), CaseState.OPEN, CaseState.WARNED),
        step(date(2026, 3, 10), CaseState.WARNED, CaseState.SUMMONS_PROPOSED),
        step(date(2026, 3, 11), CaseState.SUMMONS_PROPOSED, CaseState.WARNED),
        step(date(2026, 3, 12), CaseState.WARNED, CaseState.ANSWERED),
    ]
    assert rows_of(MARCH, EVERYWHERE, [], [], taken)[0].steps == Steps(warnings=1)


def test_small_cell_is_withheld_and_another_with_it_so_that_no_total_gives_it_away() -> None:
    rows = told_rows([*found(4), *found(30, first=100, area=LUNAN), *found(20, first=200, platform="calm")])
    hidden = {cell for cell, row in rows.items() if row.findings is None}
    assert Cell(LUBEI, "swift", RULE) in hidden
    assert len(hidden & {Cell(LUNAN, "swift", RULE), Cell(LUBEI, "calm", RULE)}) >= 1
    assert all(row.workers is None for row in rows.values() if row.findings is None)


def test_workers_of_totals_are_told_in_tens() -> None:
    rows = told_rows([*found(12), *found(13, first=6, area=LUNAN)])
    assert rows[Cell(LUBEI, "swift", RULE)].workers == 12
    assert rows[Cell()].workers == 20  # 19


def test_findings_about_standards_concern_no_worker_and_are_told() -> None:
    counted = [Counted("2026-03", Cell(LUBEI, "swift", OTHER), "", 2), *found(30)]
    rows = told_rows(counted)
    assert rows[Cell(LUBEI, "swift", OTHER)].findings == 2
    assert rows[Cell(LUBEI, "swift", OTHER)].workers == 0


def test_quarter_gives_away_no_month_that_was_withheld() -> None:
    counted = [
        *found(30, month="2026-01"),
        *found(4, first=100, month="2026-02"),
        *found(30, first=200, month="2026-03"),
        *found(30, first=300, area=LUNAN, month="2026-02"),
        *found(30, first=400, area=LUNAN, month="2026-01"),
    ]
    months = {
        name: {cell: row.findings for cell, row in told_rows(counted, parse_period(name)).items()}
        for name in ("2026-01", "2026-02", "2026-03")
    }
    cell = Cell(LUBEI, "swift", RULE)
    assert months["2026-02"][cell] is None
    assert months["2026-01"][cell] == months["2026-03"][cell] == 60
    quarter = told_rows(counted, Q1)
    assert quarter[cell].findings is None  # less January and March it would be February's 8


def plain(counted: Collection[Counted], wanted: Cell) -> tuple[int, int]:
    inside = [
        each
        for each in counted
        if each.month in ("2026-01", "2026-02", "2026-03")
        and all(part in ("", own) for part, own in zip(wanted, each.cell, strict=True))
    ]
    return sum(each.findings for each in inside), len({each.worker_id for each in inside} - {""})


counts = st.lists(
    st.builds(
        Counted,
        st.sampled_from(["2026-01", "2026-02", "2026-03", "2026-04"]),
        st.builds(
            Cell,
            st.sampled_from([LUBEI, LUNAN]),
            st.sampled_from(["swift", "calm"]),
            st.sampled_from([RULE, OTHER]),
        ),
        st.sampled_from(["", "a", "b", "c", "d"]),
        st.integers(1, 3),
    ),
    max_size=30,
)


@given(counts)
def test_every_row_is_what_counting_by_hand_gives(counted: list[Counted]) -> None:
    for row in rows_of(Q1, EVERYWHERE, counted, [], []):
        assert (row.findings, row.workers) == plain(counted, row.cell)


@st.composite
def quarters(draw: st.DrawFn) -> list[Counted]:
    counted: list[Counted] = []
    for month, area, platform in product(
        ("2026-01", "2026-02", "2026-03"), (LUBEI, LUNAN), ("swift", "calm")
    ):
        size = draw(st.sampled_from([0, 0, 3, 6, 12, 25]))
        counted += found(size, first=draw(st.integers(0, 20)), area=area, platform=platform, month=month)
    return counted


@settings(max_examples=60, deadline=None)
@given(quarters())
def test_no_report_of_any_area_or_period_lets_a_small_figure_be_had_by_subtraction(
    counted: list[Counted],
) -> None:
    """All that an association may ask for: every month and the quarter, of the city and of each county."""
    told = {
        (period.name, scope.area_prefixes[0], cell): row.findings
        for period in (*Q1.months, Q1)
        for scope in (EVERYWHERE, Scope(("1302",)), Scope((LUBEI,)), Scope((LUNAN,)))
        for cell, row in told_rows(counted, period, scope).items()
    }

    def truth(period: str, prefix: str, cell: Cell) -> tuple[int, int]:
        inside = [
            each
            for each in counted
            if (each.month == period or period == "2026-Q1")
            and each.cell.area_code.startswith(prefix)
            and all(part in ("", own) for part, own in zip(cell, each.cell, strict=True))
        ]
        return sum(each.findings for each in inside), len({each.worker_id for each in inside})

    for (period, prefix, cell), findings in told.items():
        exact, workers = truth(period, prefix, cell)
        assert findings in (None, exact)
        if 0 < workers < 10:
            assert findings is None
    # One unknown left in a sum is no longer unknown: over months, and over platforms of one county.
    for area, platform in product((LUBEI, LUNAN), ("swift", "calm")):
        cell = Cell(area, platform, RULE)
        months = [told.get((month.name, "", cell), 0) for month in Q1.months]
        if told.get(("2026-Q1", "", cell)) is not None and months.count(None) == 1:
            lone = Q1.months[months.index(None)].name
            assert truth(lone, "", cell)[1] >= 10
    for period, area in product([*(month.name for month in Q1.months), "2026-Q1"], (LUBEI, LUNAN)):
        cells = [Cell(area, platform, RULE) for platform in ("swift", "calm")]
        parts = [told.get((period, "", cell), 0) for cell in cells]
        if told.get((period, "", Cell(area_code=area))) is not None and parts.count(None) == 1:
            assert truth(period, "", cells[parts.index(None)])[1] >= 10


@pytest.mark.parametrize("name", ["2026-13", "2026-Q5", "2026", "26-03", "2026-3", "1999-12", "2100-01", ""])
def test_names_of_no_period_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is no month such as 2026-03"):
        parse_period(name)


def test_a_quarter_has_its_three_months_and_whole_days_of_shanghai() -> None:
    assert (Q1.first, Q1.last) == (date(2026, 1, 1), date(2026, 3, 31))
    assert [month.name for month in Q1.months] == ["2026-01", "2026-02", "2026-03"]
    assert datetime.fromtimestamp(Q1.end_ms / 1000, SHANGHAI).isoformat() == "2026-04-01T00:00:00+08:00"
    assert (Q1.title.zh, MARCH.title.zh) == ("2026年第一季度", "2026年3月")
    assert (Q1.title.en, MARCH.title.en) == ("the first quarter of 2026", "March 2026")
