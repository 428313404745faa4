"""Rule family "contradictory_events": a platform's statements on one order do not fit each other.

In words
    An order was accepted, picked up or ended at two different moments by one worker, or ended before it was
    accepted. It is a finding on the quality of the platform's data (PROMPT: to be mended by a correction),
    not on the worker's time: of a contradictory order only what all statements agree on counts as work, so
    that no verdict rests on it (``order_book``).

It needs the events themselves. A timeline of intervals cannot contradict itself, so that ``judge`` finds
nothing there; the service finds them in its order book.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.workhours.core.param_reader import ParamReader
from services.workhours.core.timeline import Timeline
from services.workhours.core.verdict import Verdict

NAME: Final = "contradictory_events"


@dataclass(frozen=True, slots=True)
class Params:
    """None: two statements either fit or do not."""


def parse(params: ParamReader) -> Params:
    """Reads nothing."""
    params.finish()
    return Params()


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """Always empty; see the module's text."""
    return []
