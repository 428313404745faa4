"""Which rows are rejected, and with which reason and field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.core.checks import IDENTIFIER, PSEUDONYM, RANGES, Limits, check
from services.intake.core.rows import NOT_STATED, Rows
from tests.unit.intake.row_makers import LIMITS, NOW_MS, rows

MAX_64 = 2**63 - 1


def test_good_rows_have_no_fault() -> None:
    assert check(rows(200), LIMITS) == []


def test_no_rows_have_no_fault() -> None:
    assert check(rows(0), LIMITS) == []


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("event_id", "", "MISSING"),
        ("event_id", "x" * 65, "MALFORMED"),
        ("event_id", "with space", "MALFORMED"),
        ("event_id", "two\nlines", "MALFORMED"),
        ("event_id", "nul\0", "MALFORMED"),
        ("event_id", "é", "MALFORMED"),
        ("event_id", "order-13812345678", "LOOKS_LIKE_PHONE"),
        ("worker_id", "", "MISSING"),
        ("worker_id", "short", "MALFORMED"),
        ("worker_id", "pseudonym/0123456789", "MALFORMED"),
        ("worker_id", "11010519491231002X", "LOOKS_LIKE_NATIONAL_ID"),
        ("worker_id", "王小明", "LOOKS_LIKE_NAME"),
        ("order_id", "", "MISSING"),
        ("order_id", "张三的外卖", "LOOKS_LIKE_NAME"),
        ("order_id", "+8613812345678", "LOOKS_LIKE_PHONE"),
        ("event_time", 0, "MISSING"),
        ("event_time", NOW_MS // 1000, "EVENT_TIME_TOO_EARLY"),
        ("event_time", -MAX_64, "EVENT_TIME_TOO_EARLY"),
        ("event_time", NOW_MS + 300_001, "EVENT_TIME_IN_FUTURE"),
        ("event_time", MAX_64, "EVENT_TIME_IN_FUTURE"),
        ("area_code", "", "MISSING"),
        ("area_code", "999999", "AREA_UNKNOWN"),
        ("kind", 0, "MISSING"),
        ("kind", 8, "UNKNOWN_VALUE"),
        ("kind", -1, "UNKNOWN_VALUE"),
        ("service", 4, "UNKNOWN_VALUE"),
        ("vehicle", 2**31 - 1, "UNKNOWN_VALUE"),
        ("weather", 5, "UNKNOWN_VALUE"),
        ("employment_form", 4, "UNKNOWN_VALUE"),
        ("tenure_band", 5, "UNKNOWN_VALUE"),
        ("partner_firm_id", "x" * 65, "MALFORMED"),
        ("partner_firm_id", "firm/07", "MALFORMED"),
        ("partner_firm_id", "two\nlines", "MALFORMED"),
        ("partner_firm_id", "顺达", "LOOKS_LIKE_NAME"),
        ("partner_firm_id", "13812345678", "LOOKS_LIKE_PHONE"),
        ("partner_firm_id", "11010519491231002X", "LOOKS_LIKE_NATIONAL_ID"),
        ("distance_m", 500_001, "OUT_OF_RANGE"),
        ("promised_duration", 999, "OUT_OF_RANGE"),
        ("promised_duration", -2, "OUT_OF_RANGE"),
        ("estimated_duration", 86_400_001, "OUT_OF_RANGE"),
        ("pay_fen", 10_000_001, "OUT_OF_RANGE"),
        ("commission_fen", 2**32 - 1, "OUT_OF_RANGE"),
        ("penalty_fen", 2**31, "OUT_OF_RANGE"),
        ("statutory_holiday", 2, "OUT_OF_RANGE"),
    ],
)
def test_a_bad_value_rejects_its_row_and_no_other(field: str, value: Any, reason: str) -> None:
    (fault,) = check(rows(50, **{field: {17: value}}), LIMITS)
    assert (fault.row, fault.field, fault.reason) == (17, field, reason)
    assert fault.message.startswith(field)
    assert fault.zh.startswith(field)


@pytest.mark.parametrize("field", ["service", "vehicle", "weather", "employment_form", "tenure_band"])
def test_what_is_not_specified_is_no_fault(field: str) -> None:
    assert check(rows(3, **{field: {1: 0}}), LIMITS) == []


@pytest.mark.parametrize("field", RANGES)
def test_an_optional_quantity_may_be_absent_and_its_bounds_belong_to_it(field: str) -> None:
    least, most = RANGES[field].least, RANGES[field].most
    assert check(rows(4, **{field: {0: NOT_STATED, 1: least, 2: most}}), LIMITS) == []


@pytest.mark.parametrize("field", RANGES)
def test_a_quantity_beyond_its_bounds_is_told_with_unit_bounds_and_way_out(field: str) -> None:
    beyond = RANGES[field].most + 1
    (fault,) = check(rows(1, **{field: {0: beyond}}), LIMITS)
    assert f"{field}: {beyond} is outside" in fault.message
    assert f"{field}：{beyond} 超出 {RANGES[field].least}–{RANGES[field].most}（" in fault.zh
    assert fault.zh.endswith("；未知时请留空")


def test_what_looks_like_personal_data_is_named_in_neither_language() -> None:
    (fault,) = check(rows(1, area_code={0: "13800138000"}), LIMITS)
    assert "13800138000" not in fault.message + fault.zh
    assert fault.zh.startswith("area_code：（疑似个人信息，不予显示）不在")


def test_a_complaint_is_taken() -> None:
    assert check(rows(2, kind={1: 7}), LIMITS) == []


def test_every_group_of_the_contract_is_taken() -> None:
    firms = {1: "f", 2: "Firm.07_a-B", 3: "x" * 64}
    forms, bands = {row: row for row in range(4)}, {row: row for row in range(5)}
    good = rows(5, partner_firm_id=firms, employment_form=forms, tenure_band=bands)
    assert check(good, LIMITS) == []


def test_a_clock_may_be_ahead_by_exactly_the_allowed_skew() -> None:
    assert check(rows(1, event_time={0: NOW_MS + 300_000}), LIMITS) == []


def test_a_row_is_told_its_first_fault_in_the_order_of_the_fields() -> None:
    bad = rows(3, event_id={1: ""}, area_code={1: "x"}, kind={1: 0, 2: 0}, pay_fen={2: -5})
    assert [(fault.row, fault.field) for fault in check(bad, LIMITS)] == [(1, "event_id"), (2, "kind")]


def test_an_id_with_a_line_feed_does_not_shift_the_faults_of_others() -> None:
    bad = rows(6, event_id={1: "a\nb", 3: "13812345678"}, order_id={4: "13912345678"})
    assert [(fault.row, fault.field, fault.reason) for fault in check(bad, LIMITS)] == [
        (1, "event_id", "MALFORMED"),
        (3, "event_id", "LOOKS_LIKE_PHONE"),
        (4, "order_id", "LOOKS_LIKE_PHONE"),
    ]


@pytest.mark.parametrize("field", ["event_id", "worker_id", "order_id", "area_code", "partner_firm_id"])
@pytest.mark.parametrize("value", ["13812345678", "11010519491231002X", "王小明"])
def test_no_message_repeats_what_may_be_personal(field: str, value: str) -> None:
    (fault,) = check(rows(1, **{field: {0: value}}), LIMITS)
    assert value not in fault.message
    assert value not in fault.zh


def test_a_version_counts_up_to_65534() -> None:
    (fault,) = check(rows(3, version={0: 1, 1: 65_534, 2: 65_535}), LIMITS)
    assert (fault.row, fault.field, fault.reason) == (2, "version", "OUT_OF_RANGE")
    assert "65535" in fault.message


def test_what_was_never_said_cannot_be_deleted() -> None:
    (fault,) = check(rows(2, version={1: 1}, deleted={0: 1, 1: 1}), LIMITS)
    assert (fault.row, fault.field, fault.reason) == (0, "deleted", "DELETED_AT_FIRST")


def test_work_sessions_have_no_order_to_check() -> None:
    some = rows(2)
    sessions = Rows(
        event_ids=some.event_ids,
        worker_ids=some.worker_ids,
        order_ids=None,
        area_codes=some.area_codes,
        event_time_ms=some.event_time_ms,
        choices={"kind": np.array([1, 9]), "vehicle": np.array([0, 0])},
        numbers={},
        version=some.version,
        deleted=some.deleted,
    )
    (fault,) = check(sessions, LIMITS)
    assert (fault.row, fault.field, fault.reason) == (1, "kind", "UNKNOWN_VALUE")


TEXTS = st.text(max_size=20) | st.from_regex(r"[!-~]{1,64}", fullmatch=True)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "event_id": TEXTS,
    "worker_id": st.from_regex(r"[A-Za-z0-9_-]{16,64}", fullmatch=True) | TEXTS,
    "order_id": TEXTS,
    "area_code": st.sampled_from(["130202", "130203", "", "130299"]),
    "event_time": st.integers(-MAX_64, MAX_64) | st.integers(NOW_MS - 10**10, NOW_MS + 400_000),
    "kind": st.integers(-1, 8),
    "weather": st.integers(0, 6),
    "employment_form": st.integers(0, 5),
    "tenure_band": st.integers(0, 6),
    "partner_firm_id": st.just("") | st.sampled_from(["firm-07", "firm 07", "13812345678"]) | TEXTS,
    "distance_m": st.integers(NOT_STATED, 2**32),
    "promised_duration": st.integers(-5, 10**8),
    "version": st.integers(0, 2) | st.integers(65_534, 2**32 - 1),
    "deleted": st.integers(0, 1),
}


@given(st.data(), st.integers(1, 8))
def test_columns_find_what_looking_at_single_rows_finds(data: st.DataObject, count: int) -> None:
    changed = {
        field: data.draw(st.dictionaries(st.integers(0, count - 1), values), label=field)
        for field, values in FIELDS.items()
    }
    together = check(rows(count, **changed), LIMITS)
    alone = []
    for row in range(count):
        one = {field: {0: values[row]} for field, values in changed.items() if row in values}
        alone += [(row, fault.field, fault.reason) for fault in check(rows(1, **one), LIMITS)]
    assert [(fault.row, fault.field, fault.reason) for fault in together] == alone


@given(st.text(max_size=70))
def test_a_text_that_passes_has_the_declared_form(value: str) -> None:
    for field, form in (("event_id", IDENTIFIER), ("worker_id", PSEUDONYM)):
        faults = check(rows(1, **{field: {0: value}}), LIMITS)
        assert bool(faults) or form.fits(value)


ERASED, OTHER = "pseudonym-erased-0001", "pseudonym-other-00001"


def erased_limits(erase_ms: int = NOW_MS - 60_000) -> Limits:
    return replace(LIMITS, erased_ms={ERASED: erase_ms})


def test_rows_of_an_erased_worker_from_before_are_rejected_and_later_ones_are_not() -> None:
    erase_ms = NOW_MS - 60_000
    sent = rows(
        4,
        worker_id={0: ERASED, 1: ERASED, 2: ERASED, 3: OTHER},
        event_time={0: erase_ms - 1, 1: erase_ms, 2: 1, 3: erase_ms - 1},
    )
    faults = check(sent, erased_limits(erase_ms))
    assert [(fault.row, fault.field, fault.reason) for fault in faults] == [
        (0, "worker_id", "WORKER_ERASED"),
        (2, "worker_id", "WORKER_ERASED"),
    ]
    assert "2026-03-16T02:59:00Z" in faults[0].message
    assert "2026-03-16T02:59:00Z" in faults[0].zh


def test_nothing_else_is_said_of_an_erased_workers_row() -> None:
    """Whatever is wrong with it would keep the row in a dead letter, and values of it in messages."""
    sent = rows(
        1,
        worker_id={0: ERASED},
        event_time={0: 0},
        event_id={0: "not an id"},
        area_code={0: "999999"},
        version={0: MAX_64},
    )
    (fault,) = check(sent, erased_limits())
    assert fault.reason == "WORKER_ERASED"
    for text in (fault.message, fault.zh):
        assert ERASED not in text
        assert "not an id" not in text
