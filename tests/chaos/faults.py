"""What is done to an installation, when, and for how long: drawn from a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np

BROKER, DATABASE = "broker", "database"
SHORTEST_S, LONGEST_S = 0.2, 2.0
"""Of a pause or a cut: from a hiccup to what every client notices."""
TWO_AT_ONCE = 0.15
"""So often a second fault strikes before the first is over, if nobody says otherwise."""
OUTLASTS_SESSION = 0.3
"""So often a service is paused for longer than its group waits for it: it comes back as a zombie."""


class How(Enum):
    """What is done."""

    KILL = "kill -9"
    PAUSE = "pause"
    CUT = "cut off"
    STALL = "hold up"
    LOSE = "lose"
    """One of several, with all it had."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that happens."""

    how: How
    target: str
    """A process, the broker, the database, or a link (``workhours-broker``)."""
    after_s: float
    """How long after the events that it strikes were handed in."""
    lasts_s: float
    """A kill: how long whoever starts the process again takes to notice."""

    @property
    def kind(self) -> str:
        """What its recovery is counted with."""
        of_what = self.target if self.target in (BROKER, DATABASE) else "service"
        if "-from-" in self.target:
            of_what = self.target.partition("-from-")[2]
        return f"{self.how.value}, {of_what}"


@dataclass(frozen=True, slots=True)
class Targets:
    """What there is to strike."""

    services: tuple[str, ...]
    links: tuple[str, ...]
    """``<one>-from-<other>``."""


def draw(
    count: int, seed: int, targets: Targets, session_s: float, two_at_once: float = TWO_AT_ONCE
) -> Iterator[tuple[Fault, ...]]:
    """``count`` faults, some of them two at once; of every kind as many as of the others, or one more."""
    rng = np.random.default_rng(seed)
    of_kind = _of_kind(targets)
    kinds: list[str] = []
    left = count
    while left > 0:
        together: list[Fault] = []
        for _ in range(2 if left > 1 and rng.random() < two_at_once else 1):
            if not kinds:
                kinds = [str(kind) for kind in rng.permutation(list(of_kind))]
            how, candidates = of_kind[kinds.pop()]
            target = candidates[int(rng.integers(len(candidates)))]
            lasts_s = float(rng.uniform(SHORTEST_S, LONGEST_S))
            if how is How.PAUSE and target in targets.services and rng.random() < OUTLASTS_SESSION:
                lasts_s += session_s
            if how is How.KILL:
                lasts_s = 0.0
            together.append(Fault(how, target, float(rng.uniform(0.0, 0.3)), lasts_s))
        left -= len(together)
        yield tuple(together)


def _of_kind(targets: Targets) -> Mapping[str, tuple[How, tuple[str, ...]]]:
    kinds: dict[str, tuple[How, tuple[str, ...]]] = {}
    for how in (How.KILL, How.PAUSE):
        kinds |= {f"{how} service": (how, targets.services)}
        kinds |= {f"{how} {place}": (how, (place,)) for place in (BROKER, DATABASE)}
    for how in (How.CUT, How.STALL):
        for place in sorted({link.partition("-from-")[2] for link in targets.links}):
            kinds[f"{how} {place}"] = how, tuple(each for each in targets.links if each.endswith(place))
    return kinds
