"""How a platform's events arrive, and what intake would say of some."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.portal.core import events
from services.portal.core.explanations import EventKind
from services.portal.core.rules import Service
from services.portal.http_api.access import TheToken, TheWritersToken
from services.portal.http_api.answers.events import (
    CheckedRows,
    IntegrationStatus,
)
from services.portal.http_api.answers.parts import GIVEN_WORD
from services.portal.http_api.parts import Words, epoch_ms
from services.portal.http_api.route import ONE, problems, routes
from services.portal.web import ThePortal

router = routes("events")

_WEEK_MS = 7 * 86_400_000
Count = Annotated[int, Field(ge=0, le=2**32 - 1)]
Span = Annotated[int, Field(ge=0, le=315_576_000_000_000, description="Milliseconds.")]


@router.get("/integration", responses=ONE)
async def get_integration_status(
    portal: ThePortal,
    token: TheToken,
    platform_id: Annotated[str, Query(description="A platform may leave it out.")] = "",
    window_ms: Annotated[int, Query(ge=0, le=_WEEK_MS, description="How far back; 0: 24 hours.")] = 0,
) -> IntegrationStatus:
    """What became of a platform's rows, and how late they come."""
    return IntegrationStatus.model_validate(await portal.own.integration(token, platform_id, window_ms))


class GivenEvent(BaseModel):
    """What events of both kinds have in common."""

    model_config = ConfigDict(extra="forbid")

    event_id: Words
    worker_id: Words
    event_time: AwareDatetime
    area_code: Words = ""
    vehicle: Annotated[events.Vehicle, GIVEN_WORD] = events.Vehicle.UNSPECIFIED
    version: Count = 0
    deleted: bool = False


def _told(given: GivenEvent) -> dict[str, Any]:
    # Not model_dump: that has the enums' words instead of their values.
    fields = {name: getattr(given, name) for name in type(given).model_fields}
    return fields | {"event_ms": epoch_ms(fields.pop("event_time"))}


class GivenWorkSession(GivenEvent):
    """A work-session event to check."""

    kind: Annotated[events.SessionKind, GIVEN_WORD]

    def event(self) -> events.WorkSession:
        """As the suite's port has it."""
        return events.WorkSession(**_told(self))


class GivenDispatch(GivenEvent):
    """A dispatch event to check. Null: not stated."""

    kind: Annotated[EventKind, GIVEN_WORD] = EventKind.UNSPECIFIED
    order_id: Words = ""
    service: Annotated[Service, GIVEN_WORD] = Service.UNSPECIFIED
    distance_m: Count | None = None
    promised_ms: Span | None = None
    estimated_ms: Span | None = None
    pay_fen: Count | None = None
    commission_fen: Count | None = None
    penalty_fen: Count | None = None
    weather: Annotated[events.Weather, GIVEN_WORD] = events.Weather.UNSPECIFIED
    statutory_holiday: bool | None = None
    employment_form: Annotated[events.EmploymentForm, GIVEN_WORD] = events.EmploymentForm.UNSPECIFIED
    tenure_band: Annotated[events.TenureBand, GIVEN_WORD] = events.TenureBand.UNSPECIFIED
    partner_firm_id: Words = ""

    def event(self) -> events.Dispatch:
        """As the suite's port has it."""
        return events.Dispatch(**_told(self))


class GivenBatch(BaseModel):
    """At most 5,000 rows of both kinds together."""

    model_config = ConfigDict(extra="forbid")

    platform_id: Words = Field(default="", description="A platform may leave it out.")
    work_sessions: list[GivenWorkSession] = []
    dispatches: list[GivenDispatch] = []


@router.post("/event-checks", responses=problems(HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
async def check_events(portal: ThePortal, token: TheWritersToken, body: GivenBatch) -> CheckedRows:
    """What intake would answer these events, row by row. Nothing is taken in, kept or counted."""
    rows = await portal.lookups.check(
        token,
        body.platform_id,
        [each.event() for each in body.work_sessions],
        [each.event() for each in body.dispatches],
    )
    return CheckedRows.model_validate({"rows": rows})
