"""Made-up dispatches: many workers, every order offered, accepted, picked up, completed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from quzhong.api.events.v1 import events_pb2
from quzhong.api.intake.v1 import intake_pb2

PLATFORM = "bench-platform"
AREAS = ("130202", "130203", "130204", "130205")
WORKERS = 5_000
START_MS = 1_773_630_000_000
"""2026-03-16 11:00 in Shanghai."""

_KINDS = (
    events_pb2.DISPATCH_KIND_OFFERED,
    events_pb2.DISPATCH_KIND_ACCEPTED,
    events_pb2.DISPATCH_KIND_PICKED_UP,
    events_pb2.DISPATCH_KIND_COMPLETED,
)


def batches(count: int, rows: int, seed: int = 2026) -> list[intake_pb2.SubmitDispatchesRequest]:
    """``count`` requests of ``rows`` rows; every id occurs once."""
    rng = np.random.default_rng(seed)
    made = _rows(rng, count * rows)
    return [
        intake_pb2.SubmitDispatchesRequest(
            request_id=f"bench-{number:06d}",
            platform_id=PLATFORM,
            dispatches=[next(made) for _ in range(rows)],
        )
        for number in range(count)
    ]


def _rows(rng: np.random.Generator, total: int) -> Iterator[events_pb2.Dispatch]:
    """As a platform states them: terms with every event, pay when known, what was kept only at the end."""
    workers = [rng.bytes(16).hex() for _ in range(WORKERS)]
    worker_of = rng.integers(0, WORKERS, total // 4 + 1).tolist()
    metres = rng.integers(300, 6_000, total // 4 + 1).tolist()
    for number in range(total):
        order, step = divmod(number, 4)
        completed = _KINDS[step] == events_pb2.DISPATCH_KIND_COMPLETED
        row = events_pb2.Dispatch(
            event_id=rng.bytes(16).hex(),
            worker_id=workers[worker_of[order]],
            order_id=f"20260316{order:010d}",
            kind=_KINDS[step],
            area_code=AREAS[worker_of[order] % len(AREAS)],
            service=events_pb2.SERVICE_KIND_FOOD_DELIVERY,
            vehicle=events_pb2.VEHICLE_E_BIKE,
            distance_m=metres[order],
            pay_fen=None if step == 2 else 450 + metres[order] // 10,
            commission_fen=120 if completed else None,
            penalty_fen=0 if completed else None,
            weather=events_pb2.WEATHER_NORMAL,
            statutory_holiday=False,
        )
        row.event_time.FromMilliseconds(START_MS + order * 7 + step * 600_000)
        row.promised_duration.FromSeconds(1_800 + metres[order] // 10)
        row.estimated_duration.FromSeconds(1_500 + metres[order] // 10)
        yield row
