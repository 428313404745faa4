"""Event batches: onto the log and back, picked, joined, cut; and records that hold none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.columns import DISPATCH, NOT_STATED, WORK_SESSION, EventBatch, Schema, concat, decode
from kit.errors import MalformedRecordError
from quzhong.api.events.v1 import columns_pb2
from tests.unit.columns.column_batches import WORDS, batches, said


@given(batches())
def test_what_is_decoded_is_what_was_encoded(batch: EventBatch) -> None:
    assert said(decode(batch.schema, batch.encode())) == said(batch)


@given(st.data(), batches())
def test_taking_rows_gives_those_rows_in_that_order(data: st.DataObject, batch: EventBatch) -> None:
    rows = data.draw(st.lists(st.sampled_from(range(len(batch))), max_size=20)) if len(batch) else []
    taken = batch.take(np.array(rows, dtype=np.intp))
    assert said(taken) == [said(batch)[row] for row in rows]
    _assert_no_word_is_superfluous(taken)


@given(st.data(), st.sampled_from([WORK_SESSION, DISPATCH]))
def test_joined_batches_say_what_each_said_one_after_the_other(data: st.DataObject, schema: Schema) -> None:
    parts = data.draw(st.lists(batches(schema), min_size=1, max_size=4))
    whole = concat(parts)
    assert said(whole) == [row for part in parts for row in said(part)]
    assert said(decode(schema, whole.encode())) == said(whole)


@given(st.data(), batches())
def test_a_cut_batch_gives_every_row_to_its_number_and_keeps_their_order(
    data: st.DataObject, batch: EventBatch
) -> None:
    groups = data.draw(st.lists(st.integers(0, 3), min_size=len(batch), max_size=len(batch)))
    parts = dict(batch.split(np.array(groups, dtype=np.uint16)))
    assert list(parts) == sorted(set(groups))
    for number, part in parts.items():
        assert said(part) == [row for row, group in zip(said(batch), groups, strict=True) if group == number]
        _assert_no_word_is_superfluous(part)


def _assert_no_word_is_superfluous(batch: EventBatch) -> None:
    for name, words in batch.dictionaries.items():
        in_any_case = {0} if name in batch.schema.optional_dictionaries else set()
        assert sorted({*batch[name].tolist(), *in_any_case}) == list(range(len(words)))
        assert not in_any_case or words[0] == ""


def dispatches(rows: int) -> EventBatch:
    columns: dict[str, Any] = {name: np.zeros(rows, dtype=dtype) for name, dtype in DISPATCH.dtypes.items()}
    words = {name: [words[0]] for name, words in WORDS.items()}
    texts = {name: [f"{name}-{row}" for row in range(rows)] for name in DISPATCH.texts}
    return EventBatch(DISPATCH, words, texts, columns)


def test_a_quantity_that_no_row_states_takes_no_bytes() -> None:
    batch = dispatches(100)
    batch.columns["pay_fen"][:] = NOT_STATED
    assert columns_pb2.DispatchColumns.FromString(batch.encode()).pay_fen == b""
    assert decode(DISPATCH, batch.encode())["pay_fen"].tolist() == [NOT_STATED] * 100


def test_batches_without_corrections_spend_no_bytes_on_versions() -> None:
    message = columns_pb2.DispatchColumns.FromString(dispatches(100).encode())
    assert (message.version, message.deleted) == (b"", b"")
    decoded = decode(DISPATCH, dispatches(100).encode())
    assert (decoded["version"].tolist(), decoded["deleted"].tolist()) == ([0] * 100, [0] * 100)


def test_one_correction_states_the_versions_of_all_rows() -> None:
    batch = dispatches(3)
    batch.columns["version"][1] = 258
    message = columns_pb2.DispatchColumns.FromString(batch.encode())
    assert (message.version, message.deleted) == (b"\0\0\2\1\0\0", b"")


GROUPED = ("partner_firm", "employment_form", "tenure_band")


def test_batches_that_state_no_group_of_a_worker_spend_no_bytes_on_them() -> None:
    message = columns_pb2.DispatchColumns.FromString(dispatches(100).encode())
    assert [getattr(message, name) for name in GROUPED] == [b"", b"", b""]
    assert list(message.partner_firm_ids) == []
    decoded = decode(DISPATCH, dispatches(100).encode())
    assert [set(decoded[name].tolist()) for name in GROUPED] == [{0}, {0}, {0}]
    assert decoded.dictionaries["partner_firm"] == [""]
    assert not any(decoded.names("partner_firm"))


def test_one_row_with_a_partner_firm_states_those_of_all_rows() -> None:
    batch = concat([dispatches(2), of_firm("firm-07"), dispatches(1), of_firm("firm-08")])
    message = columns_pb2.DispatchColumns.FromString(batch.encode())
    assert list(message.partner_firm_ids) == ["", "firm-07", "firm-08"]
    assert message.partner_firm == b"\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\2\0\0\0"
    assert (message.employment_form, message.tenure_band) == (b"", b"")
    assert decode(DISPATCH, batch.encode()).names("partner_firm").tolist() == [
        "",
        "",
        "firm-07",
        "",
        "firm-08",
    ]
    rest = batch.take(np.array([0, 4]))
    assert (rest.dictionaries["partner_firm"], rest["partner_firm"].tolist()) == (["", "firm-08"], [0, 1])
    none = batch.take(np.array([3]))
    assert none.dictionaries["partner_firm"] == [""]
    assert none.encode() == dispatches(1).encode()


def of_firm(firm: str) -> EventBatch:
    batch = dispatches(1)
    batch.columns["partner_firm"][:] = 1
    return EventBatch(
        DISPATCH, {**batch.dictionaries, "partner_firm": ["", firm]}, batch.texts, batch.columns
    )


def test_decoded_columns_cannot_be_changed_by_accident() -> None:
    decoded = decode(DISPATCH, dispatches(3).encode())
    with pytest.raises(ValueError, match="read-only"):
        decoded.columns["event_time_ms"][0] = 1


def _message(**changes: Any) -> bytes:
    message = columns_pb2.DispatchColumns.FromString(dispatches(3).encode())
    for field, value in changes.items():
        message.ClearField(field)  # type: ignore[arg-type]
        if isinstance(value, list):
            getattr(message, field).extend(value)
        else:
            setattr(message, field, value)
    return message.SerializeToString()


@pytest.mark.parametrize(
    ("value", "says"),
    [
        pytest.param(b"\xff\xff\xff\xff", "not a DispatchColumns", id="bytes that are no message"),
        pytest.param(dispatches(3).encode()[:-1], "not a DispatchColumns", id="a record cut short"),
        pytest.param(_message(kind=b"\1\1"), "kind: 2 bytes for 3 rows of 1", id="a column too short"),
        pytest.param(_message(kind=b""), "kind: 0 bytes for 3 rows of 1", id="a required column missing"),
        pytest.param(_message(event_time_ms=b"\0" * 23), "bytes for 2 rows", id="half a value"),
        pytest.param(_message(distance_m=b"\0" * 8), "distance_m: 8 bytes", id="an optional one too short"),
        pytest.param(_message(worker_ids=[]), "worker: index 0 is beyond 0", id="an index without its word"),
        pytest.param(_message(area=b"\7\0" * 3), "area: index 7 is beyond 1", id="an index beyond the words"),
        pytest.param(
            _message(partner_firm=b"\1\0\0\0" * 3, partner_firm_ids=[""]),
            "partner_firm: index 1 is beyond 1",
            id="a firm without its word",
        ),
        pytest.param(
            _message(partner_firm=b"\0\0\0\0" * 3, partner_firm_ids=["firm"]),
            "partner_firm: the first entry is not the empty string",
            id="no word for not stated",
        ),
        pytest.param(_message(partner_firm=b"\0\0"), "partner_firm: 2 bytes", id="a firm too few"),
        pytest.param(_message(event_ids="a\nb"), "event_ids: 2 values for 3 rows", id="an id too few"),
        pytest.param(_message(order_ids=""), "order_ids: 1 values for 3 rows", id="no ids"),
    ],
)
def test_a_record_that_holds_no_batch_is_malformed_and_told_why(value: bytes, says: str) -> None:
    with pytest.raises(MalformedRecordError, match=says):
        decode(DISPATCH, value)


@given(st.binary(max_size=200))
def test_no_bytes_make_decoding_fail_in_another_way(value: bytes) -> None:
    for schema in (WORK_SESSION, DISPATCH):
        try:
            batch = decode(schema, value)
        except MalformedRecordError:
            continue
        assert len(said(batch)) == len(batch)


@given(st.data(), batches(DISPATCH))
def test_damaged_records_are_malformed_or_still_consistent(data: st.DataObject, batch: EventBatch) -> None:
    damaged = bytearray(batch.encode())
    if damaged:
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] ^= data.draw(st.integers(1, 255))
    try:
        again = decode(DISPATCH, bytes(damaged))
    except MalformedRecordError:
        return
    assert len(said(again)) == len(again)
