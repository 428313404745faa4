"""From worked stretches to session events: online, offline, break start, break end."""

import numpy as np

from simulator.parameters import CityParameters
from simulator.places import AREA_CODES
from simulator.tables import Sessions, event_ids
from simulator.vocabulary import WorkSessionKind
from simulator.waves import WorkedStretches
from simulator.workforce import NO_PLATFORM, Workforce

LONG_BREAK_S = 90 * 60
"""A pause between stretches up to this is reported as a break, a longer one as offline. Assumption."""
EARLIER_S = (60, 480)
"""How long before a stretch its worker goes online. Below the shortest rest, so stretches never touch."""
LATER_S = (0, 180)
"""How long after its last order the worker goes offline."""


def session_events(
    parameters: CityParameters, workforce: Workforce, worked: WorkedStretches, rng: np.random.Generator
) -> Sessions:
    """Online, offline and breaks of each worker on each of the worker's platforms, sorted by time."""
    has_second = np.flatnonzero(workforce.second_platform != NO_PLATFORM)
    worker = np.concatenate([np.arange(parameters.workers), has_second])
    platform = np.concatenate([workforce.first_platform, workforce.second_platform[has_second]])
    # Drawn for each platform anew: the apps are tapped one by one.
    shape = (len(worker), worked.start_s.shape[1])
    start = worked.start_s[worker] - rng.uniform(*EARLIER_S, shape)
    end = worked.end_s[worker] + rng.uniform(*LATER_S, shape)
    exists = np.isfinite(start)
    follows = np.zeros_like(exists)
    follows[:, :-1] = exists[:, 1:]
    pause = np.full(shape, np.inf)
    pause[:, :-1] = np.where(follows[:, :-1], start[:, 1:] - end[:, :-1], np.inf)
    break_after = pause <= LONG_BREAK_S
    break_before = np.zeros_like(break_after)
    break_before[:, 1:] = break_after[:, :-1]

    opening = np.where(break_before, WorkSessionKind.BREAK_END, WorkSessionKind.ONLINE)
    closing = np.where(break_after, WorkSessionKind.BREAK_START, WorkSessionKind.OFFLINE)
    row = np.tile(np.nonzero(exists)[0], 2)
    kind = np.concatenate([opening[exists], closing[exists]])
    time_s = np.concatenate([start[exists], end[exists]])
    time_ms = parameters.midnight_ms() + np.round(time_s * 1_000).astype(np.int64)
    by_time = np.lexsort((platform[row], worker[row], time_ms))
    row = row[by_time]
    return Sessions(
        event_id=event_ids("s", platform[row], [each.letter for each in parameters.platforms]),
        platform=platform[row].astype(np.int8),
        worker=worker[row].astype(np.int32),
        kind=kind[by_time].astype(np.int8),
        time_ms=time_ms[by_time],
        area_code=AREA_CODES[workforce.area[worker[row]]],
        version=np.zeros(len(row), dtype=np.int16),
        deleted=np.zeros(len(row), dtype=np.bool_),
    )
