"""What an integration has to do: steps and rows as data, the same for every platform.

Times are seconds from the moment that the integration begins a scenario (``at_s``; negative: before), so that
it replays the script when it likes, by its own clock. Ids and workers are the same in every run of a
platform; the sandbox is new each time.

==============  ===================================================================================
``do``          what the integration does
==============  ===================================================================================
send            sends the rows through its own SDK, and waits for the answer
correct         sends the next version of ``event_id`` with the values in ``set``
delete          sends the next version of ``event_id``, which says that it never happened
send_skewed     as send, but its clock is wrong: ``at_s`` is what the clock says; a row that is rejected
                for its time is sent again with ``true_at_s``
stream          sends the rows one after another, ``every_ms`` apart, without waiting for answers
await_advice    goes on once advice about the worker has come, or after ``within_s``
offer           an order has to be given out now: to the first of ``candidates`` to whom the advice allows
                it; sends the row with that worker, and its ``event_id`` made of order and worker
await_notice    waits ``within_s`` for a warning against it, reads the letter and acknowledges it
finish          sends the row: the integration is through, and the kit judges
==============  ===================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from kit.conformance import SCENARIOS
from kit.ledger.canonical import canonical

FORM = "quzhong-conformance-script/1"

AREA = "130203"
"""Lubei (路北区): one of the areas that the sandbox has."""

Row = dict[str, Any]
Step = dict[str, Any]

MINUTE, HOUR, DAY = 60, 3_600, 86_400

FINISH = "conformance-finish"
"""The event that ends a run."""

SKEW_S = DAY
"""How far the wrong clock is ahead: beyond what intake allows (5 min) for as long as anybody replays."""

NOTICE_DAYS_AGO = 2
"""A warning rests on whole days that are over for two hours: the day before yesterday always is."""

NOTICE_WORKERS = 4
"""A warning is about three workers at least."""


def worker(platform_id: str, scenario_id: str, number: int = 1) -> str:
    """A worker's pseudonym. Each scenario has its own, so that none is judged by another's events, and each
    platform, because what a worker does counts wherever it is done."""
    whose = sha256(platform_id.encode()).hexdigest()[:8]
    return f"conformance-{whose}-{scenario_id.replace('_', '-')}-{number:02}"


def script(platform_id: str, *, outage_s: float) -> dict[str, Any]:
    """The whole script of a platform.

    Args:
        platform_id: whose rows they are.
        outage_s: how long the sandbox will be away, seconds.
    """
    steps = {
        "duplicates": list(_duplicates(platform_id)),
        "late_events": list(_late_events(platform_id)),
        "corrections": list(_corrections(platform_id)),
        "clock_skew": list(_clock_skew(platform_id)),
        "advisories": list(_advisories(platform_id)),
        "no_push": list(_no_push(platform_id)),
        "outage": list(_outage(platform_id, outage_s)),
        "notice": list(_notice(platform_id)),
    }
    return {
        "form": FORM,
        "platform_id": platform_id,
        "outage_s": round(outage_s),
        "scenarios": [
            {
                "scenario_id": one.scenario_id,
                "title": {"zh": one.title_zh, "en": one.title_en},
                "asks": {"zh": one.asks_zh, "en": one.asks_en},
                "steps": steps[one.scenario_id],
            }
            for one in SCENARIOS
        ],
    }


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of a script, hexadecimal."""
    return sha256(canonical(dict(document)).encode()).hexdigest()


def steps_of(document: Mapping[str, Any], scenario_id: str) -> list[Step]:
    """The steps of one scenario."""
    return next(one["steps"] for one in document["scenarios"] if one["scenario_id"] == scenario_id)


def rows_of(document: Mapping[str, Any], scenario_id: str) -> list[Row]:
    """All rows that a scenario sends outright, in order."""
    return [row for step in steps_of(document, scenario_id) for row in step.get("rows", ())]


def offers_of(document: Mapping[str, Any], scenario_id: str) -> list[Step]:
    """The orders that a scenario has given out."""
    return [step for step in steps_of(document, scenario_id) if step["do"] == "offer"]


def workers_of(document: Mapping[str, Any], scenario_id: str) -> list[str]:
    """Everybody a scenario is about."""
    found = {row["worker_id"] for row in rows_of(document, scenario_id)}
    for step in offers_of(document, scenario_id):
        found.update(step["candidates"])
    return sorted(found)


def _row(event_id: str, worker_id: str, order_id: str, at_s: int, kind: str, **more: Any) -> Row:
    return {
        "event_id": event_id,
        "worker_id": worker_id,
        "order_id": order_id,
        "at_s": at_s,
        "kind": kind,
        "area_code": AREA,
        "service": "FOOD_DELIVERY",
        "vehicle": "E_BIKE",
        **more,
    }


def _order(name: str, worker_id: str, begin_s: int, end_s: int) -> list[Row]:
    return [
        _row(f"{name}-accepted", worker_id, name, begin_s, "ACCEPTED"),
        _row(f"{name}-completed", worker_id, name, end_s, "COMPLETED"),
    ]


