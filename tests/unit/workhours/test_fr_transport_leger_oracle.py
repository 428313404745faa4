"""The French pack against the oracle, on random histories of some days around a change of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import event, given, settings
from hypothesis import strategies as st

from services.workhours.core.pack_judge import judge_pack
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity
from tests.unit.workhours.long_run import EXAMPLES
from tests.unit.workhours.oracles.fr_transport_leger_oracle import SLOT_S, breaches
from tests.unit.workhours.shipped_packs import shipped_pack

PARIS = ZoneInfo("Europe/Paris")
FIRST = datetime(2025, 3, 23, 23, tzinfo=UTC)
"""Midnight of Monday, 24 March 2025, in Paris; the clocks change on Sunday, the 30th."""
FIRST_MS = int(FIRST.timestamp()) * 1000
SLOT_MS = SLOT_S * 1000
TWO_WEEKS = 14 * 288 - 12
"""Slots: two weeks, one day of which has 23 hours."""

acts = st.sampled_from([1, 3, 12, 24, 36, 54, 71, 72, 73, 108, 109, 120, 121, 144, 145, 168, 169])
pauses = st.sampled_from([0, 0, 1, 2, 3, 3, 6, 9, 12, 24, 60, 119, 120, 121, 156, 168, 192, 407, 408, 409])
states = st.sampled_from(["driving", "driving", "work", "support", "transfer"])
histories = st.tuples(st.integers(0, 300), st.lists(st.tuples(acts, pauses, states), min_size=1, max_size=28))
sectors = st.sampled_from(["goods", "passenger", "passenger_occasional", "passenger_taxi"])


@cache
def french(sector: str) -> RulePack:
    return shipped_pack("fr-transport-leger", sector=sector)


def intervals(history: tuple[int, list[tuple[int, int, str]]]) -> list[tuple[int, int, str]]:
    """First slot, slot after the last and state, as far as they lie within the two weeks."""
    at, laid = history[0], []
    for length, pause, state in history[1]:
        if at + length > TWO_WEEKS:
            break
        laid.append((at, at + length, state))
        at += length + pause
    return laid


def timeline(laid: list[tuple[int, int, str]]) -> Timeline:
    return Timeline.of(
        Interval(FIRST_MS + start * SLOT_MS, FIRST_MS + end * SLOT_MS, state) for start, end, state in laid
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(history=histories, sector=sectors)
def test_breaches_are_those_the_oracle_finds(
    history: tuple[int, list[tuple[int, int, str]]], sector: str
) -> None:
    laid = intervals(history)
    slots: list[str | None] = [None] * TWO_WEEKS
    for start, end, state in laid:
        slots[start:end] = [state] * (end - start)
    rules = french(sector)
    judged = judge_pack(timeline(laid), rules)
    found = {
        (rule.code, (each.start_ms - FIRST_MS) // SLOT_MS, (each.end_ms - FIRST_MS) // SLOT_MS)
        for rule in rules.rules
        for each in judged[rule.id]
        if each.severity is Severity.BREACH
    }
    expected = breaches(slots, FIRST, PARIS, sector)
    for code, _, _ in expected:
        event(code)
    assert found == expected


@settings(max_examples=EXAMPLES // 4, deadline=None)
@given(history=histories, seed=st.integers(0, 2**16))
def test_order_repetition_and_cutting_of_acts_change_nothing(
    history: tuple[int, list[tuple[int, int, str]]], seed: int
) -> None:
    laid = intervals(history)
    chance = np.random.default_rng(seed)
    pieces = list(laid)
    for start, end, state in laid:
        cut = int(chance.integers(start, end))
        pieces += [(start, cut, state), (cut, end, state)] if start < cut < end else [(start, end, state)]
    pieces = [pieces[at] for at in chance.permutation(len(pieces))]
    assert judge_pack(timeline(pieces), french("goods")) == judge_pack(timeline(laid), french("goods"))
