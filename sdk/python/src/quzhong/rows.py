"""The rows a platform hands in, in Python's own types.

A row names the worker by ``identity``, which never leaves the process: the client puts the pseudonym in its
place. Who has pseudonyms already, or wants the last bit of speed, adds the protobuf messages of
``quzhong.api.events.v1``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.events.v1 import events_pb2
from quzhong.pseudonyms import Pseudonymiser


class DispatchKind(IntEnum):
    """What happened to an order; values as in the contract."""

    OFFERED = 1
    ACCEPTED = 2
    REJECTED = 3
    PICKED_UP = 4
    COMPLETED = 5
    CANCELLED = 6
    COMPLAINED = 7


class WorkSessionKind(IntEnum):
    """What happened to a worker's session; values as in the contract."""

    ONLINE = 1
    OFFLINE = 2
    BREAK_START = 3
    BREAK_END = 4


class Vehicle(IntEnum):
    """What the order is carried with; values as in the contract."""

    UNSPECIFIED = 0
    E_BIKE = 1
    MOTORCYCLE = 2
    CAR = 3
    BICYCLE = 4
    WALK = 5


class Weather(IntEnum):
    """Values as in the contract."""

    UNSPECIFIED = 0
    NORMAL = 1
    RAIN = 2
    SNOW = 3
    EXTREME = 4


class ServiceKind(IntEnum):
    """Values as in the contract."""

    UNSPECIFIED = 0
    FOOD_DELIVERY = 1
    RIDE_HAILING = 2
    PARCEL = 3


class EmploymentForm(IntEnum):
    """How the worker is engaged; values as in the contract."""

    UNSPECIFIED = 0
    LABOUR_RELATION = 1
    NOT_FULLY_LABOUR_RELATION = 2
    SELF_EMPLOYED = 3


