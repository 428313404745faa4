"""ReadWorkerEvents: what was said about a worker, from the archive, at once and each once."""

from __future__ import annotations

import threading
import time
from typing import Any

import grpc
import pyarrow.parquet as pq
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.events.v1 import events_pb2
from services.intake.adapters import archive
from services.intake.adapters.archive import MERGE_AT
from tests.integration.intake.intake_suite import (
    NOW_MS,
    Client,
    RefusedError,
    Suite,
    dispatch,
    dispatches,
    serving,
    session,
    worker_id,
)

HOUR = 3_600_000


def moment(epoch_ms: int) -> Timestamp:
    made = Timestamp()
    made.FromMilliseconds(epoch_ms)
    return made


def test_what_was_just_accepted_is_read_at_once_sorted_and_each_once(client: Client) -> None:
    late, early = dispatch("late", 1, NOW_MS - HOUR), dispatch("early", 1, NOW_MS - 3 * HOUR)
    online = session("online", 1, NOW_MS - 2 * HOUR)
    client.submit("a", [late, early, dispatch("another's", 2)])
    client.submit("b", [online])
    client.submit("c", [late])
    client.submit("d", [late, dispatch("same-time", 1, NOW_MS - HOUR)], "steady")
    events = client.read(worker_id(1)).events
    assert [(event.platform_id, event.WhichOneof("event")) for event in events] == [
        ("swift", "dispatch"),
        ("swift", "work_session"),
        ("steady", "dispatch"),
        ("steady", "dispatch"),
        ("swift", "dispatch"),
    ]
    assert events[0].dispatch == early
    assert events[1].work_session == online
    assert [event.dispatch.event_id for event in events[2:]] == ["late", "same-time", "late"]


def test_a_row_comes_back_as_it_was_said(client: Client) -> None:
    groups: dict[str, Any] = {"employment_form": 2, "tenure_band": 4, "partner_firm_id": "firm-07"}
    full = dispatch("full", 1, pay_fen=0, commission_fen=3, statutory_holiday=False, weather=2, **groups)
    full.estimated_duration.FromMilliseconds(1_500_250)
    bare = dispatch("bare", 1)
    bare.ClearField("distance_m")
    bare.ClearField("promised_duration")
    client.submit("r", [full, bare])
    assert [event.dispatch for event in client.read(worker_id(1)).events] == [bare, full]


def test_the_start_is_included_and_the_end_is_not(client: Client) -> None:
    client.submit("r", [dispatch(f"e{hour}", 1, NOW_MS - hour * HOUR) for hour in range(5)])
    span: dict[str, Any] = {"start_time": moment(NOW_MS - 3 * HOUR), "end_time": moment(NOW_MS - HOUR)}
    events = client.read(worker_id(1), **span).events
    assert [event.dispatch.event_id for event in events] == ["e3", "e2"]


def test_a_regulator_sees_its_own_areas_only(client: Client) -> None:
    rows = [dispatch("lubei", 1, area_code="130203"), dispatch("lunan", 1, area_code="130202")]
    client.submit("r", rows)
    assert [event.dispatch.event_id for event in client.read(worker_id(1), "lubei").events] == ["lubei"]
    assert len(client.read(worker_id(1), "tangshan").events) == 2


def test_a_platform_may_not_read(client: Client) -> None:
    with pytest.raises(RefusedError) as refused:
        client.read(worker_id(1), "swift")
    assert refused.value.code == grpc.StatusCode.PERMISSION_DENIED


def test_pages_join_without_gap_or_repeat_while_events_come_in(client: Client) -> None:
    client.submit("r", [dispatch(f"e{number:02d}", 1, NOW_MS - HOUR + number) for number in range(25)])
    seen, token, pages = [], "", 0
    while True:
        page = client.read(worker_id(1), page_size=10, page_token=token)
        seen += [event.dispatch.event_id for event in page.events]
        pages += 1
        client.submit(f"earlier-{pages}", [dispatch(f"earlier-{pages}", 1, NOW_MS - 2 * HOUR)])
        if not (token := page.next_page_token):
            break
    assert seen == [f"e{number:02d}" for number in range(25)]
    assert pages == 3


def test_a_page_token_of_another_list_is_refused(client: Client) -> None:
    with pytest.raises(RefusedError) as refused:
        client.read(worker_id(1), page_token="made-up")
    assert refused.value.fields == ["page_token"]


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("page_size", {"page_size": -1}),
        ("start_time", {"start_time": Timestamp(seconds=2**60)}),
        ("end_time", {"end_time": Timestamp(seconds=-(2**60))}),
    ],
)
def test_a_wrong_field_is_named(client: Client, field: str, more: dict[str, Any]) -> None:
    with pytest.raises(RefusedError) as refused:
        client.read(worker_id(1), **more)
    assert refused.value.code == grpc.StatusCode.INVALID_ARGUMENT
    assert refused.value.fields == [field]


def test_a_worker_has_to_be_named(client: Client) -> None:
    with pytest.raises(RefusedError) as refused:
        client.read("")
    assert refused.value.fields == ["worker_id"]


def test_a_worker_nobody_spoke_of_has_no_events(client: Client) -> None:
    assert len(client.read(worker_id(99)).events) == 0


def test_reading_does_not_wait_for_the_linger_and_writing_does(suite: Suite) -> None:
    client = suite.client
    client.submit("first", [dispatch("first", 1)])
    time.sleep(0.2)
    for number in range(20):
        client.submit(f"r{number}", [dispatch(f"e{number}", 1)])
    segments = list((suite.folder / "archive").rglob("*.parquet"))
    assert len(segments) <= 1
    began = time.monotonic()
    assert len(client.read(worker_id(1)).events) == 21
    assert time.monotonic() - began < 2
    assert len(list((suite.folder / "archive").rglob("*.parquet"))) <= 2