def _shift(name: str, worker_id: str, end_s: int, *, orders: int, minutes: int) -> list[Row]:
    """Orders one right after the other, the last one completed at ``end_s``."""
    begin_s = end_s - orders * minutes * MINUTE
    return [
        row
        for number in range(orders)
        for row in _order(
            f"{name}-{number + 1}",
            worker_id,
            begin_s + number * minutes * MINUTE,
            begin_s + (number + 1) * minutes * MINUTE,
        )
    ]


def _duplicates(platform_id: str) -> Iterator[Step]:
    who = worker(platform_id, "duplicates")
    for batch, first in (("answered", 0), ("lost", 5)):
        rows = [
            row
            for number in range(first, first + 5)
            for row in _order(f"dup-{batch}-{number}", who, -HOUR + number * 300, -HOUR + number * 300 + 240)
        ]
        yield {"do": "send", "rows": rows}


def _late_events(platform_id: str) -> Iterator[Step]:
    who = worker(platform_id, "late_events")
    yield {"do": "send", "rows": _order("late-now", who, -20 * MINUTE, -5 * MINUTE)}
    yield {"do": "send", "rows": _order("late-3h", who, -3 * HOUR, -3 * HOUR + 900)}
    yield {"do": "send", "rows": _order("late-6h", who, -6 * HOUR, -6 * HOUR + 900)}


def _corrections(platform_id: str) -> Iterator[Step]:
    who = worker(platform_id, "corrections")
    rows = [
        _row(f"fix-{number}", who, f"fix-order-{number}", -HOUR + number * 60, "ACCEPTED", distance_m=2_300)
        for number in (1, 2, 3)
    ]
    yield {"do": "send", "rows": rows}
    yield {"do": "correct", "event_id": "fix-1", "set": {"distance_m": 2_450}}
    yield {"do": "delete", "event_id": "fix-2"}


def _clock_skew(platform_id: str) -> Iterator[Step]:
    who = worker(platform_id, "clock_skew")
    yield {
        "do": "send_skewed",
        "rows": [
            _row("skew-1", who, "skew-order", -30 * MINUTE, "ACCEPTED"),
            _row("skew-2", who, "skew-order", SKEW_S, "PICKED_UP", true_at_s=-20 * MINUTE),
            _row("skew-3", who, "skew-order", -10 * MINUTE, "COMPLETED"),
        ],
    }


def _advisories(platform_id: str) -> Iterator[Step]:
    tired, fresh = worker(platform_id, "advisories", 1), worker(platform_id, "advisories", 2)
    # 8 × 30 min: four hours to the minute reach the limit and do not pass it.
    yield {"do": "send", "rows": _shift("limit", tired, -2 * MINUTE, orders=8, minutes=30)}
    yield {"do": "await_advice", "worker_id": tired, "kind": "LIMIT_REACHED", "within_s": 60}
    yield _offer("advised-order", tired, fresh)


def _no_push(platform_id: str) -> Iterator[Step]:
    tired, fresh = worker(platform_id, "no_push", 1), worker(platform_id, "no_push", 2)
    yield {"do": "send", "rows": _shift("past", tired, -2 * MINUTE, orders=9, minutes=30)}
    yield {"do": "await_advice", "worker_id": tired, "kind": "NO_PUSH", "within_s": 60}
    yield _offer("held-order", tired, fresh)


def _offer(order_id: str, tired: str, fresh: str) -> Step:
    """The tired worker stands first: who reads no advice gives the order to the wrong one."""
    row = _row("", "", order_id, 0, "OFFERED")
    return {"do": "offer", "order_id": order_id, "candidates": [tired, fresh], "row": row}


def _outage(platform_id: str, outage_s: float) -> Iterator[Step]:
    """Twice as long as the outage, which begins after the first quarter."""
    who = worker(platform_id, "outage")
    count = 40
    every_ms = round(outage_s * 2_000 / count)
    rows = [
        _row(f"away-{number}", who, f"away-order-{number // 2}", -HOUR + number * 60, kind)
        for number, kind in ((each, ("ACCEPTED", "COMPLETED")[each % 2]) for each in range(count))
    ]
    yield {"do": "stream", "rows": rows, "every_ms": every_ms}


def _notice(platform_id: str) -> Iterator[Step]:
    rows = [
        row
        for number in range(1, NOTICE_WORKERS + 1)
        for row in _shift(
            f"strict-{number}",
            worker(platform_id, "notice", number),
            -NOTICE_DAYS_AGO * DAY,
            orders=9,
            minutes=30,
        )
    ]
    yield {"do": "send", "rows": rows}
    yield {"do": "await_notice", "within_s": 120}
    yield {"do": "finish", "row": _row(FINISH, worker(platform_id, "finish"), FINISH, -MINUTE, "COMPLETED")}
