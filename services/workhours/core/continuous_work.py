"""Rule family "continuous_work": no more than `limit` of work without a rest of `reset_gap`.

In words
    Orders become intervals and their union is cut into spells at every gap of `reset_gap` or more
    (`order_time`, `spells`). A spell's *measure* (`counter`) is, as the pack chooses,
        worked   the time in which at least one order was in hand, or
        elapsed  spell end - spell start, short gaps included.
    PROMPT         measure >= limit - prompt_lead
    LIMIT_REACHED  measure >= limit
    BREACH         measure >  limit: acting past the limit violates, reaching it does not
    As time passes the measure grows while an order is in hand and stands still in a gap; measured as elapsed
    it then jumps when the next order starts. A tier is reached at the first instant the measure satisfies it,
    so never in a gap: until the next order nobody can know that the spell goes on.
    After a breach the platforms are, in principle, to push no order until `no_push` after the completion of
    the order in hand. Every further order of the same spell starts that wait anew: the worker is still past
    the limit and has not rested. So the window follows the spell's last order, and orders pushed between
    `breach_at` and `no_push_until` are the platform's doing.

Why it is pure
    `judge` is a function of the set of events, the parameters and the watermark. Order and repetition of the
    rows cannot matter (see `order_time`), no clock is read, and nothing is carried over between calls.
    "Now" enters only as the watermark, and only for orders without an end. A worker whose own latest event is
    later than the watermark is judged as of that event (`WorkEvents.known_until`).

How an incremental caller uses it
    Workers do not influence each other: judging the events of some workers gives exactly the rows these
    workers have in the judgement of all. Nor do spells: judging the orders that lie in a worker's last spells
    gives exactly these spells (`docket` says from where on the orders are needed). So keep the events by
    worker; when a batch arrives, pass the events of the workers it touches, and compare the result with the
    findings held for those workers (`finding_key` names a finding by worker and spell start). A finding whose
    key no longer appears is withdrawn, a changed one amended. `deadlines` names the workers whose verdict
    will rise by the mere passing of time, and when: judge those again at that watermark. No other verdict can
    have risen. What still moves with the watermark is the description of a spell that is `open`: its end and
    measure while an order is `in_hand`, and `open` itself. Judge an open spell again once it may have ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np

from services.workhours.core.counter import Count, run_counter
from services.workhours.core.docket import Due
from services.workhours.core.order_time import Orders, orders_in
from services.workhours.core.ragged import Ragged, sorted_sets, spread
from services.workhours.core.rule_pack import ContinuousWorkParams
from services.workhours.core.spells import Spells
from services.workhours.core.work_events import Bools, DispatchKind, Int8s, Int64s, Uint64s, WorkEvents

NOT_REACHED: Final = -1
"""In a column of moments: has not happened (epoch -1 ms is no working time)."""
_FOREVER: Final = np.iinfo(np.int64).max


class Severity(IntEnum):
    """The tier a spell has reached. The numbers are those of the wire contract."""

    PROMPT = 1
    LIMIT_REACHED = 2
    BREACH = 3


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """How the counter ran: one row per busy interval, all spells end to end."""

    start: Int64s
    """ms"""
    end: Int64s
    """ms"""
    accumulated: Int64s
    """The spell's measure at `end`, ms"""
    offsets: Int64s
    """Spell i has rows `offsets[i]:offsets[i + 1]`."""

    def of(self, spell: int) -> list[tuple[int, int, int]]:
        """(start, end, accumulated) of every busy interval of one spell, in time order."""
        rows = slice(self.offsets[spell], self.offsets[spell + 1])
        columns = (self.start[rows], self.end[rows], self.accumulated[rows])
        return list(zip(*(column.tolist() for column in columns), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Judgements:
    """One row per spell that reached a tier, sorted by (worker, spell start).

    Moments are epoch ms (`NOT_REACHED` where not so), lengths ms, worker/platform/area the caller's codes.
    """

    worker: Int64s
    spell_start: Int64s
    spell_end: Int64s
    """End of the last order; `known_until` while one is in hand."""
    worked: Int64s
    elapsed: Int64s
    measured: Int64s
    """The one of the two the rule pack measures by."""
    severity: Int8s
    """Highest `Severity` reached."""
    prompt_at: Int64s
    limit_at: Int64s
    breach_at: Int64s
    """The instant after which the measure exceeds the limit: `limit_at`, or the start of the order that
    broke the short gap in which the limit was standing."""
    crossing_platform: Int64s
    """Platform of the order in hand when the highest tier was reached: of several, the one accepted last."""
    crossing_area: Int64s
    """Area of that order, as stated by its first event."""
    crossing_order: Uint64s
    known_until: Int64s
    """The moment as of which the spell is judged: the watermark or the worker's latest event, the later."""
    open: Bools
    """A further order could still join the spell: the reset gap has not passed at that moment."""
    in_hand: Bools
    """An order is in hand at that moment."""
    no_push_from: Int64s
    """Breach only: completion of the last order; `NOT_REACHED` while one is in hand."""
    no_push_until: Int64s
    platforms: Ragged[np.int64]
    """Codes of every platform with an order in the spell, ascending."""
    evidence: Ragged[np.uint64]
    """Identities of the spell's work events (accepted, picked up, completed, cancelled), ascending."""
    trace: Trace

    def __len__(self) -> int:
        return len(self.worker)


@dataclass(frozen=True, slots=True, eq=False)
class Deadlines:
    """Workers whose verdict will rise if no event comes, and the next moment it does; sorted by worker."""

    worker: Int64s
    at: Int64s
    """The watermark (ms) at which to judge this worker again."""

    def __len__(self) -> int:
        return len(self.worker)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What `judge` gives back."""

    judgements: Judgements
    deadlines: Deadlines
    spells: Spells
    """Every spell, also those below the first tier."""


def judge(
    events: WorkEvents, params: ContinuousWorkParams, watermark_ms: int, due: Due | None = None
) -> Judged:
    """Judge every spell in `events` by one continuous-work rule.

    Pass all events of each worker concerned; or, with `due`, all events of each order that has one at or
    after the worker's moment: then only spells that start there or later are judged, as if all had been
    passed. Raises ValueError only when the workers and times are so far apart that they cannot be numbered in
    63 bits (see `order_time`).
    """
    reported = orders_in(events, params.max_open_order_ms)
    if due is not None:
        reported = reported.take(reported.start >= due.since_of(reported.worker))
    known_until = events.known_until(reported.worker, watermark_ms)
    count = run_counter(reported.as_of(known_until), params)
    return Judged(
        judgements=_judgements(events, count, params, watermark_ms),
        deadlines=_deadlines(reported, known_until, params),
        spells=count.spells,
    )


def _judgements(
    events: WorkEvents, count: Count, params: ContinuousWorkParams, watermark_ms: int
) -> Judgements:
    orders, busy, spells = count.orders, count.busy, count.spells
    limit, prompt = params.limit_ms, params.limit_ms - params.prompt_lead_ms
    flagged = np.flatnonzero(count.measured >= prompt)
    measured, end, in_hand = count.measured[flagged], spells.end[flagged], spells.in_hand[flagged]
    known_until = events.known_until(spells.worker[flagged], watermark_ms)
    reached, breached = measured >= limit, measured > limit
    resting = breached & ~in_hand

    prompt_at, _ = count.first_instant(flagged, prompt, past=False)
    limit_at, breach_at = np.full((2, len(flagged)), NOT_REACHED, dtype=np.int64)
    limit_at[reached], _ = count.first_instant(flagged[reached], limit, past=False)
    breach_at[breached], _ = count.first_instant(flagged[breached], limit, past=True)
    crossing_at = np.where(breached, breach_at, np.where(reached, limit_at, prompt_at))

    first_busy, stop_busy = spells.first_busy[flagged], spells.first_busy[flagged + 1]
    members, spell_of_member = spread(busy.first_order[first_busy], busy.first_order[stop_busy])
    platform_of_member, area_of_member = _reported_at_start(events, orders, members)
    crossing = _order_in_hand(orders, members, spell_of_member, crossing_at, breached)
    rows, member_of_row = orders.events_of(members)
    traced, spell_of_traced = spread(first_busy, stop_busy)

    return Judgements(
        worker=spells.worker[flagged],
        spell_start=spells.start[flagged],
        spell_end=end,
        worked=spells.worked[flagged],
        elapsed=end - spells.start[flagged],
        measured=measured,
        severity=(Severity.PROMPT + reached.astype(np.int8) + breached.astype(np.int8)).astype(np.int8),
        prompt_at=prompt_at,
        limit_at=limit_at,
        breach_at=breach_at,
        crossing_platform=platform_of_member[crossing],
        crossing_area=area_of_member[crossing],
        crossing_order=orders.order[members[crossing]],
        known_until=known_until,
        open=end + params.reset_gap_ms > known_until,
        in_hand=in_hand,
        no_push_from=np.where(resting, end, NOT_REACHED),
        no_push_until=np.where(resting, end + params.no_push_ms, NOT_REACHED),
        platforms=sorted_sets(platform_of_member, spell_of_member, len(flagged)),
        evidence=sorted_sets(events.event[rows], spell_of_member[member_of_row], len(flagged)),
        trace=Trace(
            start=busy.start[traced],
            end=busy.end[traced],
            accumulated=count.total[traced] - count.before[flagged][spell_of_traced],
            offsets=np.searchsorted(spell_of_traced, np.arange(len(flagged) + 1)),
        ),
    )


def _reported_at_start(events: WorkEvents, orders: Orders, members: Int64s) -> tuple[Int64s, Int64s]:
    """Platform and area of each order, from the event that started it.

    ACCEPTED goes before a PICKED_UP of the same instant; of equals the smaller identity counts.
    """
    rows, member = orders.events_of(members)
    kind = events.kind[rows]
    starts = (events.time[rows] == orders.start[members][member]) & (
        (kind == DispatchKind.ACCEPTED) | (kind == DispatchKind.PICKED_UP)
    )
    rows, member, kind = rows[starts], member[starts], kind[starts]
    turn = np.lexsort((events.event[rows], kind, member))
    first = turn[np.searchsorted(member[turn], np.arange(len(members)))]
    return events.platform[rows[first]], events.area[rows[first]]


def _order_in_hand(orders: Orders, members: Int64s, spell: Int64s, at: Int64s, breached: Bools) -> Int64s:
    """For each spell the position in `members` of the order in hand `at` its crossing.

    Reaching a tier is the deed of an order up to and including that instant, breaching of one that goes on
    after it. Of several the one accepted last is named (it was added when most was known); of those accepted
    in the same instant, the one with the smallest hash.
    """
    start, end, moment = orders.start[members], orders.end[members], at[spell]
    held = np.flatnonzero((start <= moment) & np.where(breached[spell], moment < end, moment <= end))
    turn = np.lexsort((orders.order[members[held]], -start[held], spell[held]))
    return held[turn[np.searchsorted(spell[held[turn]], np.arange(len(at)))]]


def _deadlines(reported: Orders, known_until: Int64s, params: ContinuousWorkParams) -> Deadlines:
    """Count on as if nothing more were ever reported, and see which tiers come after what is known."""
    running = reported.open & (reported.end > known_until)
    unfinished, one = np.unique(reported.worker[running], return_index=True)
    known = known_until[running][one]
    theirs = reported.take(np.isin(reported.worker, unfinished))
    count = run_counter(theirs.as_of(_FOREVER), params)
    workers, moments = [], []
    for threshold, past in (
        (params.limit_ms - params.prompt_lead_ms, False),
        (params.limit_ms, False),
        (params.limit_ms, True),
    ):
        spells = np.flatnonzero(count.measured > threshold if past else count.measured >= threshold)
        moment, start = count.first_instant(spells, threshold, past=past)
        workers.append(count.spells.worker[spells])
        # An order has no time in it yet at its very start, and a limit is not exceeded yet when reached.
        moments.append(np.maximum(moment + past, start + 1))
    worker, at = np.concatenate(workers), np.concatenate(moments)
    ahead = np.flatnonzero(at > known[np.searchsorted(unfinished, worker)])
    ahead = ahead[np.lexsort((at[ahead], worker[ahead]))]
    worker, first = np.unique(worker[ahead], return_index=True)
    return Deadlines(worker, at[ahead][first])
