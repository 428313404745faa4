"""One worker judged again from the log, by all rules of a pack: what explaining and drawing rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.workhours.core.pack_judge import judge_pack
from services.workhours.core.rule_pack import RulePack
from services.workhours.core.sectors import services_of
from services.workhours.core.timeline import Timeline
from services.workhours.core.verdict import Verdict
from services.workhours.core.work_sessions import Held, held
from services.workhours.core.worker_timeline import (
    Stated,
    orders_of,
    stated,
    stated_by_sessions,
    timeline_of,
)
from services.workhours.ports import WorkerEvents

EVER = 2**62
"""Later than any event, epoch milliseconds."""
MAX_OPEN_ORDER = "max_open_order"
"""Parameter of rules: how long an order without an end counts. The most that any rule of the pack lets it."""
UNSAID_MAX_OPEN_MS = 86_400_000
"""Where no rule says: a day, as in family continuous_work."""


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A worker's time and what the rules say of it."""

    intervals: Sequence[Stated]
    """By start."""
    timeline: Timeline
    verdicts: Mapping[str, Sequence[Verdict]]
    """By rule id, in the pack's order; of each rule by start."""
    sessions: Sequence[Held]
    """What was stated besides orders, whether or not the pack has states for it."""


def rejudge(pack: RulePack, events: WorkerEvents) -> Rejudged:
    """Judge by every rule of the pack. A pure function of its arguments."""
    sources = {state.id: state.source for state in pack.states if state.source is not None}
    said = [rule.lengths[MAX_OPEN_ORDER] for rule in pack.rules if MAX_OPEN_ORDER in rule.lengths]
    orders = orders_of(events.dispatches, services_of(pack.sector))
    intervals = stated(orders, sources, events.known_until_ms, max(said, default=UNSAID_MAX_OPEN_MS))
    sessions = held(events.sessions, events.known_until_ms)
    intervals = sorted([*intervals, *stated_by_sessions(sessions, sources)], key=lambda each: each.interval)
    timeline = timeline_of(intervals, events.known_until_ms)
    return Rejudged(intervals, timeline, judge_pack(timeline, pack), sessions)
