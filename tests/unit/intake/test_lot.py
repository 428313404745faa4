"""The table of a commit group: everybody's rows in one, everybody's answer out of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import xxhash
from hypothesis import given
from hypothesis import strategies as st

from kit.columns import DISPATCH, decode
from kit.eventlog.partitioner import partition_of
from kit.eventlog.port import NewRecord
from services.intake.core.accepted import Standing
from services.intake.core.checks import check
from services.intake.core.rows import Fault, Rows
from services.intake.hashing import hashes
from services.intake.lot import DISPATCH_EVENTS, EventKind, Lot, Submission, Verdict
from services.intake.restating import by_partition
from tests.unit.columns.column_batches import batches, said
from tests.unit.intake.row_makers import LIMITS, rows


def submission(platform_id: str, sent: Rows, request_id: str = "r") -> Submission:
    def dead_letter(fault: Fault) -> NewRecord:
        return NewRecord("dead", f"{platform_id}/{request_id}/{fault.row}".encode())

    return Submission(platform_id, request_id, 0, DISPATCH_EVENTS, sent, dead_letter)


def checked(kind: EventKind, table: Rows) -> list[Fault]:
    return check(table, LIMITS)


@given(
    st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8")), max_size=9),
    st.sampled_from(["", "p\n"]),
)
def test_hashing_many_is_hashing_each(words: list[str], prefix: str) -> None:
    assert hashes(words, prefix).tolist() == [
        xxhash.xxh64_intdigest((prefix + word).encode()) for word in words
    ]


@given(batches(DISPATCH, most=30), st.sampled_from([1, 8, 64, 1024]))
def test_every_row_goes_to_the_partition_of_its_worker(batch: Any, count: int) -> None:
    cut = dict(by_partition(batch, count))
    assert sorted(row for part in cut.values() for row in said(part)) == sorted(said(batch))
    for partition, part in cut.items():
        assert {partition_of(worker.encode(), count) for worker in part.dictionaries["worker"]} == {partition}


def test_each_request_is_answered_for_its_own_rows_and_counts_them_from_0() -> None:
    lot = Lot(
        DISPATCH_EVENTS,
        [
            submission("swift", rows(3, kind={1: 0})),
            submission("steady", rows(0)),
            submission("steady", rows(4, kind={0: 0, 3: 9})),
        ],
        checked,
    )
    assert len(lot) == 4
    one, none, other = lot.answers(
        np.array([Standing.NEW, Standing.DUPLICATE, Standing.NEW, Standing.REUSED], dtype=np.uint8)
    )
    assert one.verdicts.tolist() == [Verdict.ACCEPTED, Verdict.REJECTED, Verdict.DUPLICATE]
    assert [(fault.row, fault.field) for fault in one.faults] == [(1, "kind")]
    assert (none.verdicts.tolist(), none.faults) == ([], [])
    assert other.verdicts.tolist() == [Verdict.REJECTED, Verdict.ACCEPTED, Verdict.REJECTED, Verdict.REJECTED]
    assert [(fault.row, fault.reason) for fault in other.faults] == [
        (0, "MISSING"),
        (2, "EVENT_ID_REUSED"),
        (3, "UNKNOWN_VALUE"),
    ]


def test_the_same_id_of_two_platforms_names_two_events() -> None:
    lot = Lot(DISPATCH_EVENTS, [submission("swift", rows(2)), submission("steady", rows(2))], checked)
    assert len(set(lot.batch["event_key"].tolist())) == 4
    assert lot.batch["event_key"][2] == xxhash.xxh64_intdigest(b"steady\nevent-0")
    assert lot.batch["order_key"][3] == xxhash.xxh64_intdigest(b"steady\norder-1")
    assert lot.batch.names("platform").tolist() == ["swift", "swift", "steady", "steady"]


def test_a_row_has_the_same_digest_in_any_company() -> None:
    alone = Lot(DISPATCH_EVENTS, [submission("swift", rows(3))], checked)
    sent = [submission("steady", rows(5, worker_id={0: "another-pseudonym-9"})), submission("swift", rows(3))]
    together = Lot(DISPATCH_EVENTS, sent, checked)
    assert together.statements().contents[5:].tolist() == alone.statements().contents.tolist()


def test_another_platform_worker_area_or_pay_makes_another_digest() -> None:
    variants: list[tuple[str, dict[str, Any]]] = [
        ("swift", {}),
        ("steady", {}),
        ("swift", {"worker_id": {0: "another-pseudonym-9"}}),
        ("swift", {"area_code": {0: "130202"}}),
        ("swift", {"pay_fen": {0: 651}}),
        ("swift", {"order_id": {0: "another"}}),
        ("swift", {"event_time": {0: LIMITS.now_ms}}),
        ("swift", {"employment_form": {0: 1}}),
        ("swift", {"employment_form": {0: 2}}),
        ("swift", {"tenure_band": {0: 1}}),
        ("swift", {"partner_firm_id": {0: "firm-07"}}),
        ("swift", {"partner_firm_id": {0: "firm-08"}}),
        ("swift", {"version": {0: 1}}),
        ("swift", {"version": {0: 1}, "deleted": {0: 1}}),
    ]
    digests = [
        Lot(DISPATCH_EVENTS, [submission(platform, rows(1, **changed))], checked).statements().contents[0]
        for platform, changed in variants
    ]
    assert len(set(digests)) == len(digests)


def test_what_states_no_group_of_a_worker_has_the_digest_and_record_it_always_had() -> None:
    """Pinned before there were groups: stored digests must go on to be known again."""
    sent = [
        submission("swift", rows(3, pay_fen={1: 651}, version={2: 1})),
        submission("steady", rows(1, penalty_fen={0: 0})),
    ]
    pinned = [0xF8266E955293850E, 0x1C97687B975D4984, 0xAD93E6934392AE2A, 0x6DC0FAAE92FB313F]
    lot = Lot(DISPATCH_EVENTS, sent, checked)
    assert lot.statements().contents.tolist() == pinned
    (record,) = lot.records(np.ones(4, dtype=bool), partitions=1)
    assert (len(record.value), xxhash.xxh64_intdigest(record.value)) == (407, 0xC290EC79B9A14651)
    beside = Lot(DISPATCH_EVENTS, [*sent, submission("steady", rows(2, **GROUPED), "other")], checked)
    assert beside.statements().contents[:4].tolist() == pinned


GROUPED: dict[str, Any] = {
    "partner_firm_id": {1: "firm-07"},
    "employment_form": {0: 3},
    "tenure_band": {0: 4, 1: 1},
}


def test_rows_with_and_without_groups_share_a_record() -> None:
    sent = [submission("swift", rows(2)), submission("steady", rows(3, event_id={2: ""}, **GROUPED))]
    lot = Lot(DISPATCH_EVENTS, sent, checked)
    (record,) = lot.records(np.ones(4, dtype=bool), partitions=1)
    batch = decode(DISPATCH, record.value)
    assert batch.names("partner_firm").tolist() == ["", "", "", "firm-07"]
    assert batch.dictionaries["partner_firm"] == ["", "firm-07"]
    assert batch["employment_form"].tolist() == [0, 0, 3, 0]
    assert batch["tenure_band"].tolist() == [0, 0, 4, 1]


def test_records_hold_the_new_rows_and_nothing_if_there_is_none() -> None:
    lot = Lot(DISPATCH_EVENTS, [submission("swift", rows(4))], checked)
    new = np.array([True, False, True, False])
    (record,) = lot.records(new, partitions=1)
    assert (record.topic, record.partition) == ("dispatches", 0)
    assert said(decode(DISPATCH, record.value)) == said(lot.batch.take(np.flatnonzero(new)))
    assert list(lot.records(np.zeros(4, dtype=bool), partitions=8)) == []


def test_a_group_without_a_good_row_makes_no_record() -> None:
    lot = Lot(DISPATCH_EVENTS, [submission("swift", rows(2, event_id={0: "", 1: "nul\0"}))], checked)
    assert len(lot) == 0
    assert list(lot.records(np.zeros(0, dtype=bool), partitions=8)) == []
    (answer,) = lot.answers(np.zeros(0, dtype=np.uint8))
    assert answer.verdicts.tolist() == [Verdict.REJECTED] * 2
