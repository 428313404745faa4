"""Where chance comes from: one generator for each part, spawned from the seed."""

from enum import IntEnum

import numpy as np


class Source(IntEnum):
    """One number per source of chance; never reuse or renumber, or the default city changes."""

    WORKFORCE = 0
    SHIFTS = 1
    WAVES = 2
    DISPATCHES = 3
    SESSIONS = 4
    DISPATCH_ARRIVALS = 5
    SESSION_ARRIVALS = 6
    DISPATCH_CORRECTIONS = 7
    SESSION_CORRECTIONS = 8
    GROUPS = 9
    CALENDAR = 10
    ATTENDANCE = 11


def generator(seed: int, source: Source, *part: int) -> np.random.Generator:
    """The generator of one source, or of one part of it (say, a platform)."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(source, *part)))
