"""Whose orders judge whose threshold.

A dominant platform must not be its own yardstick, so a threshold is held against the *others'* orders (leave
one platform out) wherever that can be done:

| in the cohort                           | reference | the pool                                    |
|-----------------------------------------|-----------|---------------------------------------------|
| another platform has a publishable cell | OTHERS    | all other platforms with a publishable cell |
| only the platform itself has            | ALL       | the platform itself                         |
| none has                                | —         | suppressed                                  |

Cells that may not be published by themselves stay out of every pool: else the difference of two published
pools would be such a cell.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class ReferenceKind(StrEnum):
    """Whose orders a threshold was held against; see the table above."""

    OTHERS = "others"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Pool:
    """The platforms (codes) whose orders make a reference."""

    kind: ReferenceKind
    platforms: tuple[int, ...]


def choose_pool(own: int | None, publishable: NDArray[np.bool_]) -> Pool | None:
    """Whose orders judge platform code `own` (None: a platform without orders); the table at the top.

    `publishable`, shape (P,): which platforms have a publishable cell in the cohort.
    """
    others = tuple(int(code) for code in np.flatnonzero(publishable) if code != own)
    if others:
        return Pool(ReferenceKind.OTHERS, others)
    if own is not None and publishable[own]:
        return Pool(ReferenceKind.ALL, (own,))
    return None
