"""Every metric against its formula, worked out one order at a time."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from statistics import median
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.algo_audit.core.bands import bands_from_edges
from services.algo_audit.core.cohort_keys import HOUR_BANDS
from services.algo_audit.core.measures import MEASURES, MeasureContext, OverHours, measure
from services.algo_audit.core.metrics import METRICS, Metric
from services.algo_audit.core.observations import Exclusion, Observations
from services.algo_audit.core.orders import DispatchColumns, DispatchKind, Orders, Outcome, orders_of
from services.algo_audit.core.worker_days import SessionColumns, WorkSessionKind, online_days

NAN = float("nan")
MINUTE_MS = 60_000
SHANGHAI = timezone(timedelta(hours=8))
EPOCH = datetime(1970, 1, 1, tzinfo=SHANGHAI)
BANDS = bands_from_edges((0, 1_000, 3_000))
"""With an end: 3 km and more lie in no band."""
LEAST = 2
EXTREME = 4

Events = list[dict[str, Any]]
Row = tuple[Any, ...]


class Order(NamedTuple):
    """What the oracle reads of an order."""

    platform: int
    worker: int
    outcome: int
    accepted: int | None
    completed: int | None
    offered: int | None
    duration_s: float
    observed_s: float
    distance_m: float
    promised_s: float
    complaints: int
    service: int
    vehicle: int
    weather: int
    holiday: int
    pay: float
    commission: float
    penalty: float
    area: int
    form: int
    tenure: int
    firm: int

    @property
    def begun(self) -> int:
        return next(each for each in (self.accepted, self.completed, self.offered) if each is not None)

    @property
    def taken(self) -> bool:
        return self.outcome != Outcome.NOT_TAKEN

    @property
    def open_or_cancelled(self) -> bool:
        return self.outcome in (Outcome.CANCELLED, Outcome.UNFINISHED)


_FIELD = {
    "accepted": "accepted_ms",
    "completed": "completed_ms",
    "offered": "offered_ms",
    "pay": "pay_fen",
    "commission": "commission_fen",
    "penalty": "penalty_fen",
    "form": "employment_form",
    "tenure": "tenure_band",
    "firm": "partner_firm",
}
_READ = [_FIELD.get(name, name) for name in Order._fields]


class Span(NamedTuple):
    worker: int
    start: int
    end: int


class Session(NamedTuple):
    worker: int
    platform: int
    start: int
    end: int
    area: int
    vehicle: int


class World(NamedTuple):
    events: Events
    spans: list[Span]
    sessions: list[Session]


unknown_or = st.sampled_from([NAN, 0.0, 500.0, 800.0])


@st.composite
def order_events(draw: st.DrawFn) -> Events:
    """The events of one order that agree with each other."""
    start = draw(st.integers(0, 2 * 1_440)) * MINUTE_MS
    said = {
        "order": draw(st.integers(0, 10**6)),
        "worker": draw(st.integers(0, 2)),
        "platform": draw(st.integers(0, 1)),
        "area": draw(st.sampled_from([0, 130202, 130203])),
        "distance_m": draw(st.sampled_from([NAN, 400.0, 1_000.0, 2_500.0, 4_000.0])),
        "promised_s": draw(st.sampled_from([NAN, 600.0, 1_800.0])),
        "service": draw(st.integers(0, 2)),
        "vehicle": draw(st.integers(0, 5)),
        "weather": draw(st.integers(0, 4)),
        "holiday": draw(st.integers(-1, 1)),
        "pay_fen": draw(unknown_or),
        "commission_fen": draw(unknown_or),
        "penalty_fen": draw(unknown_or),
        "employment_form": draw(st.integers(0, 3)),
        "tenure_band": draw(st.integers(0, 4)),
        "partner_firm": draw(st.integers(-1, 1)),
    }
    ends = (
        (DispatchKind.COMPLETED,),
        (DispatchKind.COMPLETED, DispatchKind.COMPLAINED),
        (DispatchKind.CANCELLED,),
        (),
    )
    kinds = draw(
        st.sampled_from(
            [(DispatchKind.ACCEPTED, *end) for end in ends]
            + [
                (DispatchKind.OFFERED,),
                (DispatchKind.OFFERED, DispatchKind.ACCEPTED, DispatchKind.COMPLETED),
                (DispatchKind.COMPLETED,),
            ]
        )
    )
    lasting = draw(st.sampled_from([-1, 0, 5, 12, 40])) * MINUTE_MS
    late = (DispatchKind.COMPLETED, DispatchKind.CANCELLED, DispatchKind.COMPLAINED)
    return [
        said | {"kind": kind, "time": start + (lasting if kind in late else 0), "event": number + 1}
        for number, kind in enumerate(kinds)
    ]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    orders = draw(st.lists(order_events(), max_size=14, unique_by=lambda events: events[0]["order"]))
    minutes = st.integers(0, 2 * 1_440)
    spans = [
        Span(worker, start * MINUTE_MS, (start + length) * MINUTE_MS)
        for worker, start, length in draw(
            st.lists(st.tuples(st.integers(0, 2), minutes, st.integers(1, 600)), max_size=3)
        )
    ]
    sessions = [
        Session(worker, platform, start * MINUTE_MS, (start + 90) * MINUTE_MS, area, vehicle)
        for worker, platform, start, area, vehicle in draw(
            st.lists(
                st.tuples(
                    st.integers(0, 3),
                    st.integers(0, 1),
                    minutes,
                    st.sampled_from([0, 130204]),
                    st.integers(0, 3),
                ),
                max_size=3,
                unique_by=lambda each: each[0],  # sessions of a worker that cross are worker_days' business
            )
        )
    ]
    return World([event for events in orders for event in events], spans, sessions)


def columns(events: Events) -> DispatchColumns:
    types: dict[str, type] = {"order": np.uint64, "event": np.uint64, "kind": np.int8, "holiday": np.int8}
    floats = ("distance_m", "promised_s", "pay_fen", "commission_fen", "penalty_fen")
    types |= dict.fromkeys(floats, float)
    return DispatchColumns(
        **{
            field.name: np.array([event[field.name] for event in events], types.get(field.name, np.int64))
            for field in fields(DispatchColumns)
        }
    )


def context_of(world: World) -> MeasureContext:
    spans, sessions = world.spans, world.sessions

    def ints(values: Iterable[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array(list(values), np.int64)

    return MeasureContext(
        bands=BANDS,
        over_hours=OverHours(*(ints(getattr(span, name) for span in spans) for name in Span._fields)),
        sessions=SessionColumns(
            worker=ints(each.worker for each in sessions for _ in range(2)),
            platform=ints(each.platform for each in sessions for _ in range(2)),
            area=ints(each.area for each in sessions for _ in range(2)),
            vehicle=ints(each.vehicle for each in sessions for _ in range(2)),
            kind=np.array([WorkSessionKind.ONLINE, WorkSessionKind.OFFLINE] * len(sessions), np.int8),
            time=ints(moment for each in sessions for moment in (each.start, each.end)),
        ),
        min_orders=LEAST,
    )


def listed(orders: Orders) -> list[Order]:
    never = np.iinfo(np.int64).max

    def moment(value: int) -> int | None:
        return None if value == never else value

    rows = zip(*(getattr(orders, name).tolist() for name in _READ), strict=True)
    return [Order(*row[:3], *map(moment, row[3:6]), *row[6:]) for row in rows]


def rows(seen: Observations) -> Counter[Row]:
    """Rows in no order; floats rounded, NaN as None."""
    found = [seen.platform, seen.worker, seen.day, seen.value, seen.censored, seen.orders, seen.excluded]
    found += [seen.keys[key] for key in seen.metric.keys] + list(seen.groups.values())
    return Counter(clean(row) for row in zip(*(column.tolist() for column in found), strict=True))


def clean(row: Iterable[Any]) -> Row:
    return tuple((None if math.isnan(x) else round(x, 9)) if isinstance(x, float) else int(x) for x in row)


# What the oracles share.


def day_of(ms: int) -> int:
    return (datetime.fromtimestamp(ms / 1000, SHANGHAI) - EPOCH).days


def band(order: Order) -> int:
    return next((i for i, each in enumerate(BANDS) if each.min_m <= order.distance_m < each.max_m), -1)


def is_over(order: Order, world: World) -> bool:
    return any(span.worker == order.worker and span.start <= order.begun < span.end for span in world.spans)


def first(*reasons: tuple[Exclusion, bool]) -> Exclusion:
    return min((reason for reason, holds in reasons if holds), default=Exclusion.NONE)


def or_none(code: int) -> int:
    return code if code else -1


def usual(codes: Iterable[int], unstated: int) -> int:
    counts = Counter(code for code in codes if code != unstated)
    return min(counts, key=lambda code: (-counts[code], code)) if counts else unstated


def order_row(
    order: Order, value: float, world: World, metric_id: str, *, missing: bool | None = None
) -> Row:
    lawful = {1: 15 / 3.6, 4: 15 / 3.6}.get(
        order.vehicle or 1, speed_of_car() if order.vehicle == 3 else math.inf
    )
    timed = metric_id in ("delivery_time", "implied_speed")
    too_fast = timed and order.outcome == Outcome.FINISHED and order.distance_m > lawful * order.duration_s
    excluded = first(
        (Exclusion.NO_ACCEPTANCE, order.outcome == Outcome.NO_ACCEPTANCE),
        (Exclusion.END_BEFORE_START, order.outcome == Outcome.END_BEFORE_START),
        (Exclusion.ZERO_DURATION, order.outcome == Outcome.ZERO_DURATION),
        (Exclusion.VALUE_NOT_STATED, math.isnan(value) if missing is None else missing),
        (Exclusion.DISTANCE_UNKNOWN, band(order) == -1),
        (Exclusion.ABOVE_LAWFUL_SPEED, too_fast),
        (Exclusion.EXTREME_WEATHER, order.weather == EXTREME and metric_id != "supplement_share"),
        (Exclusion.OVER_HOURS, is_over(order, world)),
    )
    hour = datetime.fromtimestamp(order.begun / 1000, UTC).astimezone(SHANGHAI).hour
    hours = next(i for i, each in enumerate(HOUR_BANDS) if int(each.id[:2]) <= hour < int(each.id[3:]))
    return clean(
        (
            order.platform,
            order.worker,
            day_of(order.begun),
            float(value),
            metric_id == "delivery_time" and order.open_or_cancelled,
            1,
            excluded,
            order.service,
            order.vehicle or 1,
            band(order),
            order.area,
            hours,
            (0, 0, 1, 1, 2)[order.weather],
            or_none(order.form),
            or_none(order.area),
            or_none(order.tenure),
            order.firm,
        )
    )


def speed_of_car() -> float:
    return float(MeasureContext().floor.speed_of(np.array([3]))[0])


def worker_row(
    orders: list[Order],
    day: int,
    value: float,
    count: int,
    excluded: Exclusion,
    *,
    who: tuple[int, int],
    area: int = 0,
    vehicle: int = 0,
) -> Row:
    where = usual((o.area for o in orders), 0) or area
    return clean(
        (
            *who,
            day,
            float(value),
            False,
            count,
            excluded,
            usual((o.service for o in orders), 0),
            usual((o.vehicle for o in orders), 0) or vehicle or 1,
            where,
            or_none(usual((o.form for o in orders), 0)),
            or_none(where),
            or_none(usual((o.tenure for o in orders), 0)),
            usual((o.firm for o in orders), -1),
        )
    )


def by_worker(orders: Iterable[Order]) -> dict[tuple[int, int], list[Order]]:
    groups: dict[tuple[int, int], list[Order]] = defaultdict(list)
    for order in orders:
        groups[order.platform, order.worker].append(order)
    return groups


Figure = Callable[[list[Order], list[Order], World], tuple[float, int, bool]]
"""A worker's orders, all orders of the platform → value, orders it is made of, whether it is stated."""


