"""From orders to dispatch events: offered, rejected, accepted, picked up, completed or cancelled."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.order_terms import order_terms
from simulator.parameters import CityParameters
from simulator.places import AREA_CODES
from simulator.tables import Dispatches, event_ids
from simulator.vocabulary import NOT_STATED, DispatchKind, Service
from simulator.waves import Orders, WorkedStretches
from simulator.workforce import NO_PLATFORM, Workforce

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BEFORE_PICK_UP_SHARE = 0.8
"""Of the cancelled orders, those cancelled before the meal is picked up. Assumption."""
MISSED_OFFER_TRIES = 4
"""Colleagues tried for a rejected offer; if none of them is at work, the order has none."""
COMPLAINT_AFTER_S = (5 * 60, 6 * 3_600)
"""A complaint comes so long after the meal. Assumption."""

Terms = Callable[[CityParameters, Orders, np.random.Generator], dict[str, NDArray[np.int32]]]
"""See ``order_terms``."""

_ORDER_EVENTS = (
    DispatchKind.OFFERED,
    DispatchKind.ACCEPTED,
    DispatchKind.PICKED_UP,
    DispatchKind.COMPLETED,
    DispatchKind.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Dispatch events before they are sorted: which order, which worker, what, when (local seconds)."""

    order: Ints
    worker: Ints
    kind: Ints
    time_s: Floats


def dispatch_events(
    parameters: CityParameters,
    workforce: Workforce,
    orders: Orders,
    worked: WorkedStretches,
    rng: np.random.Generator,
    terms_of: Terms = order_terms,
) -> Dispatches:
    """All events of all orders, sorted by time; what is stated of an order is ``terms_of`` it."""
    own = _order_rows(parameters, orders, rng)
    parts = [own, _rejection_rows(parameters, workforce, orders, worked, rng)]
    if parameters.complaint_share:
        parts.append(_complaint_rows(parameters, own, rng))
    rows = _Rows(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in _Rows.__dataclass_fields__)
    )
    time_ms = parameters.midnight_ms() + np.round(rows.time_s * 1_000).astype(np.int64)
    by_time = np.lexsort((rows.worker, rows.kind, rows.order, time_ms))
    order, worker, kind = rows.order[by_time], rows.worker[by_time], rows.kind[by_time]

    terms = terms_of(parameters, orders, rng)
    priced = np.isin(kind, (DispatchKind.OFFERED, DispatchKind.ACCEPTED, DispatchKind.COMPLETED))
    settled = kind == DispatchKind.COMPLETED
    platform = orders.platform[order]
    size = len(order)
    letters = [each.letter for each in parameters.platforms]
    return Dispatches(
        event_id=event_ids("d", platform, letters),
        platform=platform,
        worker=worker.astype(np.int32),
        order=order.astype(np.int32),
        kind=kind.astype(np.int8),
        time_ms=time_ms[by_time],
        area_code=AREA_CODES[workforce.area[orders.worker]][order],
        vehicle=workforce.vehicle[worker],
        service=np.full(size, Service.FOOD_DELIVERY, dtype=np.int8),
        weather=orders.weather[order],
        holiday=np.full(size, parameters.holiday),
        promised_s=terms["promised_s"][order],
        estimated_s=terms["estimated_s"][order],
        distance_m=terms["distance_m"][order],
        pay_fen=np.where(priced, terms["pay_fen"][order], np.int32(NOT_STATED)),
        commission_fen=np.where(settled, terms["commission_fen"][order], np.int32(NOT_STATED)),
        penalty_fen=np.where(settled, terms["penalty_fen"][order], np.int32(NOT_STATED)),
        employment_form=np.zeros(size, dtype=np.int8),
        tenure_band=np.zeros(size, dtype=np.int8),
        partner_firm=np.zeros(size, dtype=np.int16),
        version=np.zeros(size, dtype=np.int16),
        deleted=np.zeros(size, dtype=np.bool_),
    )


