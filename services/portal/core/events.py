"""What platforms say happened: events as they were accepted, or are to be checked.

Moments in epoch milliseconds, spans in milliseconds, money in fen, distances in metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from services.portal.core.explanations import EventKind
from services.portal.core.rules import Service


class SessionKind(IntEnum):
    """Values equal those of quzhong.api.events.v1.WorkSessionKind."""

    UNSPECIFIED = 0
    ONLINE = 1
    OFFLINE = 2
    BREAK_START = 3
    BREAK_END = 4


class Vehicle(IntEnum):
    """Values equal those of quzhong.api.events.v1.Vehicle."""

    UNSPECIFIED = 0
    E_BIKE = 1
    MOTORCYCLE = 2
    CAR = 3
    BICYCLE = 4
    WALK = 5


class Weather(IntEnum):
    """Values equal those of quzhong.api.events.v1.Weather."""

    UNSPECIFIED = 0
    NORMAL = 1
    RAIN = 2
    SNOW = 3
    EXTREME = 4


class EmploymentForm(IntEnum):
    """Values equal those of quzhong.api.events.v1.EmploymentForm."""

    UNSPECIFIED = 0
    LABOUR_RELATION = 1
    NOT_FULLY_LABOUR_RELATION = 2
    SELF_EMPLOYED = 3


class TenureBand(IntEnum):
    """Values equal those of quzhong.api.events.v1.TenureBand."""

    UNSPECIFIED = 0
    UNDER_3_MONTHS = 1
    FROM_3_TO_12_MONTHS = 2
    FROM_1_TO_3_YEARS = 3
    OVER_3_YEARS = 4


@dataclass(frozen=True, slots=True)
class WorkSession:
    """One work-session event of one worker."""

    event_id: str
    worker_id: str
    event_ms: int | None
    kind: SessionKind
    area_code: str
    vehicle: Vehicle
    version: int
    deleted: bool


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One dispatch event: one order, one worker. None: not stated."""

    event_id: str
    worker_id: str
    order_id: str
    event_ms: int | None
    kind: EventKind
    area_code: str
    service: Service
    vehicle: Vehicle
    distance_m: int | None
    promised_ms: int | None
    estimated_ms: int | None
    pay_fen: int | None
    commission_fen: int | None
    penalty_fen: int | None
    weather: Weather
    statutory_holiday: bool | None
    version: int
    deleted: bool
    employment_form: EmploymentForm
    tenure_band: TenureBand
    partner_firm_id: str


@dataclass(frozen=True, slots=True)
class ArchivedEvent:
    """One version of an event as it was accepted; of the two kinds, one."""

    platform_id: str
    work_session: WorkSession | None
    dispatch: Dispatch | None