def periods(orders: list[Order], world: World, figure: Figure) -> list[Row]:
    first_day = min((day_of(o.begun) for o in orders), default=0)
    found = []
    for who, mine in by_worker(orders).items():
        value, count, stated = figure(mine, [o for o in orders if o.platform == who[0]], world)
        excluded = first((Exclusion.VALUE_NOT_STATED, not stated), (Exclusion.TOO_FEW_ORDERS, count < LEAST))
        found.append(worker_row(mine, first_day, value if stated else NAN, count, excluded, who=who))
    return found


def rate(
    orders: list[Order], world: World, met: Callable[[Order], bool], of: Callable[[Order], bool]
) -> tuple[float, int]:
    asked = [o for o in orders if of(o) and o.weather != EXTREME and not is_over(o, world)]
    return (sum(map(met, asked)) / len(asked) if asked else NAN), len(asked)


# One oracle a metric: the orders → the rows.


def delivery_time(orders: list[Order], world: World) -> list[Row]:
    return [
        order_row(o, o.observed_s if o.open_or_cancelled else o.duration_s, world, "delivery_time")
        for o in orders
        if o.taken
    ]


def completed(orders: list[Order]) -> list[Order]:
    return [o for o in orders if o.completed is not None]


def implied_speed(orders: list[Order], world: World) -> list[Row]:
    return [
        order_row(o, 3.6 * o.distance_m / o.duration_s, world, "implied_speed", missing=False)
        for o in completed(orders)
    ]


