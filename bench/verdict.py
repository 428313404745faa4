"""How a figure stands to its target, in words that do not flatter."""

from __future__ import annotations


def against(what: str, measured: float, target: float) -> str:
    """One line: target, figure, met or missed and by how much. Shares below 1 are told in per cent."""
    if target < 1:
        told = f"target {target:.0%}, measured {measured:.0%}"
        missed = f"missed by {(target - measured) * 100:.0f} points"
    else:
        digits = 0 if target >= 100 else 1
        told = f"target {target:,.{digits}f}, measured {measured:,.{digits}f}"
        missed = f"missed by {1 - measured / target:.0%}"
    return f"  {what}: {told}: {'met' if measured >= target else missed}"


def at_most(what: str, measured: float, target: float) -> str:
    """The same, of what should be small."""
    missed = f"missed {measured / target:,.1f} times over"
    return f"  {what}: target at most {target:,.0f}, measured {measured:,.0f}: " + (
        "met" if measured <= target else missed
    )
