"""Errors that a program can tell apart, rows in Python's own types, pseudonyms, and the public names."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import grpc
import pytest
from google.rpc import error_details_pb2
from hypothesis import given
from hypothesis import strategies as st

import quzhong
from quzhong import errors, rows
from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc
from quzhong.pseudonyms import normalised
from tests.unit.sdk.scripted_intake import ScriptedIntake, dispatch, fails, unavailable

PUBLIC = {
    "Advised", "Advisory", "AdvisoryKind", "AdvisoryPage", "AdvisoryWatch", "AlreadyExistsError",
    "ApiError", "AsyncAdvisoryWatch", "AsyncClient", "AsyncObliviousPseudonymiser", "BatchAnswer",
    "CHANNEL_OPTIONS", "Client", "ClientClosedError", "ConflictError", "DeadlineExceededError",
    "DispatchKind", "DispatchRow", "EmploymentForm", "EvaluationRefusedError", "FailedPreconditionError",
    "IdentityError",
    "InvalidArgumentError", "KeyChangedError", "LocalKeyInProductionError", "LocalPseudonymiser",
    "NotFoundError", "ObliviousPseudonymiser", "PermissionDeniedError", "PrivateKeyJwt", "PseudonymError",
    "PseudonymKey", "PseudonymNotReadyError", "Pseudonymiser", "QuzhongError", "Rejected",
    "ResourceExhaustedError",
    "RetryPolicy", "ServerError", "ServiceKind", "SpoolError", "TenureBand", "Totals", "UnauthenticatedError",
    "UnavailableError", "Undelivered", "UndeliveredError", "UploadAnswer", "Vehicle", "Verdict", "Weather",
    "WorkSessionKind", "WorkSessionRow", "bearer", "correct", "delete", "from_rpc_error", "list_advisories",
    "list_advisories_async", "watch_advisories", "watch_advisories_async",
}  # fmt: skip

KEY = b"a key of a sandbox, 32 bytes long"


def test_public_names_are_pinned() -> None:
    assert set(quzhong.__all__) == PUBLIC
    assert all(hasattr(quzhong, name) for name in quzhong.__all__)


def test_the_tree_drawn_in_errors_is_the_tree_there_is() -> None:
    drawn = re.findall(r"^[│├└─ ]*(\w+Error)\b", errors.__doc__ or "", re.MULTILINE)
    defined = [
        name for name, each in vars(errors).items() if isinstance(each, type) and name.endswith("Error")
    ]
    assert sorted(drawn) == sorted(defined)
    assert all(issubclass(getattr(errors, name), errors.QuzhongError) for name in drawn)


@pytest.mark.parametrize(
    ("python", "contract"),
    [
        (rows.DispatchKind, events_pb2.DispatchKind),
        (rows.WorkSessionKind, events_pb2.WorkSessionKind),
        (rows.Vehicle, events_pb2.Vehicle),
        (rows.Weather, events_pb2.Weather),
        (rows.ServiceKind, events_pb2.ServiceKind),
        (rows.EmploymentForm, events_pb2.EmploymentForm),
        (rows.TenureBand, events_pb2.TenureBand),
        (quzhong.Verdict, intake_pb2.RowVerdict),
    ],
)
def test_enumerations_are_those_of_the_contract(python, contract) -> None:  # type: ignore[no-untyped-def]
    values = {number for number in contract.values() if number}
    assert {int(each) for each in python if each} == values
    # FROM_ stands where a name of the contract goes on with a digit.
    assert all(contract.Name(each).endswith(each.name.removeprefix("FROM_")) for each in python)


CODES = {
    grpc.StatusCode.INVALID_ARGUMENT: quzhong.InvalidArgumentError,
    grpc.StatusCode.NOT_FOUND: quzhong.NotFoundError,
    grpc.StatusCode.ALREADY_EXISTS: quzhong.AlreadyExistsError,
    grpc.StatusCode.FAILED_PRECONDITION: quzhong.FailedPreconditionError,
    grpc.StatusCode.ABORTED: quzhong.ConflictError,
    grpc.StatusCode.UNAUTHENTICATED: quzhong.UnauthenticatedError,
    grpc.StatusCode.PERMISSION_DENIED: quzhong.PermissionDeniedError,
    grpc.StatusCode.RESOURCE_EXHAUSTED: quzhong.ResourceExhaustedError,
    grpc.StatusCode.DEADLINE_EXCEEDED: quzhong.DeadlineExceededError,
    grpc.StatusCode.UNAVAILABLE: quzhong.UnavailableError,
    grpc.StatusCode.INTERNAL: quzhong.ServerError,
    grpc.StatusCode.DATA_LOSS: quzhong.ServerError,
}


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_every_status_becomes_its_error(intake: ScriptedIntake, address: str, code: grpc.StatusCode) -> None:
    intake.script.append(
        fails(
            code,
            "in English",
            error_details_pb2.ErrorInfo(reason="SOME_REASON", domain="quzhong", metadata={"limit": "5000"}),
            error_details_pb2.LocalizedMessage(locale="zh-CN", message="中文"),
            error_details_pb2.BadRequest(
                field_violations=[error_details_pb2.BadRequest.FieldViolation(field="dispatches")]
            ),
        )
    )
    error = _fail(address)
    assert type(error) is CODES[code]
    assert (error.code, error.message, error.zh) == (code, "in English", "中文")
    assert (error.reason, error.field, error.metadata) == ("SOME_REASON", "dispatches", {"limit": "5000"})
    assert str(error) == "SOME_REASON: in English"


def test_what_the_server_asks_to_wait_is_read(intake: ScriptedIntake, address: str) -> None:
    intake.script.append(unavailable(retry_after_s=1.5))
    assert _fail(address).retry_after_s == 1.5


def test_a_status_without_details_is_still_an_error(intake: ScriptedIntake, address: str) -> None:
    intake.script.append(lambda context: context.abort(grpc.StatusCode.UNAVAILABLE, "bare"))
    error = _fail(address)
    assert isinstance(error, quzhong.UnavailableError)
    assert (error.reason, error.field, error.zh, error.metadata) == ("", "", "bare", {})


def _fail(address: str) -> quzhong.ApiError:
    with grpc.insecure_channel(address) as channel:
        stub = intake_pb2_grpc.IntakeServiceStub(channel)
        request = intake_pb2.SubmitDispatchesRequest(dispatches=[dispatch("a")])
        with pytest.raises(grpc.RpcError) as caught:
            stub.SubmitDispatches(request, metadata=quzhong.bearer("t"))
    return quzhong.from_rpc_error(caught.value)


def test_a_dispatch_row_carries_all_it_states() -> None:
    row = quzhong.DispatchRow(
        event_id="e", identity="somebody", order_id="o",
        event_time=datetime(2026, 3, 16, 12, 0, 0, 250_000, tzinfo=timezone(timedelta(hours=8))),
        kind=quzhong.DispatchKind.COMPLETED, area_code="130203", service=quzhong.ServiceKind.FOOD_DELIVERY,
        vehicle=quzhong.Vehicle.E_BIKE, distance_m=0, promised=timedelta(minutes=30),
        estimated=timedelta(minutes=25, milliseconds=1), pay_fen=520, commission_fen=0, penalty_fen=None,
        weather=quzhong.Weather.RAIN, statutory_holiday=False,
    )  # fmt: skip
    message = row.to_message("w" * 24)
    assert message.event_time.ToMilliseconds() == 1_773_633_600_250
    assert message.promised_duration.seconds == 1_800
    assert message.estimated_duration.ToMilliseconds() == 1_500_001
    stated = {field.name for field, _ in message.ListFields()}
    assert {"distance_m", "commission_fen", "statutory_holiday"} <= stated
    assert "penalty_fen" not in stated
    assert message.worker_id == "w" * 24


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        rows.timestamp(datetime(2026, 3, 16, 12, 0))


DISPATCH = quzhong.DispatchRow(
    event_id="e", identity="11010519491231002X", order_id="o", event_time=datetime(2026, 3, 16, tzinfo=UTC),
    kind=quzhong.DispatchKind.ACCEPTED, area_code="130203",
)  # fmt: skip
SESSION = quzhong.WorkSessionRow(
    event_id="e", identity="11010519491231002X", event_time=datetime(2026, 3, 16, tzinfo=UTC),
    kind=quzhong.WorkSessionKind.ONLINE, area_code="130203",
)  # fmt: skip


@pytest.mark.parametrize(
    ("row", "field", "value", "wanted"),
    [
        (DISPATCH, "distance_m", -1, "a whole number"),
        (DISPATCH, "distance_m", 2.5, "a whole number"),
        (DISPATCH, "kind", "ACCEPTED", "one of DispatchKind"),
        (DISPATCH, "weather", "RAIN", "one of Weather"),
        (DISPATCH, "area_code", 130203, "a text"),
        (DISPATCH, "promised", 1_800, "a timedelta"),
        (DISPATCH, "event_time", "2026-03-16", "a datetime"),
        (DISPATCH, "version", -1, "a whole number"),
        (SESSION, "kind", "ONLINE", "one of WorkSessionKind"),
        (SESSION, "event_time", 1_773_619_200, "a datetime"),
    ],
)
def test_a_row_that_cannot_be_sent_tells_field_value_and_what_would_do(
    row: quzhong.DispatchRow | quzhong.WorkSessionRow, field: str, value: object, wanted: str
) -> None:
    wrong = row._replace(**{field: value})  # type: ignore[arg-type]
    with pytest.raises(
        ValueError, match=re.escape(f"{field}: {value!r} cannot be sent; give {wanted}")
    ) as caught:
        wrong.to_message("w" * 24)
    assert row.identity not in str(caught.value)


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9998, 1, 1), timezones=st.timezones()))
def test_times_are_exact_to_the_microsecond_in_every_zone(moment: datetime) -> None:
    written = rows.timestamp(moment)
    since = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    assert written.seconds * 1_000_000 + written.nanos // 1_000 == since // timedelta(microseconds=1)
    assert 0 <= written.nanos < 1_000_000_000


def test_a_row_with_an_identity_needs_a_pseudonymiser() -> None:
    row = quzhong.WorkSessionRow(
        event_id="e", identity="somebody", event_time=datetime(2026, 3, 16, tzinfo=UTC),
        kind=quzhong.WorkSessionKind.ONLINE, area_code="130203",
    )  # fmt: skip
    with pytest.raises(ValueError, match="pseudonymiser"):
        rows.RowMaker(None).work_session(row)
    assert rows.RowMaker(quzhong.LocalPseudonymiser(KEY)).work_session(row).worker_id


@given(st.text(min_size=1).filter(normalised))
def test_a_pseudonym_has_the_form_the_contract_asks_for(identity: str) -> None:
    pseudonym = quzhong.LocalPseudonymiser(KEY).pseudonym(identity)
    assert re.fullmatch(r"[A-Za-z0-9_-]{22,64}", pseudonym)
    assert pseudonym == quzhong.LocalPseudonymiser(KEY, cache_size=1).pseudonym(identity)
    assert pseudonym != quzhong.LocalPseudonymiser(KEY[::-1]).pseudonym(identity)


def test_a_pseudonym_never_changes_between_versions() -> None:
    """Stored pseudonyms must go on meaning the same person: this value is for ever."""
    assert quzhong.LocalPseudonymiser(KEY).pseudonym("11010519491231002X") == PINNED


PINNED = "1Js6o_fZsxFnIJY1ztAxf4CV"


@pytest.mark.parametrize(
    "spelling", ["11010519491231002x", " 11010519491231002X\n", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_spellings_of_one_identity_number_are_one_worker(spelling: str) -> None:
    pseudonyms = quzhong.LocalPseudonymiser(KEY)
    assert pseudonyms.pseudonym(spelling) == pseudonyms.pseudonym("11010519491231002X")


def test_names_that_differ_in_case_are_two_workers() -> None:
    pseudonyms = quzhong.LocalPseudonymiser(KEY)
    assert pseudonyms.pseudonym("rider-x") != pseudonyms.pseudonym("rider-X")


@pytest.mark.parametrize("key", [b"", b"short", b"k" * 65])
def test_a_key_of_the_wrong_length_is_refused(key: bytes) -> None:
    with pytest.raises(ValueError, match="key"):
        quzhong.LocalPseudonymiser(key)


def test_an_empty_identity_is_nobody() -> None:
    with pytest.raises(ValueError, match="identity"):
        quzhong.LocalPseudonymiser(KEY).pseudonym("  ")
