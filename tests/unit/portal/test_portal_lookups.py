"""What only programs look up: messages of the contract as the API's answers, field by field."""

from __future__ import annotations

import json
from typing import Any

from google.longrunning import operations_pb2
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc import code_pb2, error_details_pb2
from hypothesis import given
from hypothesis import strategies as st

from quzhong.api.algo_audit.v1 import algo_audit_pb2
from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.notify.v1 import casework_pb2, delivery_pb2, notify_pb2
from quzhong.api.registry.v1 import registry_pb2
from services.portal.adapters import decode_lookups, wire_events
from services.portal.http_api.answers import events as told_events
from services.portal.http_api.answers import figures, parties, subscriptions
from services.portal.http_api.answers.parts import Answer


def _json(answer: Answer) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answer.model_dump_json())
    return told


NUMBERS = st.none() | st.integers(0, 2**32 - 1)
SPANS = st.none() | st.integers(0, 86_400_000)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)


def _number_of(enumeration: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(enumeration.values())


@st.composite
def dispatches(draw: st.DrawFn) -> events_pb2.Dispatch:
    stated: dict[str, Any] = {
        name: draw(NUMBERS) for name in ("distance_m", "pay_fen", "commission_fen", "penalty_fen")
    }
    message = events_pb2.Dispatch(
        event_id=draw(TEXTS),
        worker_id=draw(TEXTS),
        order_id=draw(TEXTS),
        kind=draw(_number_of(events_pb2.DispatchKind)),
        service=draw(_number_of(events_pb2.ServiceKind)),
        vehicle=draw(_number_of(events_pb2.Vehicle)),
        weather=draw(_number_of(events_pb2.Weather)),
        employment_form=draw(_number_of(events_pb2.EmploymentForm)),
        tenure_band=draw(_number_of(events_pb2.TenureBand)),
        statutory_holiday=draw(st.none() | st.booleans()),
        version=draw(st.integers(0, 65_534)),
        deleted=draw(st.booleans()),
        partner_firm_id=draw(TEXTS),
        **stated,
    )
    message.event_time.FromMilliseconds(draw(st.integers(0, 2**41)))
    for name in ("promised_duration", "estimated_duration"):
        if (span := draw(SPANS)) is not None:
            getattr(message, name).FromMilliseconds(span)
    return message


@given(dispatches())
def test_a_dispatch_comes_back_as_it_was(message: events_pb2.Dispatch) -> None:
    found = wire_events.archived_event(intake_pb2.ArchivedEvent(platform_id="kuaida", dispatch=message))
    assert found.work_session is None
    assert found.dispatch is not None
    assert wire_events.dispatch_message(found.dispatch) == message


def test_a_work_session_comes_back_as_it_was_and_is_told_in_words() -> None:
    message = events_pb2.WorkSession(
        event_id="e1",
        worker_id="worker-pseudonym-000001",
        event_time=Timestamp(seconds=1_773_600_000),
        kind=events_pb2.WORK_SESSION_KIND_BREAK_START,
        area_code="130203",
        vehicle=events_pb2.VEHICLE_E_BIKE,
        version=2,
        deleted=True,
    )
    found = wire_events.archived_event(intake_pb2.ArchivedEvent(platform_id="kuaida", work_session=message))
    assert found.work_session is not None
    assert wire_events.work_session_message(found.work_session) == message
    assert _json(told_events.ArchivedEvent.model_validate(found)) == {
        "platform_id": "kuaida",
        "work_session": {
            "event_id": "e1",
            "worker_id": "worker-pseudonym-000001",
            "event_time": "2026-03-15T18:40:00Z",
            "kind": "break_start",
            "area_code": "130203",
            "vehicle": "e_bike",
            "version": 2,
            "deleted": True,
        },
        "dispatch": None,
    }


def test_an_operation_tells_the_audit_it_led_to_or_why_it_led_to_none() -> None:
    message = operations_pb2.Operation(name="operations/7", done=True)
    message.metadata.Pack(algo_audit_pb2.AuditProgress(stage="KEEPING", percent=100, metric_id="m"))
    message.response.Pack(algo_audit_pb2.RunAuditResponse(audit=algo_audit_pb2.Audit(audit_id="audit-7")))
    told = figures.Operation.model_validate(decode_lookups.operation(message))
    assert (told.operation_id, told.percent, told.audit_id, told.failure) == ("7", 100, "audit-7", None)

    message.error.code = code_pb2.FAILED_PRECONDITION
    message.error.message = "no orders"
    message.error.details.add().Pack(error_details_pb2.ErrorInfo(reason="NO_ORDERS"))
    message.error.details.add().Pack(error_details_pb2.LocalizedMessage(locale="zh-CN", message="没有订单"))
    failed = figures.Operation.model_validate(decode_lookups.operation(message))
    assert failed.audit_id == ""
    assert failed.failure is not None
    assert _json(failed.failure) == {
        "status": "FAILED_PRECONDITION",
        "reason": "NO_ORDERS",
        "text": {"zh": "没有订单", "en": "no orders"},
    }


def test_what_a_baseline_does_not_tell_is_null() -> None:
    message = algo_audit_pb2.ListBaselinesResponse(
        baselines=[
            algo_audit_pb2.CohortBaseline(
                cohort="0-2000",
                p50=640,
                p90=float("inf"),
                middle=algo_audit_pb2.Interval(low=600, high=float("inf")),
            )
        ],
        unit="s",
        direction=algo_audit_pb2.DIRECTION_AT_MOST,
        next_page_token="more",
    )
    told = _json(figures.BaselineList.model_validate(decode_lookups.all_baselines(message)))
    (row,) = told["baselines"]
    assert (row["p10"], row["p50"], row["p90"]) == (None, 640, None)
    assert row["middle"] == {"low": 600, "high": None}
    assert (told["direction"], told["next_page_token"]) == ("at_most", "more")


def test_a_subscription_tells_whom_it_reaches_and_what_it_hears() -> None:
    message = delivery_pb2.Subscription(
        subscription_id="s1",
        channel=delivery_pb2.CHANNEL_EMAIL,
        filter=notify_pb2.AlertFilter(platform_id="kuaida", cases_only=True),
        digest=delivery_pb2.DIGEST_DAILY,
        language=casework_pb2.LANGUAGE_EN,
    )
    told = _json(subscriptions.Subscription.model_validate(decode_lookups.subscription(message)))
    assert (told["channel"], told["digest"], told["language"]) == ("email", "daily", "en")
    assert told["filter"] == {
        "area_code": "",
        "platform_id": "kuaida",
        "rule_id": "",
        "least_severity": "unspecified",
        "department_id": "",
        "cases_only": True,
    }


def test_who_answers_for_a_firm_is_null_where_it_is_not_told() -> None:
    message = registry_pb2.Party(party_id="firm-a")
    message.profile.licences.add(kind=registry_pb2.LICENCE_KIND_BUSINESS, number="L-1")
    told = parties.RegisteredParty.model_validate(decode_lookups.registered_party(message))
    assert told.profile.responsible_person is None
    assert _json(told.profile.licences[0]) == {"kind": "business", "number": "L-1", "expiry_date": ""}
    message.profile.responsible_person.name = "王五"
    named = parties.RegisteredParty.model_validate(decode_lookups.registered_party(message))
    assert named.profile.responsible_person is not None
    assert named.profile.responsible_person.name == "王五"
