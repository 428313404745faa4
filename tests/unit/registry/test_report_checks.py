"""What the checks find in a report, against a plain restatement of each of them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quzhong.api.registry.v1 import reports_pb2 as pb
from services.registry.core.report_checks import CheckSeverity, Tolerance, check_report
from services.registry.core.report_figures import BY_NAME, FIGURES
from services.registry.core.reports import ReportState
from services.registry.reports.messages import figures_message, figures_of
from services.registry.reports.reading import DueState

TOLERANCE = Tolerance(change_factor=1.5, least_compared=50, seen_share=0.95)

SOUND: dict[str, int] = {
    "workers_labour_relation": 100,
    "workers_partial_relation": 700,
    "workers_autonomous": 200,
    "workers_total": 1_000,
    "workers_in_quarter": 1_200,
    "labour_contracts": 100,
    "written_agreements": 700,
    "insured_employee_pension": 100,
    "insured_employee_medical": 100,
    "insured_resident_pension": 50,
    "insured_resident_medical": 60,
    "insured_work_injury": 100,
    "insured_occupational_injury": 900,
    "insured_commercial": 800,
    "injuries": 5,
    "injuries_fatal": 1,
    "injuries_covered": 5,
    "training_sessions": 4,
    "training_attendances": 900,
    "pay_paid_fen": 1_800_000_000,
    "pay_overdue_fen": 0,
    "workers_with_overdue_pay": 0,
}


def found(
    change: Mapping[str, int | None] | None = None,
    *,
    explanations: Mapping[str, str] | None = None,
    previous: Mapping[str, int] | None = None,
    seen: int | None = None,
) -> dict[str, CheckSeverity]:
    figures = {name: value for name, value in {**SOUND, **(change or {})}.items() if value is not None}
    checks = check_report(
        figures, explanations or {}, previous=previous, seen_workers=seen, tolerance=TOLERANCE
    )
    return {check.check_id: check.severity for check in checks}


ERROR, WARNING = CheckSeverity.ERROR, CheckSeverity.WARNING


def test_a_sound_report_has_nothing_to_say() -> None:
    assert found(previous=SOUND, seen=1_200) == {}


def test_the_table_of_figures_is_the_contracts_message() -> None:
    assert [figure.name for figure in FIGURES] == [
        field.name for field in pb.EmploymentFigures.DESCRIPTOR.fields
    ]


def test_the_core_repeats_the_contracts_enumerations() -> None:
    for core, contract, prefix in (
        (CheckSeverity, pb.CheckSeverity, "CHECK_SEVERITY_"),
        (ReportState, pb.ReportState, "REPORT_STATE_"),
        (DueState, pb.DueState, "DUE_STATE_"),
    ):
        known = {name: number for name, number in contract.items() if number}
        assert {prefix + one.name: int(one) for one in core} == known


@given(st.dictionaries(st.sampled_from(sorted(BY_NAME)), st.integers(-(2**62), 2**62)))
def test_figures_go_through_the_contract_unchanged_and_what_is_missing_stays_missing(
    figures: dict[str, int],
) -> None:
    assert figures_of(figures_message(figures)) == figures


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"injuries": None}, {"injuries.missing": ERROR}),
        ({"training_sessions": -1}, {"training_sessions.out_of_range": ERROR}),
        ({"insured_commercial": 60_000_000}, {"insured_commercial.out_of_range": ERROR}),
        ({"workers_total": 1_001}, {"workers_total.sum": ERROR}),
        ({"workers_in_quarter": 999}, {"workers_total.exceeds": ERROR}),
        ({"injuries_fatal": 6}, {"injuries_fatal.exceeds": ERROR}),
        ({"workers_with_overdue_pay": 3}, {"workers_with_overdue_pay.without": ERROR}),
        (
            {"pay_overdue_fen": 100},
            {"pay_overdue_fen.without": ERROR, "pay_overdue_fen.overdue": WARNING},
        ),
        ({"pay_overdue_fen": 100, "workers_with_overdue_pay": 1}, {"pay_overdue_fen.overdue": WARNING}),
        (
            {"training_sessions": 0},
            {"training_attendances.without": ERROR, "training_sessions.none_held": WARNING},
        ),
        ({"labour_contracts": 99}, {"labour_contracts.short": WARNING}),
        ({"written_agreements": 0}, {"written_agreements.short": WARNING}),
        ({"insured_employee_medical": 99}, {"insured_employee_medical.short": WARNING}),
        ({"injuries_covered": 4}, {"injuries_covered.short": WARNING}),
    ],
)
def test_each_check_is_found_and_alone(
    change: dict[str, int | None], expected: dict[str, CheckSeverity]
) -> None:
    assert found(change) == expected


def test_a_figure_that_is_wrong_by_itself_is_not_held_against_others() -> None:
    assert found({"workers_total": -1}, previous=SOUND) == {"workers_total.out_of_range": ERROR}


COUNTS = st.integers(0, 200)


@given(COUNTS, COUNTS)
def test_a_leap_is_what_exceeds_the_factor_either_way(before: int, now: int) -> None:
    change = {"workers_autonomous": now, "workers_total": 800 + now}
    checks = found(change, previous={"workers_autonomous": before})
    grew, shrank = now > before * 1.5, before > now * 1.5
    counts = before >= 50 or now >= 50
    assert ("workers_autonomous.previous_quarter" in checks) == (counts and (grew or shrank))


@given(st.integers(0, 3_000))
def test_fewer_workers_than_were_seen_ask_for_an_explanation(seen: int) -> None:
    assert ("workers_in_quarter.seen" in found(seen=seen)) == (0.95 * seen > 1_200)


PARTS = ("workers_labour_relation", "workers_partial_relation", "workers_autonomous")


@given(st.dictionaries(st.sampled_from([*PARTS, "workers_total", "workers_in_quarter"]), st.integers(0, 60)))
def test_sums_and_parts_by_brute_force(change: dict[str, int]) -> None:
    figures = {**dict.fromkeys(SOUND, 0), **change}
    checks = check_report(figures, {}, previous=None, seen_workers=None, tolerance=TOLERANCE)
    errors = {check.check_id for check in checks if check.severity is ERROR}
    expected = set()
    if figures["workers_total"] != sum(figures[name] for name in PARTS):
        expected.add("workers_total.sum")
    if figures["workers_total"] > figures["workers_in_quarter"]:
        expected.add("workers_total.exceeds")
    assert errors == expected


@given(st.dictionaries(st.sampled_from(sorted(BY_NAME)), st.integers(-5, 10**19)), st.integers(0, 100))
def test_no_figures_make_a_check_fall(figures: dict[str, int], seen: int) -> None:
    checks = check_report(figures, {}, previous=figures, seen_workers=seen, tolerance=TOLERANCE)
    assert len({check.check_id for check in checks}) == len(checks)
    assert [check.severity for check in checks] == sorted((check.severity for check in checks), reverse=True)


def test_an_explanation_lifts_a_warning_and_no_error() -> None:
    change = {"labour_contracts": 99, "injuries_fatal": 6}
    told = {"labour_contracts.short": " 补签中 ", "injuries_fatal.exceeds": "不会错"}
    figures = SOUND | change
    checks = check_report(figures, told, previous=None, seen_workers=None, tolerance=TOLERANCE)
    assert [(check.check_id, check.blocks, check.explanation) for check in checks] == [
        ("injuries_fatal.exceeds", True, "不会错"),
        ("labour_contracts.short", False, "补签中"),
    ]


def test_money_is_told_in_yuan_as_the_form_has_it() -> None:
    figures = SOUND | {"pay_overdue_fen": 123_450, "workers_with_overdue_pay": 3}
    previous = {"pay_paid_fen": 600_000_050}
    checks = check_report(figures, {}, previous=previous, seen_workers=None, tolerance=TOLERANCE)
    texts = {check.check_id: (check.zh, check.en) for check in checks}
    overdue, leap = texts["pay_overdue_fen.overdue"], texts["pay_paid_fen.previous_quarter"]
    assert "1234.50 元" in overdue[0]
    assert "1234.50 yuan" in overdue[1]
    assert "由上季 6000000.50 变为 18000000.00 元" in leap[0]
    assert "from 6000000.50 to 18000000.00 yuan" in leap[1]
