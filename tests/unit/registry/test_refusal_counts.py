"""Refusals are told in sums: none is lost, none is told twice, and who knocks without end fills nothing."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from services.registry.core.refusal_counts import WINDOW_MS, RefusalCounts

KEYS = st.sampled_from([("client/a", "signature"), ("client/a", "exp"), ("client/unknown", "signature")])


@given(st.lists(st.tuples(KEYS, st.integers(-WINDOW_MS, 2 * WINDOW_MS)), max_size=60), st.booleans())
def test_every_refusal_is_told_once_whatever_the_clock_does(
    knocks: list[tuple[tuple[str, str], int]], storage_fails: bool
) -> None:
    counts, now_ms, told = RefusalCounts(), 10**12, Counter[tuple[str, str]]()
    for at, ((subject, why), passing_ms) in enumerate(knocks):
        now_ms += passing_ms
        entered = counts.count(subject, why, now_ms)
        if storage_fails and at % 2:
            counts.put_back(entered, now_ms)
        else:
            for each in entered:
                assert each.times > 0
                told[each.subject, each.why] += each.times
    for each in counts.rest():
        told[each.subject, each.why] += each.times
    assert told == Counter(key for key, _ in knocks)
    assert counts.rest() == []


def test_the_first_is_told_at_once_and_a_flood_at_most_twice_a_minute() -> None:
    counts = RefusalCounts()
    entries = []
    for knock in range(10_000):
        entries += counts.count("client/unknown", "signature", knock * 100)  # ten a second, 17 minutes
        assert knock or [each.times for each in entries] == [1]
    minutes = 10_000 * 100 / WINDOW_MS
    assert len(entries) <= 2 * minutes + 1