def test_reading_ends_while_others_keep_sending(suite: Suite) -> None:
    stop = threading.Event()

    def keep_sending() -> None:
        number = 0
        while not stop.is_set():
            suite.client.submit(f"other-{number}", dispatches(f"other-{number}", 50))
            number += 1

    sender = threading.Thread(target=keep_sending)
    sender.start()
    try:
        for number in range(5):
            suite.client.submit(f"mine-{number}", [dispatch(f"mine-{number}", 77)])
            assert len(suite.client.read(worker_id(77)).events) == number + 1
    finally:
        stop.set()
        sender.join()


def test_segments_are_merged_by_level_and_the_merged_ones_deleted(suite: Suite) -> None:
    client, rounds = suite.client, MERGE_AT**2 + 5
    for number in range(rounds):
        client.submit(f"r{number}", [dispatch(f"e{number}", 1, NOW_MS - rounds + number)])
        suite.host.drained()
        _until(suite.host.drained)
    segments = sorted((suite.folder / "archive").rglob("*.parquet"))
    assert sorted(pq.read_metadata(segment).num_rows for segment in segments) == [1] * 5 + [MERGE_AT**2]
    events = client.read(worker_id(1), page_size=1_000).events
    assert [event.dispatch.event_id for event in events] == [f"e{number}" for number in range(rounds)]


def test_segments_that_would_be_too_large_together_stay_as_they_are(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MERGE_AT", 3)
    monkeypatch.setattr(archive, "LARGEST_SEGMENT_ROWS", 8)
    for number in range(20):
        suite.client.submit(f"r{number}", [dispatch(f"e{number}", 1, NOW_MS - 20 + number)])
        _until(suite.host.drained)
    segments = sorted((suite.folder / "archive").rglob("*.parquet"))
    assert [pq.read_metadata(segment).num_rows for segment in segments] == [3] * 6 + [1, 1]
    events = suite.client.read(worker_id(1), page_size=1_000).events
    assert [event.dispatch.event_id for event in events] == [f"e{number}" for number in range(20)]


def test_segments_say_which_records_of_the_log_they_hold(suite: Suite) -> None:
    for number in range(3):
        suite.client.submit(f"r{number}", [dispatch(f"e{number}", 1)])
        _until(suite.host.drained)
    names = [path.name for path in sorted((suite.folder / "archive").rglob("*.parquet"))]
    assert [name.split("-", 1)[1] for name in names] == [
        "000000000000-000000000000.parquet",
        "000000000001-000000000001.parquet",
        "000000000002-000000000002.parquet",
    ]


def test_segments_are_sorted_by_worker_for_whoever_reads_them(suite: Suite) -> None:
    suite.client.submit("r", dispatches("e", 400))
    _until(suite.host.drained)
    for segment in (suite.folder / "archive").rglob("*.parquet"):
        table = pq.read_table(segment)
        workers = table["worker_id"].to_pylist()
        assert workers == sorted(workers)
        assert {"event_id", "order_id", "platform_id", "area_code", "event_time_ms"} <= set(
            table.column_names
        )


NEW_COLUMNS = ["partner_firm_id", "employment_form", "tenure_band"]


def test_segments_from_before_a_column_are_read_and_merged_as_if_nobody_stated_it(suite: Suite) -> None:
    sent = [dispatch(f"e{number}", 1, NOW_MS - MERGE_AT + number) for number in range(MERGE_AT)]
    sent[-1].partner_firm_id, sent[-1].tenure_band = "firm-07", events_pb2.TENURE_BAND_OVER_3_YEARS
    for row in sent[:-1]:
        suite.client.submit(row.event_id, [row])
        _until(suite.host.drained)
    for segment in (suite.folder / "archive").rglob("*.parquet"):
        pq.write_table(pq.read_table(segment).drop_columns(NEW_COLUMNS), segment)
    assert [event.dispatch for event in suite.client.read(worker_id(1)).events] == sent[:-1]
    suite.client.submit("last", sent[-1:])
    _until(lambda: len(list((suite.folder / "archive").rglob("*.parquet"))) == 1)
    (merged,) = (suite.folder / "archive").rglob("*.parquet")
    assert set(NEW_COLUMNS) <= set(pq.read_schema(merged).names)
    assert [event.dispatch for event in suite.client.read(worker_id(1)).events] == sent


def test_what_a_crash_left_over_goes_at_the_next_start_and_the_rest_stays(suite: Suite) -> None:
    suite.client.submit("r", dispatches("e", 10, workers=1))
    _until(suite.host.drained)
    (segment,) = (suite.folder / "archive").rglob("*.parquet")
    suite.host.stop(grace_s=0.1)
    left_over = segment.with_name("0000-000000000900-000000000999.parquet")
    left_over.write_bytes(segment.read_bytes())
    with serving(suite.folder, lambda: NOW_MS, suite.client.tokens) as restarted:
        assert not left_over.exists()
        assert len(restarted.client.read(worker_id(0)).events) == 10


def test_a_lost_file_is_named_in_the_log_and_not_passed_over(
    suite: Suite, caplog: pytest.LogCaptureFixture
) -> None:
    suite.client.submit("r", dispatches("e", 10, workers=1))
    _until(suite.host.drained)
    (segment,) = (suite.folder / "archive").rglob("*.parquet")
    segment.unlink()
    with pytest.raises(RefusedError) as refused:
        suite.client.read(worker_id(0))
    assert refused.value.code == grpc.StatusCode.UNAVAILABLE
    assert segment.name in caplog.text
    assert segment.name not in refused.value.message, "where things are kept is for the operator"


def _until(true: object) -> None:
    deadline = time.monotonic() + 10
    while not true():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.005)
