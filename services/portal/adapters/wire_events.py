"""Events of workers and orders, from the contract's messages and back."""

from __future__ import annotations

from typing import Any

from google.protobuf.message import Message

from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2
from services.portal.adapters.decode import known, optional_ms, span_ms
from services.portal.core import events
from services.portal.core.explanations import EventKind
from services.portal.core.rules import Service

_STATED = ("distance_m", "pay_fen", "commission_fen", "penalty_fen", "statutory_holiday")
"""Of a dispatch: fields whose absence says something else than 0."""


def archived_event(message: intake_pb2.ArchivedEvent) -> events.ArchivedEvent:
    return events.ArchivedEvent(
        message.platform_id,
        _work_session(message.work_session) if message.HasField("work_session") else None,
        _dispatch(message.dispatch) if message.HasField("dispatch") else None,
    )


def _work_session(message: events_pb2.WorkSession) -> events.WorkSession:
    return events.WorkSession(
        event_id=message.event_id,
        worker_id=message.worker_id,
        event_ms=optional_ms(message, "event_time"),
        kind=known(events.SessionKind, message.kind),
        area_code=message.area_code,
        vehicle=known(events.Vehicle, message.vehicle),
        version=message.version,
        deleted=message.deleted,
    )


def _dispatch(message: events_pb2.Dispatch) -> events.Dispatch:
    return events.Dispatch(
        event_id=message.event_id,
        worker_id=message.worker_id,
        order_id=message.order_id,
        event_ms=optional_ms(message, "event_time"),
        kind=known(EventKind, message.kind),
        area_code=message.area_code,
        service=known(Service, message.service),
        vehicle=known(events.Vehicle, message.vehicle),
        promised_ms=_optional_span(message, "promised_duration"),
        estimated_ms=_optional_span(message, "estimated_duration"),
        weather=known(events.Weather, message.weather),
        version=message.version,
        deleted=message.deleted,
        employment_form=known(events.EmploymentForm, message.employment_form),
        tenure_band=known(events.TenureBand, message.tenure_band),
        partner_firm_id=message.partner_firm_id,
        **{name: _optional(message, name) for name in _STATED},
    )


def _optional(message: Message, name: str) -> Any:
    return getattr(message, name) if message.HasField(name) else None


def _optional_span(message: Message, name: str) -> int | None:
    return span_ms(getattr(message, name)) if message.HasField(name) else None


def work_session_message(event: events.WorkSession) -> events_pb2.WorkSession:
    """The other way."""
    message = events_pb2.WorkSession(
        event_id=event.event_id,
        worker_id=event.worker_id,
        kind=events_pb2.WorkSessionKind.ValueType(event.kind),
        area_code=event.area_code,
        vehicle=events_pb2.Vehicle.ValueType(event.vehicle),
        version=event.version,
        deleted=event.deleted,
    )
    if event.event_ms is not None:
        message.event_time.FromMilliseconds(event.event_ms)
    return message


def dispatch_message(event: events.Dispatch) -> events_pb2.Dispatch:
    """The other way."""
    stated = {name: getattr(event, name) for name in _STATED}
    message = events_pb2.Dispatch(
        event_id=event.event_id,
        worker_id=event.worker_id,
        order_id=event.order_id,
        kind=events_pb2.DispatchKind.ValueType(event.kind),
        area_code=event.area_code,
        service=events_pb2.ServiceKind.ValueType(event.service),
        vehicle=events_pb2.Vehicle.ValueType(event.vehicle),
        weather=events_pb2.Weather.ValueType(event.weather),
        version=event.version,
        deleted=event.deleted,
        employment_form=events_pb2.EmploymentForm.ValueType(event.employment_form),
        tenure_band=events_pb2.TenureBand.ValueType(event.tenure_band),
        partner_firm_id=event.partner_firm_id,
        **{name: value for name, value in stated.items() if value is not None},
    )
    if event.event_ms is not None:
        message.event_time.FromMilliseconds(event.event_ms)
    if event.promised_ms is not None:
        message.promised_duration.FromMilliseconds(event.promised_ms)
    if event.estimated_ms is not None:
        message.estimated_duration.FromMilliseconds(event.estimated_ms)
    return message
