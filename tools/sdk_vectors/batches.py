"""Rows → the bytes of the request they are sent in."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from quzhong.batching import Batch, RowKind
from quzhong.corrections import correct, delete
from quzhong.rows import (
    DispatchKind,
    DispatchRow,
    EmploymentForm,
    RowMaker,
    ServiceKind,
    TenureBand,
    Vehicle,
    Weather,
    WorkSessionKind,
    WorkSessionRow,
)

ABOUT = (
    "rows (fields as in the Python client; enumerations by name, spans in milliseconds, what is "
    "absent is not stated) and the pseudonyms of their identities → the request, base64, fields "
    "ascending; corrected: what is done to the row before it is sent, each a next version: changed "
    "fields, or null for a deletion"
)

_ENUMS: dict[str, type[IntEnum]] = {
    "service": ServiceKind,
    "vehicle": Vehicle,
    "weather": Weather,
    "employment_form": EmploymentForm,
    "tenure_band": TenureBand,
}
_SPANS = ("promised", "estimated")

_PSEUDONYMS = {"rider 1": "w" * 24, "骑手二": "AbCdEfGhIjKlMnOpQrStUv-_"}


def _dispatch(number: int, **changed: Any) -> dict[str, Any]:
    return {
        "event_id": f"20260316-{number:06}",
        "identity": "rider 1",
        "order_id": f"order-{number}",
        "event_time": "2026-03-16T12:31:00+08:00",
        "kind": "ACCEPTED",
        "area_code": "130203",
    } | changed


def _session(number: int, **changed: Any) -> dict[str, Any]:
    return {
        "event_id": f"s-{number}",
        "identity": "骑手二",
        "event_time": "2026-03-16T00:00:00Z",
        "kind": "ONLINE",
        "area_code": "130203",
    } | changed


_WHOLE = _dispatch(
    1,
    kind="COMPLETED",
    service="FOOD_DELIVERY",
    vehicle="E_BIKE",
    distance_m=2_300,
    promised=1_800_000,
    estimated=1_620_500,
    pay_fen=650,
    commission_fen=0,
    penalty_fen=4_294_967_295,
    weather="RAIN",
    statutory_holiday=False,
    employment_form="NOT_FULLY_LABOUR_RELATION",
    tenure_band="FROM_3_TO_12_MONTHS",
    partner_firm_id="firm_1.A-b",
)


def _case(name: str, kind: str, *rows: dict[str, Any], request_id: str = "a1b2-1") -> dict[str, Any]:
    given = {"kind": kind, "platform_id": "platform-a", "request_id": request_id}
    return {"name": name, "given": given | {"pseudonyms": _PSEUDONYMS, "rows": list(rows)}}


CASES: list[dict[str, Any]] = [
    _case("a dispatch with what it must have", "dispatch", _dispatch(1)),
    _case("a dispatch with everything", "dispatch", _WHOLE),
    _case("zero is stated, absence is not", "dispatch", _dispatch(1, distance_m=0, pay_fen=0), _dispatch(2)),
    _case("spans of zero and of a part of a second", "dispatch", _dispatch(1, promised=0, estimated=1)),
    _case("every kind", "dispatch", *(_dispatch(each.value, kind=each.name) for each in DispatchKind)),
    _case("microseconds", "dispatch", _dispatch(1, event_time="2026-03-16T12:31:00.123456+08:00")),
    _case("before 1970", "dispatch", _dispatch(1, event_time="1969-12-31T23:59:59.999999Z")),
    _case("another zone", "dispatch", _dispatch(1, event_time="2026-03-16T01:31:00-03:00")),
    _case("Chinese ids", "dispatch", _dispatch(1, order_id="订单-1", identity="骑手二"), request_id="批次-1"),
    _case("many rows", "dispatch", *(_dispatch(number, distance_m=number) for number in range(200))),
    _case("no row", "dispatch"),
    _case("a session", "work_session", _session(1), _session(2, kind="OFFLINE", vehicle="MOTORCYCLE")),
    _case(
        "every kind of session",
        "work_session",
        *(_session(each.value, kind=each.name) for each in WorkSessionKind),
    ),
    _case("corrected once", "dispatch", _dispatch(1) | {"corrected": [{"distance_m": 2_450}]}),
    _case(
        "not stated any more", "dispatch", _WHOLE | {"corrected": [{"distance_m": None, "promised": None}]}
    ),
    _case(
        "another time and kind",
        "dispatch",
        _dispatch(1) | {"corrected": [{"event_time": "2026-03-16T12:40:00+08:00", "kind": "REJECTED"}]},
    ),
    _case("deleted", "dispatch", _WHOLE | {"corrected": [None]}),
    _case(
        "deleted, and happened after all", "dispatch", _dispatch(1) | {"corrected": [None, {"pay_fen": 1}]}
    ),
    _case(
        "a session corrected and deleted",
        "work_session",
        _session(1) | {"corrected": [{"kind": "BREAK_START"}, None]},
    ),
]


class _Known:
    """Pseudonyms of a table."""

    def __init__(self, known: dict[str, str]) -> None:
        self._known = known

    def pseudonym(self, identity: str) -> str:
        return self._known[identity]


def outcome(given: dict[str, Any]) -> dict[str, Any]:
    """The request."""
    maker = RowMaker(_Known(given["pseudonyms"]))
    if given["kind"] == "dispatch":
        batch = Batch.of(
            RowKind.DISPATCH,
            1,
            given["request_id"],
            [maker.dispatch(dispatch_row(row)) for row in given["rows"]],
        )
    else:
        rows = [maker.work_session(work_session_row(row)) for row in given["rows"]]
        batch = Batch.of(RowKind.WORK_SESSION, 1, given["request_id"], rows)
    request = batch.to_request(given["platform_id"])
    return {"request": b64encode(request.SerializeToString(deterministic=True)).decode()}


def dispatch_row(told: dict[str, Any]) -> DispatchRow:
    """A row of a vector file in Python's own types, corrected as it says."""
    row = DispatchRow(**values(told, DispatchKind))
    for change in told.get("corrected", ()):
        row = delete(row) if change is None else correct(row, **values(change, DispatchKind))
    return row


def work_session_row(told: dict[str, Any]) -> WorkSessionRow:
    """As ``dispatch_row``."""
    row = WorkSessionRow(**values(told, WorkSessionKind))
    for change in told.get("corrected", ()):
        row = delete(row) if change is None else correct(row, **values(change, WorkSessionKind))
    return row


def values(told: dict[str, Any], kinds: type[IntEnum]) -> dict[str, Any]:
    """Fields of a row from what JSON can say.

    Raises:
        KeyError: for a field, or a name, that no row has.
    """
    known = {*DispatchRow._fields, *WorkSessionRow._fields}
    read: dict[str, Any] = {}
    for name, value in told.items():
        if name == "corrected":
            continue
        if name not in known:
            raise KeyError(name)
        if name == "event_time":
            value = datetime.fromisoformat(value)
        elif name == "kind":
            value = kinds[value]
        elif name in _ENUMS:
            value = _ENUMS[name][value]
        elif name in _SPANS and value is not None:
            value = timedelta(milliseconds=value)
        read[name] = value
    return read