def _order_rows(parameters: CityParameters, orders: Orders, rng: np.random.Generator) -> _Rows:
    """Offer, acceptance, pick-up and completion of each order, or what a cancellation leaves of them."""
    size = len(orders.worker)
    cancelled = rng.random(size) < parameters.cancelled_share
    before_pick_up = rng.random(size) < BEFORE_PICK_UP_SHARE
    part = rng.uniform(0.1, 0.9, size)
    cancelled_s = np.where(
        before_pick_up,
        orders.accepted_s + part * (orders.picked_up_s - orders.accepted_s),
        orders.picked_up_s + part * (orders.completed_s - orders.picked_up_s),
    )

    # Only a day's very last order may stay unfinished: an open spell in the middle would swallow the day.
    last_of_worker = np.zeros(parameters.workers, dtype=np.int64)
    by_end = np.argsort(orders.completed_s, kind="stable")
    last_of_worker[orders.worker[by_end]] = by_end
    eligible = last_of_worker[~cancelled[last_of_worker]]
    unfinished = rng.permutation(eligible)[: parameters.unfinished_orders]
    finished = ~cancelled
    finished[unfinished] = False

    everyone = np.ones(size, dtype=np.bool_)
    happened = (everyone, everyone, ~(cancelled & before_pick_up), finished, cancelled)
    times = (orders.offered_s, orders.accepted_s, orders.picked_up_s, orders.completed_s, cancelled_s)
    which = [np.flatnonzero(each) for each in happened]
    order = np.concatenate(which)
    return _Rows(
        order=order,
        worker=orders.worker[order],
        kind=np.repeat(np.array(_ORDER_EVENTS, dtype=np.int64), [len(each) for each in which]),
        time_s=np.concatenate([time_s[each] for time_s, each in zip(times, which, strict=True)]),
    )


def _rejection_rows(
    parameters: CityParameters,
    workforce: Workforce,
    orders: Orders,
    worked: WorkedStretches,
    rng: np.random.Generator,
) -> _Rows:
    """Earlier offers of some orders to a colleague (same platform and crew, at work), who rejected them."""
    asked = np.flatnonzero(rng.random(len(orders.worker)) < parameters.rejected_offer_share)
    offered_s = orders.offered_s[asked] - rng.uniform(40, 110, len(asked))
    answered_s = offered_s + rng.uniform(8, 35, len(asked))

    # Members of each (platform, crew), one after another, and where each group begins.
    crews = int(workforce.crew.max()) + 1
    groups = len(parameters.platforms) * crews
    has_second = np.flatnonzero(workforce.second_platform != NO_PLATFORM)
    member = np.concatenate([np.arange(parameters.workers), has_second])
    platform = np.concatenate([workforce.first_platform, workforce.second_platform[has_second]])
    group = platform.astype(np.int64) * crews + workforce.crew[member]
    member = member[np.argsort(group, kind="stable")]
    size = np.bincount(group, minlength=groups)
    begin = np.cumsum(size) - size

    wanted = orders.platform[asked].astype(np.int64) * crews + workforce.crew[orders.worker[asked]]
    chosen = np.full(len(asked), -1)
    for _ in range(MISSED_OFFER_TRIES):
        candidate = member[begin[wanted] + (rng.random(len(asked)) * size[wanted]).astype(np.int64)]
        with np.errstate(invalid="ignore"):  # NaN where a worker has fewer stretches
            at_work = (worked.start_s[candidate] <= offered_s[:, None]) & (
                answered_s[:, None] <= worked.end_s[candidate]
            )
        fits = at_work.any(axis=1) & (candidate != orders.worker[asked])
        chosen = np.where((chosen < 0) & fits, candidate, chosen)

    found = np.flatnonzero(chosen >= 0)
    order, worker = np.tile(asked[found], 2), np.tile(chosen[found], 2)
    kinds = np.array([DispatchKind.OFFERED, DispatchKind.REJECTED], dtype=np.int64)
    return _Rows(
        order=order,
        worker=worker,
        kind=np.repeat(kinds, len(found)),
        time_s=np.concatenate([offered_s[found], answered_s[found]]),
    )


def _complaint_rows(parameters: CityParameters, own: _Rows, rng: np.random.Generator) -> _Rows:
    """A customer's complaint about some of the completed orders, whoever did them."""
    done = np.flatnonzero(own.kind == DispatchKind.COMPLETED)
    about = done[rng.random(len(done)) < parameters.complaint_share]
    return _Rows(
        order=own.order[about],
        worker=own.worker[about],
        kind=np.full(len(about), DispatchKind.COMPLAINED, dtype=np.int64),
        time_s=own.time_s[about] + rng.uniform(*COMPLAINT_AFTER_S, len(about)),
    )
