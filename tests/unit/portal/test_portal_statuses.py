"""Errors on their way through: our error → gRPC status → our error → HTTP problem."""

from __future__ import annotations

import pytest
from grpc import StatusCode
from grpc.aio import AioRpcError, Metadata

from kit import errors
from kit.grpc.status import code_of, to_status
from services.portal.adapters.statuses import to_error
from services.portal.core.language import Language
from services.portal.problems import problem, status_of

CASES = [
    (errors.NotFoundError, 404),
    (errors.AlreadyExistsError, 409),
    (errors.FailedPreconditionError, 409),
    (errors.ConflictError, 409),
    (errors.UnauthenticatedError, 401),
    (errors.PermissionDeniedError, 403),
    (errors.InvalidArgumentError, 400),
    (errors.OverloadedError, 429),
    (errors.StorageUnavailableError, 503),
]


def _failure(error: errors.QuzhongError) -> AioRpcError:
    details = ("grpc-status-details-bin", to_status(error).SerializeToString())
    return AioRpcError(code_of(error), Metadata(), Metadata(details), error.message)


@pytest.mark.parametrize(("kind", "http_status"), CASES)
def test_an_error_keeps_its_kind_reason_field_and_texts(
    kind: type[errors.QuzhongError], http_status: int
) -> None:
    sent = kind("no case 7", zh="没有案件 7", field="case_id", metadata={"case": "7"})
    got = to_error(_failure(sent))
    assert isinstance(sent, type(got))
    assert (got.message, got.zh, got.field, got.reason) == ("no case 7", "没有案件 7", "case_id", kind.reason)
    assert got.metadata["case"] == "7"
    assert status_of(got) == http_status


@pytest.mark.parametrize("code", [StatusCode.UNAVAILABLE, StatusCode.DEADLINE_EXCEEDED, StatusCode.CANCELLED])
def test_a_service_that_cannot_be_reached_is_retryable(code: StatusCode) -> None:
    got = to_error(AioRpcError(code, Metadata(), Metadata(), "connection refused"))
    assert isinstance(got, errors.RetryableError)
    assert got.reason == "SERVICE_UNAVAILABLE"


def test_what_nobody_foresaw_is_neither_permanent_nor_retryable() -> None:
    got = to_error(AioRpcError(StatusCode.UNKNOWN, Metadata(), Metadata(), "boom"))
    assert type(got) is errors.QuzhongError
    assert status_of(got) == 500


def test_a_problem_is_in_the_readers_language() -> None:
    error = errors.NotFoundError("no case 7", zh="没有案件 7")
    assert problem(error, Language.CHINESE)["detail"] == "没有案件 7"
    assert problem(error, Language.ENGLISH)["detail"] == "no case 7"
