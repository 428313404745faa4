"""The plain rule: more than 4 h of order time without a gap of 20 min. For events in order, each once."""

from __future__ import annotations

ACCEPTED, COMPLETED = 2, 5
LIMIT_MS = 4 * 3_600_000
RESET_GAP_MS = 20 * 60_000
FORGOTTEN = -RESET_GAP_MS

State = list[int]
"""Of one worker: orders in hand, since when any is, the spell's order time, idle since, spell's start."""


def fresh() -> State:
    """Of a worker who has not been seen."""
    return [0, 0, 0, FORGOTTEN, 0]


def step(state: State, kind: int, at_ms: int) -> int:
    """Count one event into the state; the start of the spell if it is beyond the limit now, else 0."""
    if kind == ACCEPTED:
        if not state[0]:
            if at_ms - state[3] >= RESET_GAP_MS:
                state[2], state[4] = 0, at_ms
            state[1] = at_ms
        state[0] += 1
    elif kind == COMPLETED:
        state[0] -= 1
        if not state[0]:
            state[2] += at_ms - state[1]
            state[3] = at_ms
            if state[2] > LIMIT_MS:
                return state[4]
    return 0
