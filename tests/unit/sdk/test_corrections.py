"""The next version of a row: what it changes, what it keeps, what it refuses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong import DispatchKind, DispatchRow, WorkSessionKind, WorkSessionRow, correct, delete
from quzhong.api.events.v1 import events_pb2

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
DISPATCH = DispatchRow(
    event_id="e", identity="somebody", order_id="o", event_time=NOON, kind=DispatchKind.COMPLETED,
    area_code="130203", distance_m=2_300, promised=timedelta(minutes=30), pay_fen=520,
)  # fmt: skip
SESSION = WorkSessionRow(
    event_id="s", identity="somebody", event_time=NOON, kind=WorkSessionKind.ONLINE, area_code="130203"
)
MESSAGE = DISPATCH.to_message("w" * 24)
EVENTS = [DISPATCH, SESSION, MESSAGE, SESSION.to_message("w" * 24)]


def test_a_correction_is_the_next_version_with_other_values() -> None:
    assert correct(DISPATCH, distance_m=2_450) == DISPATCH._replace(distance_m=2_450, version=1)
    assert correct(correct(SESSION), area_code="130202") == SESSION._replace(area_code="130202", version=2)


def test_of_a_message_too_and_the_one_before_stays_as_it_was() -> None:
    before = MESSAGE.SerializeToString()
    corrected = correct(MESSAGE, distance_m=0, kind=events_pb2.DISPATCH_KIND_CANCELLED)
    expected = events_pb2.Dispatch.FromString(before)
    expected.distance_m, expected.kind, expected.version = 0, events_pb2.DISPATCH_KIND_CANCELLED, 1
    assert corrected == expected
    assert MESSAGE.SerializeToString() == before


def test_a_moment_of_a_message_is_replaced_not_merged() -> None:
    moved = correct(MESSAGE, event_time=Timestamp(seconds=9))
    assert (moved.event_time.seconds, moved.event_time.nanos) == (9, 0)


def test_none_states_nothing_any_more() -> None:
    assert correct(DISPATCH, pay_fen=None).pay_fen is None
    assert not correct(MESSAGE, pay_fen=None, promised_duration=None).HasField("pay_fen")
    assert not correct(MESSAGE, promised_duration=None).HasField("promised_duration")


@pytest.mark.parametrize("event", EVENTS)
def test_a_deletion_says_all_the_event_said(event: Any) -> None:
    gone = delete(event)
    assert (gone.version, gone.deleted) == (1, True)
    assert type(gone) is type(event)
    names = event.DESCRIPTOR.fields_by_name if isinstance(event, Message) else event._fields
    assert all(getattr(gone, name) == getattr(event, name) for name in {*names} - {"version", "deleted"})


@pytest.mark.parametrize("event", EVENTS)
def test_a_correction_after_a_deletion_says_that_it_happened_after_all(event: Any) -> None:
    again = correct(delete(event))
    assert (again.version, again.deleted) == (2, False)


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("field", ["event_id", "identity", "worker_id", "order_id"])
def test_what_an_event_is_found_by_cannot_be_corrected(event: Any, field: str) -> None:
    with pytest.raises(ValueError, match=f"{field}: .* delete the event .* new event_id"):
        correct(event, **{field: "another"})


@pytest.mark.parametrize("event", EVENTS)
def test_a_field_it_does_not_have_is_named(event: Any) -> None:
    with pytest.raises(TypeError, match="distance_km"):
        correct(event, distance_km=2)


@pytest.mark.parametrize("field", ["version", "deleted"])
def test_versions_are_counted_for_the_caller(field: str) -> None:
    with pytest.raises(ValueError, match=field):
        correct(DISPATCH, **{field: 3})


def test_the_version_travels_with_the_row() -> None:
    for row in (delete(DISPATCH), delete(SESSION)):
        message = row.to_message("w" * 24)
        assert (message.version, message.deleted) == (1, True)
