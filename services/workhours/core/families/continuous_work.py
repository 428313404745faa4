"""Rule family "continuous_work": no more than `limit` of work without a rest of `reset_gap`.

In words
    The time of the counted states becomes one union and is cut into spells at every gap of `reset_gap` or
    more in which none of the states `not_rest` occurs either (`order_time`, `spells`). A spell's *measure*
    (`counter`) is, as the pack chooses,
        worked   the time in which at least one order was in hand, or
        elapsed  spell end - spell start, short gaps included.
    PROMPT         measure >= limit - prompt_lead
    LIMIT_REACHED  measure >= limit
    BREACH         exceed: past   measure > limit: going on past the limit violates, reaching it does not
                   exceed: reach  measure >= limit
                   task_in_hand: may_finish   past, and only an order that starts once the limit stands
                                              reached violates: what was in hand then may be finished
    As time passes the measure grows while an order is in hand and stands still in a gap; measured as elapsed
    it then jumps when the next order starts. A tier is reached at the first instant the measure satisfies it,
    so never in a gap: until the next order nobody can know that the spell goes on.
    After a breach the platforms are, in principle, to push no order until `no_push` after the completion of
    the order in hand. Every further order of the same spell starts that wait anew: the worker is still past
    the limit and has not rested. So the window follows the spell's last order, and orders pushed between
    `breach_at` and `no_push_until` are the platform's doing (family no_push).

Why it is pure
    `judge_orders` is a function of the orders, the parameters and the moment up to which each worker is
    known. No clock is read, and nothing is carried over between calls.

How an incremental caller uses it
    Workers do not influence each other, nor do spells: judging the orders that lie in a worker's last spells
    gives exactly these spells (`docket` says from where on orders are needed). `deadlines` names the workers
    whose verdict will rise by the mere passing of time, and when: judge those again at that watermark. No
    other verdict can have risen. What still moves with the watermark is the description of a spell that is
    `open`: its end and measure while an order is `in_hand`, and `open` itself. Judge an open spell again once
    it may have ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from services.workhours.core.counter import Count, Measure, run_counter
from services.workhours.core.judgements import NOT_REACHED, Deadlines, Judged, Judgements, Trace
from services.workhours.core.order_time import Orders
from services.workhours.core.param_reader import ParamReader
from services.workhours.core.ragged import Ragged, spread
from services.workhours.core.timeline import Span, Timeline
from services.workhours.core.verdict import Severity, Step, Verdict
from services.workhours.core.work_events import Bools, Int64s

NAME: Final = "continuous_work"
_FOREVER: Final = np.iinfo(np.int64).max
_LONG_AGO: Final = -(2**60)
"""Before any time, epoch ms."""
_A_DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Params:
    """All durations in ms."""

    limit_ms: int
    reset_gap_ms: int
    """A gap of at least this ends the spell."""
    measure: Measure = Measure.WORKED
    prompt_lead_ms: int = 0
    """How long before the limit the prompt is due; 0 for no prompt of its own."""
    max_open_order_ms: int = _A_DAY_MS
    """How long an order whose end was never reported counts at most."""
    no_push_ms: int = 0
    """How long, after a breach, no order is to be pushed from the completion of the order in hand."""
    states: frozenset[str] = frozenset({"order"})
    """What counts as work."""
    reaching: bool = False
    """Reaching the limit violates."""
    may_finish: bool = False
    """The task in hand when the limit is reached may be finished."""
    not_rest: frozenset[str] = frozenset()
    """Does not count, and is no rest either: a gap in which it occurs is shorter by that."""


def parse(params: ParamReader) -> Params:
    """Raises ValueError (`ParamReader.refuse`)."""
    limit_ms = params.duration("limit")
    prompt_lead_ms = params.duration("prompt_lead", least_ms=0, default_ms=0)
    if prompt_lead_ms >= limit_ms:
        raise params.refuse("prompt_lead", f"{prompt_lead_ms} ms", "make it shorter than the limit")
    return Params(
        limit_ms=limit_ms,
        reset_gap_ms=params.duration("reset_gap"),
        measure=Measure(
            params.choice("measure", [each.value for each in Measure], default=Measure.WORKED.value)
        ),
        prompt_lead_ms=prompt_lead_ms,
        max_open_order_ms=params.duration("max_open_order", default_ms=_A_DAY_MS),
        no_push_ms=params.duration("no_push", least_ms=0, default_ms=0),
        states=params.states("states") or frozenset({"order"}),
        reaching=params.choice("exceed", ("past", "reach"), default="past") == "reach",
        may_finish=params.choice("task_in_hand", ("counts", "may_finish"), default="counts") == "may_finish",
        not_rest=params.states("not_rest"),
    )


def judge(timeline: Timeline, params: Params, earlier: Mapping[str, Sequence[Verdict]]) -> list[Verdict]:
    """The verdict on every spell of one worker that reached a tier, whole."""
    work = [each for each in timeline.intervals if each.state in params.states]
    awake = timeline.spans(params.states | params.not_rest)
    # Spells do not influence each other: where `not_rest` keeps some together, each is counted as a worker.
    begins = [
        span.start_ms
        for before, span in pairwise([Span(_LONG_AGO, _LONG_AGO), *awake])
        if span.start_ms - before.end_ms >= params.reset_gap_ms
    ]
    orders = Orders(
        worker=np.searchsorted(begins, [each.start_ms for each in work], side="right").astype(np.int64),
        start=np.array([each.start_ms for each in work], dtype=np.int64),
        # An open one counts on beyond what is known, and is cut off there: so it is told to be in hand.
        end=np.array([each.end_ms + each.open for each in work], dtype=np.int64),
        open=np.array([each.open for each in work], dtype=np.bool_),
        row=np.arange(len(work)),
        key=np.arange(len(work), dtype=np.uint64),
    )
    counted = replace(params, reset_gap_ms=_FOREVER) if params.not_rest else params
    found = judge_orders(orders, counted, np.full(len(work), timeline.known_until_ms)).judgements
    rests_from = awake[-1].end_ms if awake else timeline.known_until_ms
    goes_on = rests_from + params.reset_gap_ms > timeline.known_until_ms
    last = len(begins)
    return [
        replace(_verdict(found, row, params), open=bool(found.worker[row] == last) and goes_on)
        for row in range(len(found))
    ]


def _verdict(found: Judgements, row: int, params: Params) -> Verdict:
    severity = Severity(int(found.severity[row]))
    start, end = int(tier_at(found)[row]), int(found.spell_end[row])
    detail: dict[str, int | str | bool] = {}
    if severity is Severity.BREACH and params.no_push_ms and not found.in_hand[row]:
        detail = {
            "no_push_from_ms": int(found.no_push_from[row]),
            "no_push_until_ms": int(found.no_push_until[row]),
        }
    return Verdict(
        severity=severity,
        start_ms=start,
        end_ms=end if severity is Severity.BREACH else start,
        period_start_ms=int(found.spell_start[row]),
        period_end_ms=end,
        measured_ms=int(found.measured[row]),
        limit_ms=params.limit_ms,
        trace=tuple(Step(*step) for step in found.trace.of(row)),
        open=bool(found.open[row]),
        detail=detail,
    )


def tier_at(found: Judgements) -> Int64s:
    """When each reached its severity, ms."""
    moments: Int64s = np.choose(found.severity - 1, [found.prompt_at, found.limit_at, found.breach_at])
    return moments


def judge_orders(orders: Orders, params: Params, known_until: Int64s) -> Judged:
    """Judge every spell of `orders` by one rule; `known_until`: of each order's worker, ms.

    Raises ValueError only when the workers and times are so far apart that they cannot be numbered in 63 bits
    (see `order_time`).
    """
    timed = orders.as_of(known_until)
    count = run_counter(timed, params.reset_gap_ms, params.measure)
    moment_of = _by_worker(orders.worker, known_until)
    running = orders.open & (orders.end > known_until)
    return Judged(
        judgements=_judgements(count, params, moment_of),
        deadlines=_deadlines(orders, running, known_until, count, params),
        running=orders.worker[running],
        count=count,
    )


def _by_worker(worker: Int64s, known_until: Int64s) -> Int64s:
    """A table: worker code → the moment up to which they are known; 0 where nobody has the code."""
    table = np.zeros(int(worker.max(initial=-1)) + 1, dtype=np.int64)
    table[worker] = known_until
    return table


def _judgements(count: Count, params: Params, moment_of: Int64s) -> Judgements:
    orders, busy, spells = count.orders, count.busy, count.spells
    limit, prompt = params.limit_ms, params.limit_ms - params.prompt_lead_ms
    flagged = np.flatnonzero(count.measured >= prompt)
    measured, end, in_hand = count.measured[flagged], spells.end[flagged], spells.in_hand[flagged]
    known_until = moment_of[spells.worker[flagged]]
    first_busy, stop_busy = spells.first_busy[flagged], spells.first_busy[flagged + 1]
    members, spell_of_member = spread(busy.first_order[first_busy], busy.first_order[stop_busy])

    prompt_at, _ = count.first_instant(flagged, prompt, past=False)
    reached = measured >= limit
    limit_at = np.full(len(flagged), NOT_REACHED, dtype=np.int64)
    limit_at[reached], _ = count.first_instant(flagged[reached], limit, past=False)
    breach_at = _breaches(count, params, flagged, limit_at, members, spell_of_member)
    breached = breach_at != NOT_REACHED
    crossing_at = np.where(breached, breach_at, np.where(reached, limit_at, prompt_at))
    crossing = _order_in_hand(orders, members, spell_of_member, crossing_at, breached & (not params.reaching))
    traced, spell_of_traced = spread(first_busy, stop_busy)
    resting = breached & ~in_hand

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
        crossing_order=orders.row[members[crossing]],
        known_until=known_until,
        open=known_until - end < params.reset_gap_ms,
        in_hand=in_hand,
        no_push_from=np.where(resting, end, NOT_REACHED),
        no_push_until=np.where(resting, end + params.no_push_ms, NOT_REACHED),
        orders=Ragged(orders.row[members], np.searchsorted(spell_of_member, np.arange(len(flagged) + 1))),
        trace=Trace(
            start=busy.start[traced],
            end=busy.end[traced],
            accumulated=count.total[traced] - count.before[flagged][spell_of_traced],
            offsets=np.searchsorted(spell_of_traced, np.arange(len(flagged) + 1)),
        ),
    )


def _breaches(
    count: Count, params: Params, flagged: Int64s, limit_at: Int64s, members: Int64s, spell: Int64s
) -> Int64s:
    """When each flagged spell breaks the rule; `NOT_REACHED` if it does not."""
    if params.reaching:
        return limit_at
    breach_at = np.full(len(flagged), NOT_REACHED, dtype=np.int64)
    if not params.may_finish:
        past = count.measured[flagged] > params.limit_ms
        breach_at[past], _ = count.first_instant(flagged[past], params.limit_ms, past=True)
        return breach_at
    start = count.orders.start[members]
    begun = np.flatnonzero((limit_at[spell] != NOT_REACHED) & (start >= limit_at[spell]))
    first = np.full(len(flagged), _FOREVER, dtype=np.int64)
    np.minimum.at(first, spell[begun], start[begun])
    return np.where(first == _FOREVER, NOT_REACHED, first)


def _order_in_hand(orders: Orders, members: Int64s, spell: Int64s, at: Int64s, goes_on: Bools) -> Int64s:
    """For each spell the position in `members` of the order in hand `at` its crossing.

    Reaching a tier is the deed of an order up to and including that instant, breaching of one that goes on
    after it. Of several the one accepted last is named (it was added when most was known); of those accepted
    in the same instant, the one with the smallest identity.
    """
    start, end, moment = orders.start[members], orders.end[members], at[spell]
    held = np.flatnonzero((start <= moment) & np.where(goes_on[spell], moment < end, moment <= end))
    turn = np.lexsort((orders.key[members[held]], -start[held], spell[held]))
    return held[turn[np.searchsorted(spell[held[turn]], np.arange(len(at)))]]


def _deadlines(
    reported: Orders, running: Bools, known_until: Int64s, now: Count, params: Params
) -> Deadlines:
    """Count on as if nothing more were ever reported, and see which tiers come after what is known.

    Only the workers whose last spell can still get to a tier need counting: an open order adds at most
    `max_open_order` to it.
    """
    prompt = params.limit_ms - params.prompt_lead_ms
    near = now.spells.in_hand & (now.measured + params.max_open_order_ms >= prompt)
    may = np.zeros(int(reported.worker.max(initial=-1)) + 1, dtype=np.bool_)
    may[now.spells.worker[near]] = True
    fresh = running & (reported.start >= known_until)  # no time in them yet, so in no spell of `now`
    if params.max_open_order_ms >= prompt:
        may[reported.worker[fresh]] = True
    else:
        may[_goes_on(now, reported, fresh, params)] = True
    running = running & may[reported.worker]
    if not running.any():
        return Deadlines(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
    theirs = np.zeros(len(may), dtype=np.bool_)
    theirs[reported.worker[running]] = True
    known = np.zeros(len(may), dtype=np.int64)
    known[reported.worker[running]] = known_until[running]
    count = run_counter(
        reported.take(theirs[reported.worker]).as_of(_FOREVER), params.reset_gap_ms, params.measure
    )
    workers, moments = [], []
    for threshold, past in ((prompt, False), (params.limit_ms, False), (params.limit_ms, True)):
        spells = np.flatnonzero(count.measured > threshold if past else count.measured >= threshold)
        moment, start = count.first_instant(spells, threshold, past=past)
        workers.append(count.spells.worker[spells])
        # An order has no time in it yet at its very start, and a limit is not exceeded yet when reached.
        moments.append(np.maximum(moment + past, start + 1))
    worker, at = np.concatenate(workers), np.concatenate(moments)
    ahead = np.flatnonzero(at > known[worker])
    ahead = ahead[np.lexsort((at[ahead], worker[ahead]))]
    worker, first = np.unique(worker[ahead], return_index=True)
    return Deadlines(worker, at[ahead][first])


def _goes_on(now: Count, reported: Orders, fresh: Bools, params: Params) -> Int64s:
    """Workers whose order has only just begun and may carry a spell of theirs on to a tier."""
    prompt = params.limit_ms - params.prompt_lead_ms
    long = now.spells.worker[now.measured + params.max_open_order_ms + params.reset_gap_ms >= prompt]
    begun = reported.worker[fresh]
    return begun[np.isin(begun, long)]
