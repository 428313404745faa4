"""What must hold in every city day, whatever the chance."""

import re
from collections import Counter
from dataclasses import fields

import numpy as np
import pytest

from simulator import AREAS, NOT_STATED, City
from simulator.vocabulary import DispatchKind, Service, Vehicle, Weather, WorkSessionKind

# (order, worker) → {kind: time}
Lives = dict[tuple[int, int], dict[int, int]]


@pytest.fixture(scope="module")
def lives(city: City) -> Lives:
    """Each order's events by worker, one by one, independent of simulator.measures."""
    events = city.dispatches
    found: Lives = {}
    for order, worker, kind, time in zip(
        events.order.tolist(),
        events.worker.tolist(),
        events.kind.tolist(),
        events.time_ms.tolist(),
        strict=True,
    ):
        kinds = found.setdefault((order, worker), {})
        assert kind not in kinds, "no worker has the same event twice for one order"
        kinds[kind] = time
    return found


def test_columns_of_a_table_have_equal_length_and_ids_are_unique(city: City) -> None:
    for table in (city.dispatches, city.sessions):
        assert {len(getattr(table, each.name)) for each in fields(table)} == {len(table)}
        assert len(np.unique(table.event_id)) == len(table)
        assert np.all(np.diff(table.time_ms) >= 0)


def test_an_order_is_offered_before_it_is_accepted_picked_up_and_completed(lives: Lives) -> None:
    chain = (DispatchKind.OFFERED, DispatchKind.ACCEPTED, DispatchKind.PICKED_UP, DispatchKind.COMPLETED)
    for kinds in lives.values():
        assert DispatchKind.OFFERED in kinds
        times = [kinds[kind] for kind in chain if kind in kinds]
        assert times == sorted(times)
        if DispatchKind.CANCELLED in kinds:
            assert kinds[DispatchKind.CANCELLED] >= max(times)


def test_every_order_is_accepted_once_and_ended_by_that_worker(city: City, lives: Lives) -> None:
    accepted = {order: worker for (order, worker), kinds in lives.items() if DispatchKind.ACCEPTED in kinds}
    assert len(accepted) == len(city.order_names)
    assert sum(DispatchKind.ACCEPTED in kinds for kinds in lives.values()) == len(accepted)
    for (order, worker), kinds in lives.items():
        if {DispatchKind.PICKED_UP, DispatchKind.COMPLETED, DispatchKind.CANCELLED} & kinds.keys():
            assert accepted[order] == worker
        assert not {DispatchKind.COMPLETED, DispatchKind.CANCELLED} <= kinds.keys()
        if DispatchKind.COMPLETED in kinds:
            assert DispatchKind.PICKED_UP in kinds


def test_a_rejected_offer_went_to_a_colleague_before_the_accepted_one(lives: Lives) -> None:
    accepted_offer = {
        order: kinds[DispatchKind.OFFERED]
        for (order, _), kinds in lives.items()
        if DispatchKind.ACCEPTED in kinds
    }
    rejections = [(order, kinds) for (order, _), kinds in lives.items() if DispatchKind.REJECTED in kinds]
    assert rejections
    for order, kinds in rejections:
        assert kinds.keys() == {DispatchKind.OFFERED, DispatchKind.REJECTED}
        assert kinds[DispatchKind.OFFERED] < kinds[DispatchKind.REJECTED] < accepted_offer[order]


def test_two_orders_are_never_finished_and_they_are_last_of_their_worker(city: City, lives: Lives) -> None:
    ended = {DispatchKind.COMPLETED, DispatchKind.CANCELLED}
    last = {
        worker: max(kinds.values()) for (_, worker), kinds in sorted(lives.items()) if ended & kinds.keys()
    }
    for (_, worker), kinds in lives.items():
        if ended & kinds.keys():
            last[worker] = max(last[worker], *kinds.values())
    open_orders = [
        (worker, kinds)
        for (_, worker), kinds in lives.items()
        if DispatchKind.ACCEPTED in kinds and not ended & kinds.keys()
    ]
    assert len(open_orders) == city.parameters.unfinished_orders == 2
    for worker, kinds in open_orders:
        later = [
            other[DispatchKind.ACCEPTED]
            for (_, someone), other in lives.items()
            if someone == worker and DispatchKind.ACCEPTED in other and other is not kinds
        ]
        assert max(later) < kinds[DispatchKind.PICKED_UP]


def test_every_event_of_an_order_tells_the_same_facts(city: City) -> None:
    events = city.dispatches
    for name in ("platform", "promised_s", "estimated_s", "distance_m", "area_code", "weather"):
        column = getattr(events, name)
        first = np.full(len(city.order_names), np.iinfo(np.int64).min)
        first[events.order] = column
        assert np.array_equal(first[events.order], column), name


def test_promised_limit_is_the_platforms_declared_limit_of_the_distance(city: City) -> None:
    events = city.dispatches
    for index, platform in enumerate(city.platforms):
        own = (events.platform == index) & (events.distance_m != NOT_STATED)
        assert np.array_equal(events.promised_s[own], platform.limit_s(events.distance_m[own]))