def piece_rate(orders: list[Order], world: World) -> list[Row]:
    return [order_row(o, o.pay, world, "piece_rate") for o in completed(orders)]


def commission_share(orders: list[Order], world: World) -> list[Row]:
    def share(o: Order) -> float:
        return o.commission / (o.pay + o.commission) if o.pay + o.commission > 0 else NAN

    return [order_row(o, share(o), world, "commission_share") for o in completed(orders)]


def supplement_share(orders: list[Order], world: World) -> list[Row]:
    def is_extra(o: Order) -> bool:
        return o.holiday == 1 or o.weather == EXTREME

    def value(o: Order) -> float:
        like = [
            other.pay
            for other in orders
            if other.outcome == Outcome.FINISHED
            and not is_extra(other)
            and (other.platform, other.service, band(other)) == (o.platform, o.service, band(o))
            and not math.isnan(other.pay)
        ]
        return o.pay / median(like) - 1 if len(like) >= LEAST and median(like) > 0 else NAN

    return [order_row(o, value(o), world, "supplement_share") for o in completed(orders) if is_extra(o)]


def on_time_rate(orders: list[Order], world: World) -> list[Row]:
    def in_time(o: Order) -> bool:
        return o.outcome == Outcome.FINISHED and o.duration_s <= o.promised_s

    def known(o: Order) -> bool:
        if math.isnan(o.promised_s):
            return False
        return o.outcome == Outcome.FINISHED or (o.open_or_cancelled and o.observed_s > o.promised_s)

    def figure(mine: list[Order], _: list[Order], world: World) -> tuple[float, int, bool]:
        return *rate(mine, world, in_time, known), any(not math.isnan(o.promised_s) for o in mine)

    return periods([o for o in orders if o.taken], world, figure)


