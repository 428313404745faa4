"""Where rows are between add and answer: none may be lost, whatever happens in whatever order."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from quzhong import DispatchKind, DispatchRow
from quzhong.batching import Batch, RequestIds, RowKind, SendQueue
from tests.unit.sdk.scripted_intake import dispatch, work_session

ROW = DispatchRow(
    event_id="e", identity="somebody", order_id="o", event_time=datetime(2026, 3, 16, 12, tzinfo=UTC),
    kind=DispatchKind.COMPLETED, area_code="130203", distance_m=2_300,
)  # fmt: skip


def queue(batch_size: int = 3, linger_s: float = 1.0, queue_rows: int = 10) -> SendQueue:
    return SendQueue(RequestIds("test"), batch_size=batch_size, linger_s=linger_s, queue_rows=queue_rows)


def test_a_full_batch_is_ready_at_once() -> None:
    one = queue()
    looks = [one.add(RowKind.DISPATCH, dispatch(str(place)), now=0.0) for place in range(3)]
    assert looks == [True, False, True]
    batch = one.next(now=0.0)
    assert batch is not None
    assert [row.event_id for row in batch.rows] == ["0", "1", "2"]


def test_a_lingering_batch_is_ready_when_it_is_due_and_not_before() -> None:
    one = queue(linger_s=1.0)
    one.add(RowKind.DISPATCH, dispatch("a"), now=5.0)
    assert one.next(now=5.9) is None
    assert one.wait_s(now=5.75) == 0.25
    assert one.next(now=6.0) is not None
    assert one.wait_s(now=6.0) is None


def test_kinds_never_share_a_batch() -> None:
    one = queue(batch_size=2)
    one.add(RowKind.DISPATCH, dispatch("d"), now=0.0)
    one.add(RowKind.WORK_SESSION, work_session("w"), now=0.0)
    assert one.next(now=0.0) is None
    one.seal()
    kinds = {batch.kind for batch in (one.next(0.0), one.next(0.0)) if batch}
    assert kinds == {RowKind.DISPATCH, RowKind.WORK_SESSION}


def test_a_batch_makes_the_same_bytes_each_time() -> None:
    batch = Batch.of(RowKind.DISPATCH, 1, "test-1", [dispatch("a"), dispatch("b")])
    first, second = (batch.to_request("platform-a").SerializeToString(deterministic=True) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("before", [0, 1])
@pytest.mark.parametrize(
    "wrong",
    [ROW._replace(event_time=datetime(2026, 3, 16, 12)), ROW._replace(distance_m=-1), work_session("w")],
    ids=["no zone", "negative", "of the other kind"],
)
def test_a_row_that_cannot_be_written_leaves_nothing_behind(wrong: Any, before: int) -> None:
    one = queue(batch_size=3)
    for _ in range(before):
        one.add(RowKind.DISPATCH, ROW, 0.0, "w" * 24)
    with pytest.raises((ValueError, TypeError)):
        one.add(RowKind.DISPATCH, wrong, 0.0, "w" * 24 if isinstance(wrong, DispatchRow) else None)
    assert one.idle == (before == 0)
    one.add(RowKind.DISPATCH, ROW, 0.0, "w" * 24)
    one.seal()
    batch = one.next(0.0)
    assert batch is not None
    assert list(batch.rows) == [ROW.to_message("w" * 24)] * (before + 1)


def test_a_message_is_the_callers_again_once_it_was_added() -> None:
    one, message = queue(), dispatch("a")
    one.add(RowKind.DISPATCH, message, 0.0)
    message.event_id = "another"
    one.seal()
    batch = one.next(0.0)
    assert batch is not None
    assert batch.rows[0].event_id == "a"


def test_request_ids_of_two_instances_never_meet() -> None:
    ids = {instance.next()[1] for instance in (RequestIds(), RequestIds()) for _ in range(100)}
    assert len(ids) == 200
    assert all(1 <= len(each) <= 64 for each in ids)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"batch_size": 0}, "batch_size"),
        ({"batch_size": 5_001}, "batch_size"),
        ({"linger_s": -1}, "linger_s"),
        ({"queue_rows": 2}, "queue_rows"),
    ],
)
def test_an_argument_that_makes_no_sense_is_named(wrong: dict[str, int], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        queue(**wrong)


class EveryRowIsSomewhere(RuleBasedStateMachine):
    """Adds, sends, answers, failures and resends in any order, against a plain count of rows."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = queue(batch_size=3, linger_s=2.0, queue_rows=9)
        self.now = 0.0
        self.added = 0
        self.done: list[str] = []
        self.flying: list[Batch] = []

    @precondition(lambda self: not self.queue.full)
    @rule(kind=st.sampled_from(RowKind))
    def add(self, kind: RowKind) -> None:
        make = dispatch if kind is RowKind.DISPATCH else work_session
        self.queue.add(kind, make(str(self.added)), self.now)
        self.added += 1

    @rule(seconds=st.integers(0, 3))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds

    @rule()
    def send(self) -> None:
        batch = self.queue.next(self.now)
        if batch is not None:
            self.flying.append(batch)

    @precondition(lambda self: self.flying)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        batch = self.flying.pop(data.draw(st.integers(0, len(self.flying) - 1)))
        self.queue.answered(batch)
        self.done += [row.event_id for row in batch.rows]

    @precondition(lambda self: self.flying)
    @rule(data=st.data())
    def fail(self, data: st.DataObject) -> None:
        self.queue.failed(self.flying.pop(data.draw(st.integers(0, len(self.flying) - 1))), None)

    @rule()
    def resend(self) -> None:
        self.queue.resend()

    @rule()
    def abandon(self) -> None:
        self.queue.abandon()

    @invariant()
    def nothing_waits_longer_than_it_lingers(self) -> None:
        wait = self.queue.wait_s(self.now)
        assert wait is None or 0 <= wait <= 2.0

    def teardown(self) -> None:
        for batch in self.flying:
            self.queue.answered(batch)
            self.done += [row.event_id for row in batch.rows]
        self.queue.resend()
        number = self.queue.seal()
        assert self.queue.settled(number) == self.queue.idle
        while (left := self.queue.next(self.now)) is not None:
            self.queue.answered(left)
            self.done += [row.event_id for row in left.rows]
        assert sorted(self.done, key=int) == [str(place) for place in range(self.added)]
        assert self.queue.idle
        assert not self.queue.full


TestEveryRowIsSomewhere = EveryRowIsSomewhere.TestCase
TestEveryRowIsSomewhere.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
