"""What an audit tells beside its cohorts gives no small cell away either: the attack on both together."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from kit.errors import InvalidArgumentError
from services.algo_audit.core.applied import applied_rules
from services.algo_audit.core.audit import audit
from services.algo_audit.core.bands import bands_from_edges
from services.algo_audit.core.cohort_keys import local_days
from services.algo_audit.core.cohort_tree import Detail
from services.algo_audit.core.day_cells import midnight_ms
from services.algo_audit.core.metrics import DELIVERY_TIME, Key
from services.algo_audit.core.observations import Group, Observations
from services.algo_audit.core.orders import Orders
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.parity import GroupNames, ParityParams, parity
from services.algo_audit.core.privacy import (
    ROUNDING,
    MinimumCell,
    published_in_lines,
    tens_in_lines,
    told_share,
)
from services.algo_audit.core.public_periods import Partition
from services.algo_audit.core.tally import tally
from services.algo_audit.core.thresholds import DeclaredThreshold
from services.algo_audit.ports import Figures, Mark, Scope
from services.algo_audit.public_calendar import PublicCalendar, Told
from tests.unit.algo_audit.charge_tables import orders_table
from tests.unit.algo_audit.test_audit_privacy import determined_sets

SMALL = MinimumCell(workers=2, orders=12)
BANDS = bands_from_edges((0, 1_000, 2_000))
AREAS = (130202, 130203)
FIRMS = GroupNames(firms=("a", "b", "c"))
LIMIT_S = 900.0


class Atom(NamedTuple):
    """Orders that agree in everything which any table tells apart."""

    platform: int
    band: int
    area: int
    firm: int
    workers: int
    orders: int
    day: int = 0
    """When they were begun; told apart by periods only."""


class Published(NamedTuple):
    """What an attacker reads."""

    exact: list[tuple[tuple[int, ...], int]]
    """Which atoms, and how many orders they have together: cohorts."""
    lines: list[list[tuple[tuple[int, ...], int]]]
    """The same of each line of a table in tens, in order; cells that are not told stand between them."""


atoms = st.lists(
    st.builds(
        Atom,
        platform=st.integers(1, 2),
        band=st.integers(0, 1),
        area=st.sampled_from(AREAS),
        firm=st.integers(0, 2),
        workers=st.integers(1, 3),
        orders=st.integers(1, 24),
    ),
    min_size=2,
    max_size=8,
    unique_by=lambda atom: atom[:4],
)


def rows_of(some: Sequence[Atom]) -> tuple[Orders, Observations]:
    which = np.repeat(np.arange(len(some)), [atom.orders for atom in some])
    columns = np.array([atom[:5] for atom in some])[which]
    n = len(which)
    worker = 100 * which + np.concatenate([np.arange(atom.orders) % atom.workers for atom in some])
    orders = orders_table(
        n,
        platform=columns[:, 0],
        distance_m=columns[:, 1] * 1_000.0 + 500,
        area=columns[:, 2],
        partner_firm=columns[:, 3],
        worker=worker,
        promised_s=LIMIT_S,
    )
    observations = Observations(
        metric=DELIVERY_TIME,
        value=np.arange(n, dtype=np.float64) % 1_200 + 300,
        censored=np.zeros(n, np.bool_),
        worker=worker,
        platform=columns[:, 0],
        day=local_days(orders.accepted_ms),
        orders=np.ones(n, np.int64),
        excluded=np.zeros(n, np.uint8),
        keys={
            Key.SERVICE: np.ones(n, np.int64),
            Key.VEHICLE: np.ones(n, np.int64),
            Key.DISTANCE: columns[:, 1],
            Key.AREA: columns[:, 2],
            Key.HOUR: np.full(n, 2),
            Key.WEATHER: np.zeros(n, np.int64),
        },
        groups={Group.DISTRICT: columns[:, 2], Group.PARTNER_FIRM: columns[:, 3]},
    )
    return orders, observations


def published(some: Sequence[Atom]) -> Published:
    """Cohorts of all details, and both tables, of one set of orders."""
    orders, observations = rows_of(some)
    limits = [DeclaredThreshold(platform, "delivery_time", LIMIT_S) for platform in (1, 2, 9)]
    exact: dict[tuple[int, ...], int] = {}
    for detail in Detail:
        audited = audit(observations, limits, AuditParams(bands=BANDS, minimum=SMALL), detail)
        for row in audited.cohorts:
            node = audited.population.node(tuple(code for _, code in row.cohort.keys))
            pool = None if node is None else audited.population.pool(row.platform, node)
            if row.baseline is None or pool is None:
                continue
            band, area = row.cohort.code(Key.DISTANCE), row.cohort.code(Key.AREA)
            platforms = {audited.population.platform_code(platform): platform for platform in (1, 2)}
            members = tuple(
                int(
                    atom.platform in {platforms[code] for code in pool.platforms}
                    and band in (None, atom.band)
                    and area in (None, atom.area)
                )
                for atom in some
            )
            exact[members] = row.baseline.orders
    lines = []
    groups, _ = parity(
        observations, np.full(len(orders), LIMIT_S), FIRMS, ParityParams(reference_workers=2), SMALL
    )
    for platform in (1, 2):
        for grouping, field in ((Group.DISTRICT, "area"), (Group.PARTNER_FIRM, "firm")):
            told = {
                each.group: each.orders
                for each in groups
                if each.platform == platform and each.grouping is grouping
            }
            lines.append(line_of(some, platform, field, told))
        told = {
            BANDS.index(next(band for band in BANDS if rule.cohort.endswith(band.id))): rule.orders
            for rule in applied_rules(orders, limits, BANDS, minimum=SMALL)
            if rule.platform == platform and rule.metric_id == "delivery_time"
        }
        lines.append(line_of(some, platform, "band", told))
    return Published(list(exact.items()), [line for line in lines if line])


def line_of(
    some: Sequence[Atom], platform: int, field: str, told: dict[int, int]
) -> list[tuple[tuple[int, ...], int]]:
    return [
        (tuple(int(atom.platform == platform and getattr(atom, field) == code) for atom in some), orders)
        for code, orders in sorted(told.items())
    ]


def between(known: Published, chosen: NDArray[np.int64], n: int) -> tuple[int, int]:
    """The least and the most orders that the chosen atoms can have by all that is known: exact sums, and of
    each number in tens that it is less than ten away."""
    rows, low, high = [], [], []
    for members, count in known.exact:
        rows.append(members)
        low.append(count)
        high.append(count)
    for members, tens in chain(*known.lines):
        rows.append(members)
        low.append(tens - ROUNDING + 1)
        high.append(tens + ROUNDING - 1)
    constraints = LinearConstraint(np.array(rows), np.array(low), np.array(high)) if rows else ()
    goal, whole = np.zeros(n), np.ones(n, np.int64)
    goal[chosen] = 1
    ends = []
    for sign in (1, -1):
        found = milp(sign * goal, constraints=constraints, integrality=whole, bounds=Bounds(0, 500))
        assert found.success
        ends.append(round(sign * found.fun))
    return ends[0], ends[1]


def small_sets(some: Sequence[Atom], equations: list[tuple[int, ...]]) -> list[NDArray[np.int64]]:
    """Sets of atoms that may not be known, and would be if all these numbers were exact."""
    return [
        chosen
        for chosen in determined_sets(equations, len(some))
        if len(chosen)
        and not SMALL.allows(sum(some[i].workers for i in chosen), sum(some[i].orders for i in chosen))
    ]


@settings(max_examples=120, deadline=None)
@given(atoms)
def test_no_small_set_follows_from_cohorts_and_tables_side_by_side(some: list[Atom]) -> None:
    """The attacker has every cohort exactly and all tables, and solves in whole numbers."""
    known = published(some)
    assert not small_sets(some, [members for members, _ in known.exact])
    equations = [members for members, _ in chain(known.exact, *known.lines)]
    for chosen in small_sets(some, equations):
        least, most = between(known, chosen, len(some))
        assert least < most, [some[i] for i in chosen]


CLOCK_MS = midnight_ms(40_000)
"""Long after all periods here."""
MARCH, MAY = 20_513, 20_574
"""2026-03-01 and 2026-05-01 as days since 1970-01-01."""


class NothingTold:
    """``ToldBook`` that forgets: the calendar alone has to suffice."""

    def agrees(self, telling: Told) -> bool:
        return True

    def tell(self, telling: Told) -> bool:
        return True

    def mark(self, metric_id: str, city: str, start_ms: int) -> Mark | None:
        return None


def periods_of_a_union(partition: Partition) -> list[tuple[int, int]]:
    """Of all first and last days of two months, those that a union may ask for."""
    calendar = PublicCalendar(partition, NothingTold(), lambda: CLOCK_MS)
    found = []
    for first in range(MARCH, MAY):
        for last in range(first, MAY):
            period = midnight_ms(first), midnight_ms(last + 1)
            with contextlib.suppress(InvalidArgumentError):
                calendar.check(Scope("delivery_time", "130200", *period))
                assert calendar.tells(Figures("delivery_time", "130200", period, "any"))
                found.append((first, last))
    return found


PERIODS = {partition: periods_of_a_union(partition) for partition in Partition}

dated_atoms = st.lists(
    st.builds(
        Atom,
        platform=st.integers(1, 2),
        band=st.integers(0, 1),
        area=st.sampled_from(AREAS),
        firm=st.just(0),
        workers=st.integers(1, 3),
        orders=st.integers(1, 24),
        day=st.sampled_from([MARCH + 29, MARCH + 30, MARCH + 31, MARCH + 32]),  # both sides of a month's end
    ),
    min_size=2,
    max_size=8,
    unique_by=lambda atom: (atom[:4], atom.day),
)


def published_in(some: Sequence[Atom], periods: Sequence[tuple[int, int]]) -> Published:
    """What is published of each period, as numbers of all the atoms."""
    exact, lines = [], []
    for first, last in periods:
        inside = [at for at, atom in enumerate(some) if first <= atom.day <= last]
        if not inside:
            continue
        known = published([some[at] for at in inside])

        def of_all(members: tuple[int, ...], inside: list[int] = inside) -> tuple[int, ...]:
            whole = [0] * len(some)
            for at, member in zip(inside, members, strict=True):
                whole[at] = member
            return tuple(whole)

        exact += [(of_all(members), count) for members, count in known.exact]
        lines += [[(of_all(members), tens) for members, tens in line] for line in known.lines]
    return Published(exact, lines)


@settings(max_examples=40, deadline=None)
@given(dated_atoms, st.sampled_from(Partition))
def test_no_small_set_follows_from_all_periods_that_a_union_can_have(
    some: list[Atom], partition: Partition
) -> None:
    """The attacker asks for every period that is not refused, and solves for all of them together."""
    assert PERIODS[partition], "they do get something"
    known = published_in(some, PERIODS[partition])
    assert not small_sets(some, [members for members, _ in known.exact])
    equations = [members for members, _ in chain(known.exact, *known.lines)]
    for chosen in small_sets(some, equations):
        least, most = between(known, chosen, len(some))
        assert least < most, [some[i] for i in chosen]


def test_a_period_less_all_but_its_last_day_would_give_that_day_away() -> None:
    month = [
        Atom(1, 0, AREAS[0], 0, 3, 24, MARCH),
        Atom(2, 0, AREAS[0], 0, 3, 24, MARCH + 9),
        Atom(1, 0, AREAS[0], 0, 1, 5, MARCH + 27),
    ]
    chosen = [(MARCH, MARCH + 26), (MARCH, MARCH + 27)]
    known = published_in(month, chosen)
    (found,) = {tuple(each.tolist()) for each in small_sets(month, [members for members, _ in known.exact])}
    assert found == (2,), "one worker's five orders: 28 days less 27"
    assert not any(set(chosen) <= set(periods) for periods in PERIODS.values())


@settings(max_examples=60, deadline=None)
@given(atoms)
def test_numbers_in_tables_are_less_than_ten_off(some: list[Atom]) -> None:
    counts = np.array([atom.orders for atom in some])
    for members, tens in chain(*published(some).lines):
        assert tens % 10 == 0
        assert abs(tens - int(np.array(members) @ counts)) < 10


NESTED = [
    # Firm a's orders are the first county's but for five, and those lie in a band whose counties are hidden.
    Atom(1, 0, AREAS[0], 0, 3, 24),
    Atom(1, 0, AREAS[1], 1, 3, 24),
    Atom(1, 1, AREAS[0], 0, 1, 5),
    Atom(1, 1, AREAS[1], 1, 3, 20),
]


def test_exact_numbers_in_tables_would_give_a_small_cell_away() -> None:
    known = published(NESTED)
    assert not small_sets(NESTED, [members for members, _ in known.exact])
    equations = [members for members, _ in chain(known.exact, *known.lines)]
    (chosen,) = {tuple(each.tolist()) for each in small_sets(NESTED, equations)}
    assert chosen == (2,), "one worker's five orders: the firm's number less the county's"
    least, most = between(known, np.array(chosen), len(NESTED))
    assert most - least >= 5


lines = st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=6), min_size=1, max_size=4)


@given(lines)
def test_tens_along_a_line_add_up_and_begin_anew_on_the_next(counts: list[list[int]]) -> None:
    line = np.repeat(np.arange(len(counts)), [len(each) for each in counts])
    tens = tens_in_lines(line, np.concatenate(counts))
    for at, each in enumerate(counts):
        mine = tens[line == at]
        assert (np.abs(np.cumsum(mine) - np.cumsum(each)) <= 5).all()
        np.testing.assert_array_equal(mine, tens_in_lines(np.zeros(len(each), np.int64), np.array(each)))


@given(st.integers(10, 3_000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), st.integers(-9, 9))
def test_a_told_share_fits_every_number_that_may_be_meant(case: tuple[int, int], off: int) -> None:
    count, hits = case
    tens = 10 * ((count + 5) // 10)
    other = tens + off
    share = told_share(hits / count, tens)
    assert 0 <= share <= 1
    if other >= 2:
        assert share in {told_share(k / other, tens) for k in range(other + 1)}


cells = st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3)), max_size=5), max_size=5)


@given(st.lists(cells, min_size=1, max_size=3))
def test_what_is_hidden_of_a_line_is_together_empty_or_large_enough(
    table: list[list[list[tuple[int, int]]]],
) -> None:
    minimum = MinimumCell(workers=2, orders=3)
    flat = [(at, cell) for at, line in enumerate(table) for cell in line]
    if not flat:
        return
    numbered = {at: i for i, at in enumerate(sorted({at for at, _ in flat}))}
    line = np.array([numbered[at] for at, _ in flat])
    rows = [(number, *row) for number, (_, cell) in enumerate(flat) for row in cell]
    cell, worker, orders = np.array(rows, np.int64).reshape(-1, 3).T
    shown = published_in_lines(
        line,
        tally(cell, worker, len(flat)),
        np.bincount(cell, orders, len(flat)).astype(np.int64),
        minimum,
    )

    def large(numbers: Sequence[int]) -> bool:
        some = [row for number in numbers for row in flat[number][1]]
        return len({who for who, _ in some}) >= 2 and sum(count for _, count in some) >= 3

    for at in set(line.tolist()):
        mine = np.flatnonzero(line == at).tolist()
        told, rest = [i for i in mine if shown[i]], [i for i in mine if not shown[i]]
        assert all(large([i]) for i in told)
        assert not told or not any(flat[i][1] for i in rest) or large(rest)
        assert sum(large([i]) for i in rest) <= 1, "no more than one is hidden for the others' sake"


def test_infinite_ratios_stay_what_they_are() -> None:
    assert told_share(1 / 3, 1_000) == pytest.approx(1 / 3, abs=0.001)
    assert not math.isinf(told_share(0.999, 40))
