"""How much of a window was observed: what nobody stated is unknown, and unknown is not rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.workhours.core.timeline import Span, Timeline, total_ms, union, within


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one window. Moments epoch ms, lengths ms."""

    window_start_ms: int
    window_end_ms: int
    observed_ms: int
    """Time for which anything was stated."""

    @property
    def unknown_ms(self) -> int:
        """The rest of the window."""
        return self.window_end_ms - self.window_start_ms - self.observed_ms


def coverage_of(timeline: Timeline, window: Span, stated: Sequence[Span] = ()) -> Coverage:
    """The coverage of a window, which ends no later than what is known of the worker.

    ``stated``: what was stated besides the timeline's activities.
    """
    end_ms = max(window.start_ms, min(window.end_ms, timeline.known_until_ms))
    known = Span(window.start_ms, end_ms)
    observed = union([*timeline.observed, *stated])
    return Coverage(known.start_ms, known.end_ms, total_ms(within(observed, known)))
