"""Corrections and deletions, over a real socket, up to what the log and the archive hold of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kit.columns import EventBatch, concat
from kit.eventlog.topics import DISPATCHES, WORK_SESSIONS, Topic
from quzhong.api.intake.v1 import intake_pb2
from tests.integration.intake.intake_suite import (
    NOW_MS,
    Client,
    Suite,
    dispatch,
    events_of,
    records_of,
    serving,
    session,
    worker_id,
)

ACCEPTED = intake_pb2.ROW_VERDICT_ACCEPTED
DUPLICATE = intake_pb2.ROW_VERDICT_DUPLICATE
REJECTED = intake_pb2.ROW_VERDICT_REJECTED


def stated(suite: Suite, topic: Topic = DISPATCHES) -> list[tuple[str, int, int]]:
    """(event_id, version, deleted) of every row on the log, sorted."""
    whole: EventBatch = concat(events_of(suite.log, topic))
    columns = whole.texts["event_ids"], whole["version"].tolist(), whole["deleted"].tolist()
    return sorted(zip(*columns, strict=True))


def test_a_correction_goes_to_the_log_beside_what_it_corrects(suite: Suite) -> None:
    assert suite.client.submit("r", [dispatch("e", pay_fen=500)]).accepted == 1
    assert suite.client.submit("s", [dispatch("e", pay_fen=650, version=1)]).accepted == 1
    assert stated(suite) == [("e", 0, 0), ("e", 1, 0)]
    first, second = records_of(suite.log, DISPATCHES.name)
    assert first.partition == second.partition
    keys = {key for batch in events_of(suite.log) for key in batch["event_key"].tolist()}
    assert len(keys) == 1


def test_a_deletion_too_and_of_work_sessions_as_well(suite: Suite) -> None:
    suite.client.submit("r", [session("e")])
    assert suite.client.submit("s", [session("e", version=1, deleted=True)]).accepted == 1
    assert stated(suite, WORK_SESSIONS) == [("e", 0, 0), ("e", 1, 1)]


def test_each_version_is_accepted_once_in_whatever_order_they_come(suite: Suite) -> None:
    rows = [dispatch("e", pay_fen=500 + version, version=version) for version in (3, 0, 1)]
    assert list(suite.client.submit("r", rows).verdicts) == [ACCEPTED] * 3
    assert list(suite.client.submit("s", rows[::-1]).verdicts) == [DUPLICATE] * 3
    assert stated(suite) == [("e", 0, 0), ("e", 1, 0), ("e", 3, 0)]


def test_a_version_with_other_content_is_rejected_and_told_the_way_out(suite: Suite) -> None:
    suite.client.submit("r", [dispatch("e", pay_fen=500, version=2)])
    (rejection,) = suite.client.submit("s", [dispatch("e", pay_fen=501, version=2)]).rejections
    assert (rejection.field, rejection.reason) == ("event_id", "EVENT_ID_REUSED")
    assert rejection.message.startswith("event_id: 'e' ")
    assert "this version 2" in rejection.message
    assert "higher version" in rejection.message
    assert "版本 2" in rejection.message_zh


@pytest.mark.parametrize(
    ("field", "changed", "value"),
    [
        ("worker_id", {"worker_id": worker_id(8)}, worker_id(8)),
        ("order_id", {"order_id": "another-order"}, "another-order"),
    ],
)
@pytest.mark.parametrize("restarted", [False, True])
def test_a_version_keeps_worker_and_order(
    suite: Suite, field: str, changed: dict[str, Any], value: str, restarted: bool
) -> None:
    suite.client.submit("r", [dispatch("e", 7)])
    moved = [dispatch("e", 7, version=1, **changed)]
    if restarted:
        suite.host.stop(grace_s=0.1)
        with serving(suite.folder, lambda: NOW_MS, suite.client.tokens) as again:
            answer = again.client.submit("s", moved)
            letters = again.dead_letters()
    else:
        answer, letters = suite.client.submit("s", moved), suite.dead_letters()
    (rejection,) = answer.rejections
    assert (rejection.field, rejection.reason) == (field, "CORRECTION_MOVES_EVENT")
    assert rejection.message.startswith(f"{field}: {value!r}")
    assert "delete the event" in rejection.message
    assert "new event_id" in rejection.message
    assert rejection.message_zh.startswith(f"{field}：{value!r}")
    assert [letter.reason for letter in letters] == ["CORRECTION_MOVES_EVENT"]
    assert json.loads(letters[0].row_json)["version"] == 1


def test_the_first_statement_may_come_last_but_not_for_another_worker(client: Client) -> None:
    client.submit("r", [dispatch("e", 7, version=1)])
    answer = client.submit("s", [dispatch("e", 8), dispatch("e", 7)])
    assert list(answer.verdicts) == [REJECTED, ACCEPTED]
    assert answer.rejections[0].reason == "EVENT_ID_REUSED"


def test_the_way_out_works(suite: Suite) -> None:
    suite.client.submit("r", [dispatch("wrong-worker", 7)])
    gone = dispatch("wrong-worker", 7, version=1, deleted=True)
    answer = suite.client.submit("s", [gone, dispatch("right-worker", 8, order_id="order-of-wrong-worker")])
    assert answer.accepted == 2
    assert stated(suite) == [("right-worker", 0, 0), ("wrong-worker", 0, 0), ("wrong-worker", 1, 1)]


def test_a_deletion_needs_a_version(client: Client) -> None:
    (rejection,) = client.submit("r", [dispatch("e", deleted=True)]).rejections
    assert (rejection.field, rejection.reason) == ("deleted", "DELETED_AT_FIRST")


def test_rows_with_and_without_a_version_share_a_batch(suite: Suite) -> None:
    rows = [
        dispatch(f"e{number}", number, version=number % 3, deleted=number % 3 == 2) for number in range(30)
    ]
    assert suite.client.submit("r", rows).accepted == 30
    assert stated(suite) == sorted((f"e{n}", n % 3, int(n % 3 == 2)) for n in range(30))


def test_the_archive_keeps_every_version_as_it_was_said(client: Client) -> None:
    rows = [
        dispatch("e", 1, pay_fen=500),
        dispatch("e", 1, pay_fen=650, version=1),
        dispatch("e", 1, pay_fen=650, version=2, deleted=True),
    ]
    client.submit("r", rows[::-1])
    assert [event.dispatch for event in client.read(worker_id(1)).events] == rows
    pages, token = [], ""
    while True:
        page = client.read(worker_id(1), page_size=1, page_token=token)
        pages += [event.dispatch.version for event in page.events]
        if not (token := page.next_page_token):
            break
    assert pages == [0, 1, 2]