class TenureBand(IntEnum):
    """How long the worker has been with the platform; values as in the contract."""

    UNSPECIFIED = 0
    UNDER_3_MONTHS = 1
    FROM_3_TO_12_MONTHS = 2
    FROM_1_TO_3_YEARS = 3
    OVER_3_YEARS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSessionRow:
    """A worker went online or offline, or began or ended a break."""

    event_id: str
    """Chosen by the platform, unique for ever within it, 1–64 printable characters."""
    identity: str
    """Who the worker is, e.g. the identity number; replaced by the pseudonym before it is sent."""
    event_time: datetime
    """With its zone."""
    kind: WorkSessionKind
    area_code: str
    """GB/T 2260, six digits."""
    vehicle: Vehicle = Vehicle.UNSPECIFIED
    version: int = 0
    """Counts the corrections; see ``correct``."""
    deleted: bool = False
    """Whether this version says that the event never happened; see ``delete``."""

    def to_message(self, worker_id: str) -> events_pb2.WorkSession:
        """The row as it is sent.

        Raises:
            ValueError: if ``event_time`` has no zone.
        """
        return events_pb2.WorkSession(
            event_id=self.event_id,
            worker_id=worker_id,
            event_time=timestamp(self.event_time),
            kind=events_pb2.WorkSessionKind.ValueType(self.kind),
            area_code=self.area_code,
            vehicle=events_pb2.Vehicle.ValueType(self.vehicle),
            version=self.version,
            deleted=self.deleted,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchRow:
    """Something happened to an order. What is None is not stated."""

    event_id: str
    """Chosen by the platform, unique for ever within it, 1–64 printable characters."""
    identity: str
    """Who the worker is, e.g. the identity number; replaced by the pseudonym before it is sent."""
    order_id: str
    """The order's pseudonym, unique within the platform."""
    event_time: datetime
    """With its zone."""
    kind: DispatchKind
    area_code: str
    """GB/T 2260, six digits."""
    service: ServiceKind = ServiceKind.UNSPECIFIED
    vehicle: Vehicle = Vehicle.UNSPECIFIED
    distance_m: int | None = None
    """Length of the route, metres."""
    promised: timedelta | None = None
    """The time limit shown to the worker, from acceptance."""
    estimated: timedelta | None = None
    """The platform's own estimate of the same span."""
    pay_fen: int | None = None
    commission_fen: int | None = None
    penalty_fen: int | None = None
    weather: Weather = Weather.UNSPECIFIED
    statutory_holiday: bool | None = None
    employment_form: EmploymentForm = EmploymentForm.UNSPECIFIED
    tenure_band: TenureBand = TenureBand.UNSPECIFIED
    partner_firm_id: str = ""
    """The partner firm the worker is engaged through, as the platform names it: at most 64 of
    A–Z a–z 0–9 . _ -; empty if there is none."""
    version: int = 0
    """Counts the corrections; see ``correct``."""
    deleted: bool = False
    """Whether this version says that the event never happened; see ``delete``."""

    def to_message(self, worker_id: str) -> events_pb2.Dispatch:
        """The row as it is sent.

        Raises:
            ValueError: if ``event_time`` has no zone, or a number cannot be written (e.g. a negative
            distance).
        """
        # Row by row this is most of what a client costs: no message is made only to be copied into this one,
        # and enumerations go in as the integers they are.
        message = events_pb2.Dispatch(
            event_id=self.event_id,
            worker_id=worker_id,
            order_id=self.order_id,
            kind=self.kind,  # type: ignore[arg-type]
            area_code=self.area_code,
            service=self.service,  # type: ignore[arg-type]
            vehicle=self.vehicle,  # type: ignore[arg-type]
            distance_m=self.distance_m,
            pay_fen=self.pay_fen,
            commission_fen=self.commission_fen,
            penalty_fen=self.penalty_fen,
            weather=self.weather,  # type: ignore[arg-type]
            statutory_holiday=self.statutory_holiday,
            employment_form=self.employment_form,  # type: ignore[arg-type]
            tenure_band=self.tenure_band,  # type: ignore[arg-type]
            partner_firm_id=self.partner_firm_id,
            version=self.version,
            deleted=self.deleted,
        )
        _write_moment(self.event_time, message.event_time)
        if self.promised is not None:
            message.promised_duration.FromTimedelta(self.promised)
        if self.estimated is not None:
            message.estimated_duration.FromTimedelta(self.estimated)
        return message


AnyDispatch = DispatchRow | events_pb2.Dispatch
"""What a client takes: a row that names the worker, or a message that has the pseudonym already."""

AnyWorkSession = WorkSessionRow | events_pb2.WorkSession
"""As ``AnyDispatch``."""


class RowMaker:
    """Makes the messages that are sent: puts pseudonyms in the place of identities."""

    def __init__(self, pseudonymiser: Pseudonymiser | None) -> None:
        self._pseudonymiser = pseudonymiser

    def dispatch(self, row: AnyDispatch) -> events_pb2.Dispatch:
        """A message is taken as it is, without a copy.

        Raises:
            ValueError: if the row cannot be written.
        """
        if isinstance(row, events_pb2.Dispatch):
            return row
        return row.to_message(self._pseudonym(row.identity))

    def work_session(self, row: AnyWorkSession) -> events_pb2.WorkSession:
        """As ``dispatch``."""
        if isinstance(row, events_pb2.WorkSession):
            return row
        return row.to_message(self._pseudonym(row.identity))

    def _pseudonym(self, identity: str) -> str:
        if self._pseudonymiser is None:
            raise ValueError(
                "identity: the client has no pseudonymiser; pass one, or add messages with a worker_id"
            )
        return self._pseudonymiser.pseudonym(identity)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def timestamp(moment: datetime) -> Timestamp:
    """A moment as the contract writes it, exact to the microsecond.

    Raises:
        ValueError: if it has no zone: a naive time would be read in the zone of whatever machine this is.
    """
    stamp = Timestamp()
    _write_moment(moment, stamp)
    return stamp


def _write_moment(moment: datetime, stamp: Timestamp) -> None:
    if moment.tzinfo is None:
        raise ValueError(
            f"event_time: {moment.isoformat()} has no time zone; use e.g. ZoneInfo('Asia/Shanghai')"
        )
    since = moment - _EPOCH
    stamp.seconds = since.days * 86_400 + since.seconds
    stamp.nanos = since.microseconds * 1_000