def test_money_is_stated_where_the_table_says_so(city: City) -> None:
    events = city.dispatches
    priced = np.isin(events.kind, (DispatchKind.OFFERED, DispatchKind.ACCEPTED, DispatchKind.COMPLETED))
    settled = events.kind == DispatchKind.COMPLETED
    assert np.array_equal(events.pay_fen != NOT_STATED, priced)
    assert np.array_equal(events.penalty_fen != NOT_STATED, settled)
    says_commission = np.array([platform.commission_permille is not None for platform in city.platforms])
    assert np.array_equal(events.commission_fen != NOT_STATED, settled & says_commission[events.platform])
    assert np.all(events.commission_fen[settled] < events.pay_fen[settled])


def test_a_fine_is_only_taken_from_an_order_late_beyond_the_grace(city: City) -> None:
    events = city.dispatches
    accepted = np.zeros(len(city.order_names), dtype=np.int64)
    rows = events.kind == DispatchKind.ACCEPTED
    accepted[events.order[rows]] = events.time_ms[rows]
    for index, platform in enumerate(city.platforms):
        own = (events.kind == DispatchKind.COMPLETED) & (events.platform == index)
        late_s = (events.time_ms[own] - accepted[events.order[own]]) / 1_000 - events.promised_s[own]
        fined = events.penalty_fen[own] > 0
        assert fined.any() == (platform.penalty_fen > 0)
        assert np.all(late_s[fined] > platform.penalty_grace_s - 0.01)


def test_codes_are_known_and_areas_are_tangshans(city: City) -> None:
    events = city.dispatches
    assert set(events.kind.tolist()) == set(DispatchKind) - {DispatchKind.COMPLAINED}
    assert set(city.sessions.kind.tolist()) == {int(kind) for kind in WorkSessionKind}
    assert set(events.weather.tolist()) == {Weather.NORMAL, Weather.RAIN}
    assert set(events.service.tolist()) == {Service.FOOD_DELIVERY}
    assert set(events.vehicle.tolist()) == set(Vehicle) - {Vehicle.WALK}
    assert np.mean(events.vehicle == Vehicle.E_BIKE) > 0.9
    codes = {area.code for area in AREAS}
    assert set(events.area_code.tolist()) == set(city.sessions.area_code.tolist()) == codes
    assert all(code // 100 == 1302 for code in codes)
    assert not events.holiday.any()
    for groups in (events.employment_form, events.tenure_band, events.partner_firm):
        assert not groups.any(), "the one-day city states no groups"


def test_identities_do_not_look_like_telephone_or_id_numbers(city: City) -> None:
    longest_digits = re.compile(r"\d{8,}")
    for names in (city.worker_names, city.order_names, city.dispatches.event_id, city.sessions.event_id):
        assert not any(longest_digits.search(name) for name in (names[0], names[-1]))
    assert city.worker_names[17] == "worker-00017"
    assert re.fullmatch(r"[abc]-d-\d{7}", city.dispatches.event_id[0])
    assert re.fullmatch(r"[abc]-s-\d{7}", city.sessions.event_id[0])


def test_sessions_of_a_worker_on_a_platform_alternate_and_close(city: City) -> None:
    sessions = city.sessions
    opening = {
        WorkSessionKind.ONLINE: WorkSessionKind.OFFLINE,
        WorkSessionKind.BREAK_END: WorkSessionKind.BREAK_START,
    }
    journal: dict[tuple[int, int], list[int]] = {}
    for worker, platform, kind in zip(
        sessions.worker.tolist(), sessions.platform.tolist(), sessions.kind.tolist(), strict=True
    ):
        journal.setdefault((worker, platform), []).append(kind)
    for kinds in journal.values():
        assert kinds[0] == WorkSessionKind.ONLINE
        assert kinds[-1] == WorkSessionKind.OFFLINE
        assert len(kinds) % 2 == 0
        assert all(kind in opening for kind in kinds[0::2])
        # A break that starts is a break that ends, and nothing else follows it.
        for closed, opened in zip(kinds[1:-1:2], kinds[2::2], strict=True):
            assert opening[WorkSessionKind(opened)] == closed


def test_some_workers_are_on_two_platforms_under_one_name(city: City) -> None:
    pairs = set(zip(city.sessions.worker.tolist(), city.sessions.platform.tolist(), strict=True))
    platforms_of = Counter(worker for worker, _ in pairs)
    share = sum(count == 2 for count in platforms_of.values()) / len(platforms_of)
    assert set(platforms_of.values()) == {1, 2}
    assert share == pytest.approx(0.12, abs=0.03)


def test_orders_are_done_while_online_and_never_during_a_break(city: City, lives: Lives) -> None:
    sessions = city.sessions
    journal: dict[tuple[int, int], list[int]] = {}
    for worker, platform, time in zip(
        sessions.worker.tolist(), sessions.platform.tolist(), sessions.time_ms.tolist(), strict=True
    ):
        journal.setdefault((worker, platform), []).append(time)
    platform_of = np.zeros(len(city.order_names), dtype=np.int64)
    platform_of[city.dispatches.order] = city.dispatches.platform
    for (order, worker), kinds in lives.items():
        times = journal[worker, int(platform_of[order])]
        assert any(
            begin <= min(kinds.values()) and max(kinds.values()) <= end
            for begin, end in zip(times[0::2], times[1::2], strict=True)
        )
