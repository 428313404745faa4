"""The columns of each event topic, as a table: one row a column, named as in ``columns.proto``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from quzhong.api.events.v1 import columns_pb2

NOT_STATED = -1
"""What an optional quantity holds where the platform said nothing."""

_DICTIONARIES = {"platform": "platform_ids", "worker": "worker_ids", "area": "area_codes"}
_OPTIONAL_DICTIONARIES = {"partner_firm": "partner_firm_ids"}
"""Their first entry is the empty string: what a row that states none indexes."""

_REQUIRED = {
    "platform": "<u2",
    "worker": "<u4",
    "area": "<u2",
    "event_key": "<u8",
    "event_time_ms": "<i8",
    "kind": "u1",
    "vehicle": "u1",
}
_OPTIONAL = {
    "statutory_holiday": "i1",
    "distance_m": "<i4",
    "promised_ms": "<i4",
    "estimated_ms": "<i4",
    "pay_fen": "<i4",
    "commission_fen": "<i4",
    "penalty_fen": "<i4",
}
_VERSIONED = {
    "version": "<u2",
    "deleted": "u1",
}
_GROUPED = {
    "partner_firm": "<u4",
    "employment_form": "u1",
    "tenure_band": "u1",
}
"""The worker's coarse groups; 0 where none is stated.

What is new comes last: to a digest of the row a zero adds nothing, so that what says nothing new keeps the
digest it has.
"""


@dataclass(frozen=True, slots=True)
class Schema:
    """What a kind of event has as columns."""

    message: type[columns_pb2.WorkSessionColumns] | type[columns_pb2.DispatchColumns]
    """The protobuf message that carries them."""
    texts: tuple[str, ...]
    """Fields with one string a row."""
    dictionaries: Mapping[str, str]
    """Columns that index a dictionary, and the dictionary's field."""
    optional_dictionaries: frozenset[str]
    """Those of them whose code 0 is the empty string, "not stated", in every batch."""
    dtypes: Mapping[str, np.dtype[np.generic]]
    """Column name → little-endian type."""
    when_empty: Mapping[str, int]
    """Columns that are left empty on the log where all rows hold this value."""


def _dtypes(*tables: Mapping[str, str]) -> dict[str, np.dtype[np.generic]]:
    return {name: np.dtype(code) for table in tables for name, code in table.items()}


WORK_SESSION = Schema(
    message=columns_pb2.WorkSessionColumns,
    texts=("event_ids",),
    dictionaries=_DICTIONARIES,
    optional_dictionaries=frozenset(),
    dtypes=_dtypes(_REQUIRED, _VERSIONED),
    when_empty=dict.fromkeys(_VERSIONED, 0),
)
DISPATCH = Schema(
    message=columns_pb2.DispatchColumns,
    texts=("event_ids", "order_ids"),
    dictionaries=_DICTIONARIES | _OPTIONAL_DICTIONARIES,
    optional_dictionaries=frozenset(_OPTIONAL_DICTIONARIES),
    dtypes=_dtypes(
        _REQUIRED, {"order_key": "<u8", "service": "u1", "weather": "u1"}, _OPTIONAL, _VERSIONED, _GROUPED
    ),
    when_empty=dict.fromkeys(_OPTIONAL, NOT_STATED) | dict.fromkeys((*_VERSIONED, *_GROUPED), 0),
)
