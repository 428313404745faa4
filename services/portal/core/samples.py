"""Sample batches for the sandbox: what intake takes, and what it sends back and why."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

SAMPLES = ("good", "bad", "correction")
"""All right; one row for each fault that integrations begin with; an event, then what replaces it."""

MINUTE_MS = 60_000
_WORKER = "sample-pseudonym-0001"
_CITY = "130200"


def sample(name: str, now_ms: int, area_code: str) -> str:
    """A batch as the contract's JSON. ``area_code``: one that the platform works in.

    Raises KeyError for a sample there is not.
    """
    rows = {"good": _good, "bad": _bad, "correction": _correction}[name]
    return json.dumps(rows(now_ms, area_code or _CITY), ensure_ascii=False, indent=2)


def _good(now_ms: int, area_code: str) -> dict[str, Any]:
    accepted = _dispatch("sample-1-accepted", "ACCEPTED", now_ms - 40 * MINUTE_MS, area_code)
    completed = _dispatch("sample-1-completed", "COMPLETED", now_ms - 12 * MINUTE_MS, area_code)
    return {
        "dispatches": [
            accepted | {"distanceM": 2300, "promisedDuration": "2100s"},
            completed | {"payFen": 560, "commissionFen": 80},
        ],
        "workSessions": [
            {
                "eventId": "sample-online",
                "workerId": _WORKER,
                "kind": "WORK_SESSION_KIND_ONLINE",
                "eventTime": _time(now_ms - 45 * MINUTE_MS),
                "areaCode": area_code,
            }
        ],
    }


def _bad(now_ms: int, area_code: str) -> dict[str, Any]:
    moment = now_ms - 10 * MINUTE_MS
    return {
        "dispatches": [
            _dispatch("sample-right", "ACCEPTED", moment, area_code),
            _dispatch("sample-phone", "ACCEPTED", moment, area_code) | {"workerId": "13812345678"},
            _dispatch("sample-future", "ACCEPTED", now_ms + 60 * MINUTE_MS, area_code),
            _dispatch("sample-area", "ACCEPTED", moment, "999999"),
            _dispatch("sample-distance", "ACCEPTED", moment, area_code) | {"distanceM": 9_000_000},
            _dispatch("sample-right", "ACCEPTED", moment, area_code) | {"payFen": 650},
            _dispatch("", "ACCEPTED", moment, area_code),
        ]
    }


def _correction(now_ms: int, area_code: str) -> dict[str, Any]:
    first = _dispatch("sample-2-completed", "COMPLETED", now_ms - 20 * MINUTE_MS, area_code)
    return {
        "dispatches": [
            first,
            first,
            first | {"eventTime": _time(now_ms - 22 * MINUTE_MS), "version": 1},
            first | {"version": 2, "deleted": True},
            first | {"workerId": "sample-pseudonym-0002", "version": 3},
        ]
    }


def _dispatch(event_id: str, kind: str, moment_ms: int, area_code: str) -> dict[str, Any]:
    return {
        "eventId": event_id,
        "workerId": _WORKER,
        "orderId": "sample-order-1",
        "kind": f"DISPATCH_KIND_{kind}",
        "eventTime": _time(moment_ms),
        "areaCode": area_code,
        "service": "SERVICE_KIND_FOOD_DELIVERY",
        "vehicle": "VEHICLE_E_BIKE",
    }


def _time(moment_ms: int) -> str:
    return datetime.fromtimestamp(moment_ms // 1000, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
