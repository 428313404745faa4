"""Rows read as columns say what each row says, whatever it leaves out; and bytes that are no rows."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from google.protobuf.message import DecodeError
from hypothesis import given
from hypothesis import strategies as st

from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2
from services.intake.core.rows import NOT_STATED
from services.intake.merged_rows import MARKER, RowReader, opened_type

MOMENTS = st.none() | st.tuples(st.integers(-(2**40), 2**40), st.integers(-(2**31), 2**31 - 1))
TEXTS = st.text(max_size=5)
COUNTS = st.none() | st.integers(0, 2**32 - 1)
CHOICES = ("kind", "service", "vehicle", "weather", "employment_form", "tenure_band")
ENUMS = st.integers(-(2**31), 2**31 - 1)


def _with_moments(row: Any, moments: dict[str, tuple[int, int] | None]) -> Any:
    for field, moment in moments.items():
        if moment is not None:
            getattr(row, field).seconds, getattr(row, field).nanos = moment
            getattr(row, field).SetInParent()
    return row


DISPATCHES = st.builds(
    _with_moments,
    st.builds(
        events_pb2.Dispatch,
        event_id=TEXTS,
        worker_id=TEXTS,
        order_id=st.just("o") | TEXTS,
        area_code=st.just("130203"),
        kind=ENUMS,
        service=st.just(1),
        employment_form=st.sampled_from([0, 2]),
        tenure_band=ENUMS,
        partner_firm_id=st.just("") | TEXTS,
        vehicle=st.sampled_from([0, 1]),
        weather=ENUMS,
        distance_m=COUNTS,
        pay_fen=COUNTS,
        commission_fen=st.none(),
        penalty_fen=st.just(0),
        statutory_holiday=st.none() | st.booleans(),
        version=st.sampled_from([0, 0, 1, 2**32 - 1]),
        deleted=st.booleans(),
    ),
    st.fixed_dictionaries(
        {"event_time": MOMENTS, "promised_duration": MOMENTS, "estimated_duration": st.none()}
    ),
)


def row_by_row(rows: list[events_pb2.Dispatch]) -> tuple[dict[str, list[str]], dict[str, list[int]]]:
    """The oracle: each message asked for each field."""
    texts = {
        name: [getattr(row, name) for row in rows]
        for name in ("event_id", "worker_id", "order_id", "area_code", "partner_firm_id")
    }
    numbers = {name: [getattr(row, name) for row in rows] for name in (*CHOICES, "version", "deleted")}
    for name in ("distance_m", "pay_fen", "commission_fen", "penalty_fen", "statutory_holiday"):
        numbers[name] = [getattr(row, name) if row.HasField(name) else NOT_STATED for row in rows]
    for name in ("event_time", "promised_duration", "estimated_duration"):
        for part in ("seconds", "nanos"):
            numbers[f"{name}.{part}"] = [getattr(getattr(row, name), part) for row in rows]
    return texts, numbers


READER = RowReader(events_pb2.Dispatch, ["partner_firm_id"])
"""One for all examples: what it has learnt from one batch must not harm the next."""


@given(st.lists(DISPATCHES, max_size=8))
def test_columns_say_what_the_rows_say(rows: list[events_pb2.Dispatch]) -> None:
    encoded = [row.SerializeToString() for row in rows]
    for reader in (
        READER,
        RowReader(events_pb2.Dispatch, ["partner_firm_id"]),
        RowReader(events_pb2.Dispatch),
    ):
        columns = reader.read(encoded)
        texts, numbers = row_by_row(rows)
        assert columns.texts == texts
        assert {name: column.tolist() for name, column in columns.numbers.items()} == numbers


def test_a_row_that_states_the_marker_itself_is_read_too() -> None:
    rows = [events_pb2.Dispatch(event_id="e", worker_id="w", order_id="o", area_code="a") for _ in range(3)]
    rows[0].event_time.seconds = MARKER
    rows[2].event_time.seconds = 5
    columns = RowReader(events_pb2.Dispatch).read([row.SerializeToString() for row in rows])
    assert columns.numbers["event_time.seconds"].tolist() == [MARKER, 0, 5]


def firm(text: str) -> bytes:
    row = events_pb2.Dispatch(event_id="e", worker_id="w", order_id="o", area_code="a", partner_firm_id=text)
    return row.SerializeToString()


def test_a_text_that_some_rows_leave_out_is_read_without_looking_at_single_rows() -> None:
    reader = RowReader(events_pb2.Dispatch, ["partner_firm_id"])
    for texts in (["", ""], ["", "b", "", "d"], ["a", "b"], ["", "", "c"], [""], []):
        with patch.object(reader, "_one_by_one", side_effect=AssertionError):
            assert reader.read([firm(text) for text in texts]).texts["partner_firm_id"] == texts


def test_a_text_that_holds_the_marker_is_read_as_it_is() -> None:
    reader = RowReader(events_pb2.Dispatch, ["partner_firm_id"])
    for texts in (["", "a\0b", "c"], ["\0", "", "\0\0"]):
        assert reader.read([firm(text) for text in texts]).texts["partner_firm_id"] == texts


def test_fields_this_version_does_not_know_are_passed_over() -> None:
    row = events_pb2.Dispatch(event_id="e", worker_id="w", order_id="o", area_code="a", pay_fen=7)
    later = row.SerializeToString() + bytes([0xFA, 0x3E, 3]) + b"new"  # field 1007, a text
    columns = READER.read([later, row.SerializeToString()])
    assert columns.texts["event_id"] == ["e", "e"]
    assert columns.numbers["pay_fen"].tolist() == [7, 7]


def test_a_row_cut_short_is_refused() -> None:
    row = events_pb2.Dispatch(
        event_id="event", worker_id="w", order_id="o", area_code="a"
    ).SerializeToString()
    with pytest.raises(DecodeError):
        READER.read([row[:3]])
    with pytest.raises(DecodeError):
        READER.read([row[:3], row])


@given(st.lists(st.binary(max_size=60), max_size=4))
def test_any_bytes_are_columns_of_one_length_or_refused(rows: list[bytes]) -> None:
    try:
        columns = READER.read(rows)
    except DecodeError:
        return
    lengths = {*map(len, columns.texts.values()), *map(len, columns.numbers.values())}
    assert lengths == {len(rows)}


def test_an_opened_request_leaves_its_rows_as_bytes() -> None:
    row = events_pb2.WorkSession(event_id="e")
    request = intake_pb2.SubmitWorkSessionsRequest(request_id="r", platform_id="p", work_sessions=[row, row])
    opened = opened_type(intake_pb2.SubmitWorkSessionsRequest).FromString(request.SerializeToString())
    assert (opened.request_id, opened.platform_id) == ("r", "p")
    assert list(opened.work_sessions) == [row.SerializeToString()] * 2
