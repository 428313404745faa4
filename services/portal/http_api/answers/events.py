"""Events as they were accepted, how they arrive, and what intake would say of some."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from services.portal.core import events, explanations, integration
from services.portal.http_api.answers.audits import ServiceWord
from services.portal.http_api.answers.parts import WORD, Answer, Moment, Text

SessionWord = Annotated[events.SessionKind, WORD]
EventWord = Annotated[explanations.EventKind, WORD]
VehicleWord = Annotated[events.Vehicle, WORD]
WeatherWord = Annotated[events.Weather, WORD]
FormWord = Annotated[events.EmploymentForm, WORD]
TenureWord = Annotated[events.TenureBand, WORD]


class WorkSession(Answer):
    """One work-session event of one worker."""

    event_id: str
    worker_id: str
    event_time: Moment | None = Field(validation_alias="event_ms")
    kind: SessionWord
    area_code: str
    vehicle: VehicleWord
    version: int
    deleted: bool


class Dispatch(Answer):
    """One dispatch event: one order, one worker. Null: not stated."""

    event_id: str
    worker_id: str
    order_id: str
    event_time: Moment | None = Field(validation_alias="event_ms")
    kind: EventWord
    area_code: str
    service: ServiceWord
    vehicle: VehicleWord
    distance_m: int | None
    promised_ms: int | None
    estimated_ms: int | None
    pay_fen: int | None
    commission_fen: int | None
    penalty_fen: int | None
    weather: WeatherWord
    statutory_holiday: bool | None
    version: int
    deleted: bool
    employment_form: FormWord
    tenure_band: TenureWord
    partner_firm_id: str


class ArchivedEvent(Answer):
    """One version of an event as it was accepted: of the two kinds, one."""

    platform_id: str
    work_session: WorkSession | None
    dispatch: Dispatch | None


class ArchivedEventList(Answer):
    """By time, then platform, event and version; also versions that were replaced."""

    events: list[ArchivedEvent] = Field(validation_alias="items")
    next_page_token: str


class CheckedRow(Answer):
    """What intake would answer one row."""

    kind: str = Field(description="`dispatches` or `work_sessions`.")
    number: int = Field(description="Its place among its kind, from 1.")
    event_id: str
    verdict: Annotated[integration.RowVerdict, WORD]
    field: str = Field(description="Of a rejected row.")
    reason: str
    message: Text


class CheckedRows(Answer):
    rows: list[CheckedRow]


class RejectionCount(Answer):
    """How often rows were rejected for one reason."""

    reason: str
    field: str
    rows: int
    message: Text = Field(description="What the latest of these rows was told.")
    last_time: Moment = Field(validation_alias="last_ms")


class LastBatch(Answer):
    request_id: str
    answer_time: Moment = Field(validation_alias="answer_ms")
    accepted: int
    duplicate: int
    rejected: int
    lag_ms: int | None = Field(description="How long after its newest event it came.")


class IntegrationStatus(Answer):
    """What became of a platform's rows, and how late they come."""

    start_time: Moment = Field(validation_alias="start_ms", description="Counted from here on.")
    batches: int
    accepted: int
    duplicate: int
    rejected: int
    rejections: list[RejectionCount] = Field(description="The most frequent first.")
    last_batch: LastBatch | None = Field(validation_alias="last")
    lag_median_ms: int | None
    lag_p95_ms: int | None
    truncated: bool = Field(description="Fewer batches were counted than there are.")