def acceptance_rate(orders: list[Order], world: World) -> list[Row]:
    def figure(mine: list[Order], platform: list[Order], world: World) -> tuple[float, int, bool]:
        return *rate(mine, world, lambda o: o.taken, lambda _: True), any(
            o.offered is not None for o in platform
        )

    return periods(orders, world, figure)


def completion_rate(orders: list[Order], world: World) -> list[Row]:
    def done(o: Order) -> bool:
        return o.outcome in (Outcome.FINISHED, Outcome.ZERO_DURATION, Outcome.END_BEFORE_START)

    def figure(mine: list[Order], _: list[Order], world: World) -> tuple[float, int, bool]:
        return *rate(mine, world, done, lambda o: done(o) or o.outcome == Outcome.CANCELLED), True

    return periods([o for o in orders if o.taken], world, figure)


def complaint_rate(orders: list[Order], world: World) -> list[Row]:
    def figure(mine: list[Order], platform: list[Order], world: World) -> tuple[float, int, bool]:
        return *rate(mine, world, lambda o: o.complaints > 0, lambda _: True), any(
            o.complaints for o in platform
        )

    return periods([o for o in orders if o.taken], world, figure)


def hourly_earnings(orders: list[Order], world: World) -> list[Row]:
    def figure(mine: list[Order], _: list[Order], world: World) -> tuple[float, int, bool]:
        paid = [o for o in mine if o.outcome == Outcome.FINISHED and not math.isnan(o.pay)]
        worked = paid + [o for o in mine if o.outcome == Outcome.CANCELLED]
        minutes: set[int] = set()
        for o in worked:
            assert o.accepted is not None
            lasting = o.observed_s if o.outcome == Outcome.CANCELLED else o.duration_s
            minutes.update(range(o.accepted // MINUTE_MS, o.accepted // MINUTE_MS + round(lasting / 60)))
        earned = sum(0 if math.isnan(o.pay) else o.pay for o in worked)
        earned -= sum(0 if math.isnan(o.penalty) else o.penalty for o in worked)
        return earned * 60 / len(minutes) if minutes else NAN, len(worked), bool(paid and minutes)

    return periods([o for o in orders if o.taken], world, figure)


def penalties_per_order(orders: list[Order], world: World) -> list[Row]:
    def figure(mine: list[Order], platform: list[Order], world: World) -> tuple[float, int, bool]:
        taken = sum(0 if math.isnan(o.penalty) else o.penalty for o in mine)
        return taken / len(mine), len(mine), any(not math.isnan(o.penalty) for o in platform)

    return periods([o for o in orders if o.taken], world, figure)


def day_reasons(worker: int, day: int, of_day: list[Order], world: World) -> Exclusion:
    start = (day * 24 - 8) * 60 * MINUTE_MS
    return first(
        (Exclusion.EXTREME_WEATHER, any(o.weather == EXTREME for o in of_day)),
        (
            Exclusion.OVER_HOURS,
            any(
                s.worker == worker and s.start < start + 1_440 * MINUTE_MS and s.end > start
                for s in world.spans
            ),
        ),
    )


def daily_orders(orders: list[Order], world: World) -> list[Row]:
    found = []
    for who, mine in by_worker(o for o in orders if o.taken).items():
        done: dict[int, list[Order]] = defaultdict(list)
        for o in mine:
            if o.completed is not None:
                done[day_of(o.completed)].append(o)
        for day, of_day in done.items():
            excluded = day_reasons(who[1], day, of_day, world)
            found.append(worker_row(mine, day, float(len(of_day)), len(of_day), excluded, who=who))
    return found


def online_hours(orders: list[Order], world: World) -> list[Row]:
    mine = by_worker(o for o in orders if o.taken)
    found = []
    online = online_days(context_of(world).sessions or pytest.fail("the context has sessions"))
    for platform, worker, day, seconds in zip(
        online.platform.tolist(),
        online.worker.tolist(),
        online.day.tolist(),
        online.online_s.tolist(),
        strict=True,
    ):
        own = mine.get((platform, worker), [])
        of_day = [o for o in own if day_of(o.begun) == day]
        session = next(each for each in world.sessions if (each.platform, each.worker) == (platform, worker))
        found.append(
            worker_row(
                own,
                day,
                seconds / 3600,
                len(of_day),
                day_reasons(worker, day, of_day, world),
                who=(platform, worker),
                area=session.area,
                vehicle=session.vehicle,
            )
        )
    return found


ORACLES = {
    oracle.__name__: oracle
    for oracle in (
        delivery_time,
        implied_speed,
        on_time_rate,
        acceptance_rate,
        completion_rate,
        complaint_rate,
        daily_orders,
        online_hours,
        piece_rate,
        commission_share,
        hourly_earnings,
        penalties_per_order,
        supplement_share,
    )
}
every_metric = pytest.mark.parametrize("metric", METRICS.values(), ids=list(METRICS))


def test_every_metric_is_measured_and_every_measure_has_a_formula() -> None:
    assert list(MEASURES) == list(METRICS) == list(ORACLES)
    assert all(each.__doc__ for each in MEASURES.values())


@every_metric
@given(world=worlds())
def test_a_metric_agrees_with_its_formula_worked_out_order_by_order(metric: Metric, world: World) -> None:
    orders = orders_of(columns(world.events))
    seen = measure(metric, orders, context_of(world))
    assert rows(seen) == Counter(ORACLES[metric.id](listed(orders), world))
    assert np.isfinite(seen.value[seen.excluded == Exclusion.NONE]).all()
    assert set(seen.keys) == set(metric.keys)


@every_metric
@settings(max_examples=30)
@given(world=worlds(), random=st.randoms(use_true_random=False))
def test_order_of_arrival_and_duplicates_change_no_measure(metric: Metric, world: World, random: Any) -> None:
    again = world.events + [event for event in world.events if random.random() < 0.5]
    random.shuffle(again)
    context = context_of(world)
    first_time = measure(metric, orders_of(columns(world.events)), context)
    second_time = measure(metric, orders_of(columns(again)), context)
    np.testing.assert_array_equal(first_time.value, second_time.value)
    assert rows(first_time) == rows(second_time)


def test_hours_online_without_sessions_are_an_error_not_a_zero() -> None:
    with pytest.raises(ValueError, match="work sessions"):
        measure(METRICS["online_hours"], orders_of(columns([])), MeasureContext())


def test_a_rate_needs_at_least_one_order() -> None:
    with pytest.raises(ValueError, match="at least one order"):
        replace(MeasureContext(), min_orders=0)
