"""One worker's time between two moments: what they did, how the counters ran, what of it is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.workhours.core.coverage import Coverage, coverage_of
from services.workhours.core.rule_pack import Rule, RulePack
from services.workhours.core.timeline import Span
from services.workhours.core.verdict import Verdict
from services.workhours.core.worker_timeline import Stated, timeline_of
from services.workhours.ports import WorkerEvents, WorkerHistory
from services.workhours.rejudging import EVER, rejudge


@dataclass(frozen=True, slots=True)
class WorkerTimeline:
    """What is to be drawn."""

    intervals: Sequence[Stated]
    """By start."""
    counters: Sequence[tuple[Rule, Verdict]]
    """Of every stretch that reached a tier, in the pack's order of rules."""
    coverage: Coverage
    known_until_ms: int


class Timelines:
    """The use case. Threads may share it."""

    def __init__(self, packs: Callable[[], RulePack], history: WorkerHistory) -> None:
        """``packs``: the pack in force."""
        self._packs = packs
        self._history = history

    def draw(
        self,
        worker_ids: Sequence[str],
        window: Span,
        sees: Callable[[str, str], bool],
    ) -> WorkerTimeline:
        """What overlaps the window, and is on a platform and in an area the reader sees.

        ``worker_ids``: all pseudonyms of ONE worker; what was said under each is put together.

        A counter is shown whole if any order in sight is in its stretch: the hours elsewhere are its point.

        Raises:
            LogUnavailableError: (retryable) if the log cannot give the worker's events.
        """
        events = _together([self._history.events(each, 0, EVER) for each in worker_ids])
        pack = self._packs()
        rejudged = rejudge(pack, events)
        seen = [
            each
            for each in rejudged.intervals
            if any(sees(event.platform_id, event.area_code) for event in each.events)
        ]
        shown = [each for each in seen if _overlaps(each, window)]
        counters = [
            (rule, verdict)
            for rule in pack.rules
            for verdict in rejudged.verdicts[rule.id]
            if verdict.period_start_ms < window.end_ms
            and verdict.period_end_ms > window.start_ms
            and any(
                _overlaps(each, Span(verdict.period_start_ms, verdict.period_end_ms))
                for each in seen
                if each.order is not None
            )
        ]
        sessions = [
            each.span for each in rejudged.sessions if sees(each.event.platform_id, each.event.area_code)
        ]
        coverage = coverage_of(timeline_of(seen, events.known_until_ms), window, sessions)
        return WorkerTimeline(shown, counters, coverage, events.known_until_ms)


def _together(parts: Sequence[WorkerEvents]) -> WorkerEvents:
    """What is known of a worker under several pseudonyms. An event stands under one of them only."""
    if len(parts) == 1:
        return parts[0]
    dispatches = [each for part in parts for each in part.dispatches]
    sessions = [each for part in parts for each in part.sessions]
    return WorkerEvents(
        dispatches=tuple(sorted(dispatches, key=lambda each: each.place)),
        known_until_ms=max(part.known_until_ms for part in parts),
        whole=all(part.whole for part in parts),
        sessions=tuple(sorted(sessions, key=lambda each: each.place)),
    )


def _overlaps(stated: Stated, window: Span) -> bool:
    """Whether any of it, or the instant that it is, lies in the window."""
    interval = stated.interval
    return interval.start_ms < window.end_ms and (
        interval.end_ms > window.start_ms or interval.start_ms >= window.start_ms
    )
