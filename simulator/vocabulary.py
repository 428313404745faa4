"""The codes that events carry. Values equal the enums of ``proto/quzhong/api/events/v1``.

They are repeated here, not imported, so that the simulator needs NumPy and nothing else.
"""

from enum import IntEnum

NOT_STATED = -1
"""In every integer column of an event table: the platform did not state this field."""


class DispatchKind(IntEnum):
    """What happened to an order."""

    OFFERED = 1
    ACCEPTED = 2
    REJECTED = 3
    PICKED_UP = 4
    COMPLETED = 5
    CANCELLED = 6
    COMPLAINED = 7


class WorkSessionKind(IntEnum):
    """What a worker did with the platform's app."""

    ONLINE = 1
    OFFLINE = 2
    BREAK_START = 3
    BREAK_END = 4


class Vehicle(IntEnum):
    """What the worker rides."""

    E_BIKE = 1
    MOTORCYCLE = 2
    CAR = 3
    BICYCLE = 4
    WALK = 5


class Weather(IntEnum):
    """What the platform recorded for the order."""

    NORMAL = 1
    RAIN = 2
    SNOW = 3
    EXTREME = 4


class EmploymentForm(IntEnum):
    """How a worker is engaged (唐人社字〔2022〕1号); 0 = not stated."""

    LABOUR_RELATION = 1
    NOT_FULLY_LABOUR_RELATION = 2
    SELF_EMPLOYED = 3


class TenureBand(IntEnum):
    """For how long a worker has been with the platform; 0 = not stated."""

    UNDER_3_MONTHS = 1
    FROM_3_TO_12_MONTHS = 2
    FROM_1_TO_3_YEARS = 3
    OVER_3_YEARS = 4


class Service(IntEnum):
    """What kind of work the order is."""

    FOOD_DELIVERY = 1
    RIDE_HAILING = 2
    PARCEL = 3
