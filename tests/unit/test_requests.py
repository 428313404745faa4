"""By what a mutation is recognised when it comes again."""

from __future__ import annotations

import pytest

from kit.errors import InvalidArgumentError
from kit.requests import check_request_id, content_sha256, request_id_reused
from quzhong.api.algo_audit.v1 import algo_audit_pb2


@pytest.mark.parametrize("request_id", ["a", "!", "~" * 64, "b9c1b8d2-2a1e-4a51-9a50-4b1f9d2f8f11"])
def test_an_id_of_the_form_passes(request_id: str) -> None:
    check_request_id(request_id)


@pytest.mark.parametrize("request_id", ["", "a b", "a" * 65, "请求", "a\n", "a\x7f"])
def test_an_id_of_another_form_is_refused(request_id: str) -> None:
    with pytest.raises(InvalidArgumentError) as refused:
        check_request_id(request_id)
    assert (refused.value.field, refused.value.reason) == ("request_id", "REQUEST_ID_FORM")


def test_equal_bytes_of_two_kinds_of_request_are_two_contents() -> None:
    run = algo_audit_pb2.RunAuditRequest(area_code="130200")
    again = algo_audit_pb2.RunAuditRequest(area_code="130200")
    start = algo_audit_pb2.StartAuditRequest.FromString(run.SerializeToString())
    assert content_sha256(run) == content_sha256(again)
    assert content_sha256(run) != content_sha256(start)


def test_a_refusal_shows_no_more_than_an_id_can_be() -> None:
    assert "a" * 65 not in request_id_reused("a" * 1_000).message
