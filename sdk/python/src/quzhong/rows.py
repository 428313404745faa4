"""The rows a platform hands in, in Python's own types.

A row names the worker by ``identity``, which never leaves the process: the client puts the pseudonym in its
place. Who has pseudonyms already, or wants the last bit of speed, adds the protobuf messages of
``quzhong.api.events.v1``.

Rows are named tuples because those are made in half of the time of frozen dataclasses, and making them is
much of what a client costs. Name the fields: their order may change.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple

from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.events.v1 import events_pb2
from quzhong.pseudonyms import Pseudonymiser
from quzhong.unwritable import no_zone, unwritable


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


class WorkSessionRow(NamedTuple):
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

    def to_message(
        self, worker_id: str, make: Callable[..., events_pb2.WorkSession] = events_pb2.WorkSession
    ) -> events_pb2.WorkSession:
        """The row as it is sent; ``make``: as of ``DispatchRow.to_message``.

        Raises:
            ValueError: naming the field that cannot be written, e.g. an ``event_time`` without zone.
        """
        try:
            message = make(
                event_id=self.event_id,
                worker_id=worker_id,
                kind=self.kind,
                area_code=self.area_code,
                vehicle=self.vehicle,
                version=self.version,
                deleted=self.deleted,
            )
            _write_moment(self.event_time, message.event_time)
            return message
        except (ValueError, TypeError, AttributeError) as error:
            raise unwritable(self, events_pb2.WorkSession, error) from error


class DispatchRow(NamedTuple):
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

    def to_message(
        self, worker_id: str, make: Callable[..., events_pb2.Dispatch] = events_pb2.Dispatch
    ) -> events_pb2.Dispatch:
        """The row as it is sent.

        ``make`` makes the message of some of its fields; the ``add`` of a request makes it within the
        request.

        Raises:
            ValueError: naming the field that cannot be written, e.g. an ``event_time`` without zone, a
            negative distance.
        """
        # Row by row this is most of what a client costs: the fields are had at once and not one by one, no
        # message is made only to be copied into this one, and what few rows state is not written as a zero.
        (
            event_id, _, order_id, event_time, kind, area_code, service, vehicle, distance_m, promised,
            estimated, pay_fen, commission_fen, penalty_fen, weather, statutory_holiday, employment_form,
            tenure_band, partner_firm_id, version, deleted,
        ) = self  # fmt: skip
        try:
            message = make(
                event_id=event_id,
                worker_id=worker_id,
                order_id=order_id,
                kind=kind,
                area_code=area_code,
                service=service,
                vehicle=vehicle,
                distance_m=distance_m,
                pay_fen=pay_fen,
                commission_fen=commission_fen,
                penalty_fen=penalty_fen,
            )
            if event_time.tzinfo is None:
                raise no_zone(event_time)
            since = event_time - _EPOCH
            stamp = message.event_time
            stamp.seconds = since.days * 86_400 + since.seconds
            if since.microseconds:
                stamp.nanos = since.microseconds * 1_000
            if promised is not None:
                message.promised_duration.FromTimedelta(promised)
            if estimated is not None:
                message.estimated_duration.FromTimedelta(estimated)
            if weather:
                message.weather = weather  # type: ignore[assignment]
            if statutory_holiday is not None:
                message.statutory_holiday = statutory_holiday
            if employment_form:
                message.employment_form = employment_form  # type: ignore[assignment]
            if tenure_band:
                message.tenure_band = tenure_band  # type: ignore[assignment]
            if partner_firm_id:
                message.partner_firm_id = partner_firm_id
            if version:
                message.version = version
            if deleted:
                message.deleted = deleted
            return message
        except (ValueError, TypeError, AttributeError) as error:
            raise unwritable(self, events_pb2.Dispatch, error) from error


AnyDispatch = DispatchRow | events_pb2.Dispatch
"""What a client takes: a row that names the worker, or a message that has the pseudonym already."""

AnyWorkSession = WorkSessionRow | events_pb2.WorkSession
"""As ``AnyDispatch``."""


class RowMaker:
    """Makes the messages that are sent: puts pseudonyms in the place of identities."""

    def __init__(self, pseudonymiser: Pseudonymiser | None) -> None:
        self.pseudonym: Callable[[str], str] = (
            _no_pseudonym if pseudonymiser is None else pseudonymiser.pseudonym
        )
        """Who an identity is to everybody else."""

    def dispatch(self, row: AnyDispatch) -> events_pb2.Dispatch:
        """A message is taken as it is, without a copy.

        Raises:
            ValueError: if the row cannot be written.
        """
        if isinstance(row, events_pb2.Dispatch):
            return row
        return row.to_message(self.pseudonym(row.identity))

    def work_session(self, row: AnyWorkSession) -> events_pb2.WorkSession:
        """As ``dispatch``."""
        if isinstance(row, events_pb2.WorkSession):
            return row
        return row.to_message(self.pseudonym(row.identity))


def _no_pseudonym(identity: str) -> str:
    raise ValueError("identity: the client has no pseudonymiser; pass one, or add messages with a worker_id")


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
        raise no_zone(moment)
    since = moment - _EPOCH
    stamp.seconds = since.days * 86_400 + since.seconds
    if since.microseconds:
        stamp.nanos = since.microseconds * 1_000
