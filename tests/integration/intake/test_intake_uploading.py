"""Upload streams: many batches, one answer; and what is told when one batch is refused."""

from __future__ import annotations

from typing import Any

import grpc
import pytest

from quzhong.api.intake.v1 import intake_pb2
from services.intake.api import UPLOAD_REJECTIONS
from services.intake.handlers import MAX_ROWS
from tests.integration.intake.intake_suite import RefusedError, Suite, batch, dispatch, dispatches, session


def test_an_upload_is_answered_with_the_sum(suite: Suite) -> None:
    bad = [dispatch(f"bad-{number}", kind=0) for number in range(3)]
    requests = [batch(f"r-{number}", dispatches(f"e{number}", 200)) for number in range(20)]
    answer = suite.client.upload([*requests, batch("bad", bad), batch("again", dispatches("e3", 200))])
    assert (answer.accepted, answer.duplicate, answer.rejected) == (4_000, 200, 3)
    assert [(each.request_id, each.rejection.row) for each in answer.rejections] == [
        ("bad", 0),
        ("bad", 1),
        ("bad", 2),
    ]
    assert len(suite.events()) == 4_000


def test_work_sessions_can_be_uploaded(suite: Suite) -> None:
    batches = [batch("a", [session("1")]), batch("b", [session("1"), session("2")])]
    messages = (intake_pb2.UploadWorkSessionsRequest(batch=each) for each in batches)
    answer = suite.client.call(
        suite.client.intake.UploadWorkSessions, messages, suite.client.tokens["swift"]
    ).answer
    assert (answer.accepted, answer.duplicate) == (2, 1)


def test_an_upload_of_nothing_is_answered(suite: Suite) -> None:
    assert suite.client.upload([]) == intake_pb2.UploadAnswer()


def test_rejections_are_named_up_to_a_limit_and_kept_beyond_it(suite: Suite) -> None:
    requests = [
        batch(f"r-{part}", [dispatch(f"{part}-{n}", kind=0) for n in range(600)]) for part in range(2)
    ]
    answer = suite.client.upload(requests)
    assert answer.rejected == 1_200
    assert len(answer.rejections) == UPLOAD_REJECTIONS
    assert len(suite.dead_letters()) == 1_200


REFUSALS = [
    pytest.param(
        batch("used", dispatches("other", 2)),
        grpc.StatusCode.ALREADY_EXISTS,
        "REQUEST_ID_REUSED",
        id="a used request_id",
    ),
    pytest.param(
        batch("wide", dispatches("w", MAX_ROWS + 1)),
        grpc.StatusCode.INVALID_ARGUMENT,
        "BATCH_TOO_LARGE",
        id="too many rows",
    ),
    pytest.param(
        batch("foreign", dispatches("f", 2), "steady"),
        grpc.StatusCode.PERMISSION_DENIED,
        "FOREIGN_PLATFORM",
        id="another platform",
    ),
    pytest.param(
        batch("no good", dispatches("g", 2)), grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_ID_FORM", id="form"
    ),
]


@pytest.mark.parametrize(("bad", "code", "reason"), REFUSALS)
def test_a_refused_batch_is_named_and_what_came_before_it_stays(
    suite: Suite, bad: intake_pb2.SubmitDispatchesRequest, code: grpc.StatusCode, reason: str
) -> None:
    suite.client.submit("used", dispatches("first", 2))
    before = [batch(f"r-{number}", dispatches(f"e{number}", 100)) for number in range(12)]
    after = [batch(f"s-{number}", dispatches(f"f{number}", 100)) for number in range(12)]
    with pytest.raises(RefusedError) as refused:
        suite.client.upload([*before, bad, *after])
    assert (refused.value.code, refused.value.reason) == (code, reason)
    assert refused.value.info.metadata["request_id"] == bad.request_id
    assert refused.value.info.metadata["batch"] == "13"
    assert f"batch 13 of the upload (request_id {bad.request_id!r})" in refused.value.message
    assert "12 before it are kept" in refused.value.message
    assert f"request_id {bad.request_id!r}" in refused.value.zh
    kept = set(suite.events())
    assert {row.event_id for request in before for row in request.dispatches} <= kept


def test_a_mended_upload_can_be_sent_again_whole(suite: Suite) -> None:
    requests = [batch(f"r-{number}", dispatches(f"e{number}", 100)) for number in range(6)]
    wide = batch("wide", dispatches("w", MAX_ROWS + 1))
    with pytest.raises(RefusedError):
        suite.client.upload([*requests[:3], wide, *requests[3:]])
    answer = suite.client.upload(requests)
    assert (answer.accepted, answer.duplicate) == (600, 0)
    assert len(suite.events()) == 600


def test_garbage_in_a_stream_names_its_place(suite: Suite) -> None:
    upload: Any = suite.client.channel.stream_unary("/quzhong.api.intake.v1.IntakeService/UploadDispatches")
    good = intake_pb2.UploadDispatchesRequest(batch=batch("r", dispatches("e", 3))).SerializeToString()
    with pytest.raises(RefusedError) as refused:
        suite.client.call(upload, iter([good, b"\xff\xff"]), suite.client.tokens["swift"])
    assert (refused.value.code, refused.value.reason) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "MALFORMED_REQUEST",
    )
    assert refused.value.info.metadata["batch"] == "2"
    assert len(suite.events()) == 3
