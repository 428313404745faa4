"""When keys are made and which one signs, over random histories."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.registry.core.key_rotation import (
    DAY_MS,
    HOUR_MS,
    OVERLAP_MS,
    SigningKey,
    expiry_ms,
    needs_successor,
    signer,
)


def _key(number: int, create_ms: int, period_ms: int) -> SigningKey:
    return SigningKey(f"k{number}", "{}", create_ms, expiry_ms(create_ms, period_ms))


def test_none_signs_before_one_was_made() -> None:
    assert signer([], 0) is None
    assert needs_successor([], 0, DAY_MS)


@given(
    period_days=st.integers(1, 60),
    looks=st.lists(st.integers(1, 40 * 24), min_size=1, max_size=60),
)
def test_a_key_signs_only_after_it_was_known_for_a_day_and_never_near_its_end(
    period_days: int, looks: list[int]
) -> None:
    """``looks``: hours between the moments at which the registry is there at all."""
    period_ms, now_ms = period_days * DAY_MS, 0
    keys: list[SigningKey] = []
    for hours in looks:
        now_ms += hours * HOUR_MS
        known_before = [key for key in keys if now_ms < key.expire_ms]
        if needs_successor(keys, now_ms, period_ms):
            keys.append(_key(len(keys), now_ms, period_ms))
        chosen = signer(keys, now_ms)
        assert chosen is not None
        assert now_ms < chosen.expire_ms
        if known_before:
            # Whoever reads the key set once a day has had the key before anything is signed with it.
            assert chosen in known_before
            assert now_ms - chosen.create_ms >= OVERLAP_MS or chosen == min(
                known_before, key=lambda key: key.create_ms
            )
