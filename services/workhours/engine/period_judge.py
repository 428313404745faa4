"""One rule on local days or weeks over all owned workers, screened in columns and judged one by one.

Nearly all workers are far from any limit. The totals a day (``core.day_totals``) tell who is not; only these
are judged, by the rule's family over their timeline: there is one meaning of a rule, and it is the family's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, replace
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from services.workhours.core.day_totals import DayTotals, Int32s
from services.workhours.core.docket import Docket, Due
from services.workhours.core.facts import said_of
from services.workhours.core.families import calendar_total, rest_days
from services.workhours.core.families.registry import FAMILIES
from services.workhours.core.order_time import BusyIntervals, Orders, orders_of, union
from services.workhours.core.rule_pack import Rule
from services.workhours.core.timeline import Interval, Timeline
from services.workhours.core.verdict import Severity, Step, Verdict
from services.workhours.core.work_events import Bools, Int64s
from services.workhours.engine.known import KnownFindings
from services.workhours.engine.spell_judge import hash_of, seed_of
from services.workhours.engine.stating import Fresh, News, Statement, Stating
from services.workhours.ports import Known

_DAYS_OF_WEEK = 7


class Candidate(NamedTuple):
    """A worker's day or week that is near a limit, or past it."""

    worker: int
    start_ms: int
    end_ms: int
    mark: tuple[int, ...]
    """What decides the tier: while it stays and nothing came late, the verdict stays."""


class _Work(NamedTuple):
    """All orders of some workers, and their union; both by (worker, start)."""

    orders: Orders
    busy: BusyIntervals

    def within(self, candidate: Candidate) -> tuple[Orders, list[tuple[int, int]]]:
        """The worker's orders with time in the day or week, and their union."""
        orders, busy = self.orders, self.busy
        at = _overlapping(candidate, orders.worker, orders.start, orders.end)
        of_busy = _overlapping(candidate, busy.worker, busy.start, busy.end)
        starts, ends = busy.start[of_busy].tolist(), busy.end[of_busy].tolist()
        return orders.take(at), list(zip(starts, ends, strict=True))


class PeriodJudge:
    """A rule of family calendar_total (a day) or rest_days."""

    def __init__(self, stating: Stating, rule: Rule, max_open_order_ms: int) -> None:
        self.rule = rule
        self._stating = stating
        self._max_open_order_ms = max_open_order_ms
        self._family = FAMILIES[rule.family]
        self._known = KnownFindings[int]()
        self._marks: dict[tuple[int, int], tuple[int, ...]] = {}
        self._seed = seed_of(stating.pack.version, rule)

    def know(self, worker: int, item: Known) -> None:
        """Keep in mind a finding of this rule."""
        self._known.note(worker, item.spell_start_ms, item)

    def forget(self, workers: Int64s) -> None:
        """They are another process's now."""
        self._known.forget(workers)
        gone = set(workers.tolist())
        self._marks = {key: mark for key, mark in self._marks.items() if key[0] not in gone}

    def drop_before(self, moment_ms: int) -> None:
        """What begins earlier can change no more."""
        self._known.drop_before(moment_ms)
        self._marks = {key: mark for key, mark in self._marks.items() if key[1] >= moment_ms}

    def news(
        self, due: Due, totals: Int32s, growing: Bools, days: DayTotals, docket: Docket, fresh: Fresh
    ) -> Iterator[News]:
        """What is to be said of those who were just judged.

        ``totals`` is ``DayTotals.judged``'s answer; ``growing`` tells, beside each of them, whether an order
        is in hand.
        """
        self._put_down_growth(due, totals, growing, days, docket)
        near = {(each.worker, each.start_ms): each for each in self._screened(due, totals, days)}
        self._put_down_ends(near.values(), docket)
        changed = [place for place, candidate in near.items() if not self._stands(candidate, due)]
        work = self._work_of(np.unique([worker for worker, _ in changed]).astype(np.int64))
        for place in changed:
            candidate = near[place]
            self._marks[place] = candidate.mark
            orders, busy = work.within(candidate)
            verdict = self._judge(candidate, busy, totals[due.place[candidate.worker]], days)
            if verdict is None:
                del near[place]
                continue
            said = self._statement(candidate.worker, verdict, orders)
            if said is None:
                continue  # its orders are no longer kept: what was stated of them stands
            signature = self._signature(said)
            if self._known.is_news(*place, signature):
                finding = self._stating.finding(self.rule, said)
                yield self._known.state(*place, finding, signature, self._stating, fresh)
        firm_since = self._stating.firm_since
        for worker in self._known.with_any(due.worker):
            since = max(int(firm_since[worker]), int(days.starts[0]))
            for start in self._known.gone(worker, near, since):
                self._marks.pop((worker, start), None)
                yield self._known.withdraw(worker, start, self._stating, fresh)

    def _screened(self, due: Due, totals: Int32s, days: DayTotals) -> Iterator[Candidate]:
        params, starts = self.rule.params, days.starts
        known_until = self._stating.known_until[due.worker]
        if isinstance(params, calendar_total.Params):
            kept = self._stating.workers.kept_since[due.worker]
            near = totals >= params.limit_ms - params.prompt_lead_ms
            near &= starts[None, :-1] >= kept[:, None]  # of earlier days only the totals are kept
            for at, column in np.argwhere(near).tolist():
                total, over = int(totals[at, column]), bool(known_until[at] >= starts[column + 1])
                mark = (total >= params.limit_ms, total > params.limit_ms, over, total if over else 0)
                worker = int(due.worker[at])
                yield Candidate(worker, int(starts[column]), int(starts[column + 1]), mark)
            return
        assert isinstance(params, rest_days.Params)
        few = _DAYS_OF_WEEK - max(params.prompt_days_left, params.days - 1)
        for week in days.weeks():
            worked = totals[:, week] > 0
            for at in np.flatnonzero(worked.sum(axis=1) >= few).tolist():
                over = bool(known_until[at] >= starts[week.stop])
                mark = (*worked[at].tolist(), over, int(totals[at, week].sum()) if over else 0)
                yield Candidate(int(due.worker[at]), int(starts[week.start]), int(starts[week.stop]), mark)

    def _put_down_ends(self, candidates: Collection[Candidate], docket: Docket) -> None:
        """Look again when a day or week is over."""
        worker = np.array([each.worker for each in candidates], dtype=np.int64)
        end = np.array([each.end_ms for each in candidates], dtype=np.int64)
        goes_on = end > self._stating.known_until[worker]
        docket.put_down(worker[goes_on], end[goes_on])

    def _put_down_growth(
        self, due: Due, totals: Int32s, growing: Bools, days: DayTotals, docket: Docket
    ) -> None:
        """Look again when an order in hand brings the day's total to its next tier, or goes over midnight."""
        at = np.flatnonzero(growing)
        known_until = self._stating.known_until[due.worker[at]]
        day = np.searchsorted(days.starts, known_until, side="right") - 1
        moments = days.starts[day + 1]
        params = self.rule.params
        if isinstance(params, calendar_total.Params):
            total = totals[at, day].astype(np.int64)
            for tier in (params.limit_ms - params.prompt_lead_ms, params.limit_ms, params.limit_ms + 1):
                moments = np.minimum(moments, np.where(total < tier, known_until + tier - total, moments))
        docket.put_down(due.worker[at], moments)

    def _stands(self, candidate: Candidate, due: Due) -> bool:
        """Whether what was stated of it must still hold."""
        before = self._known.get(candidate.worker, candidate.start_ms)
        if before is None or not before.stands:
            return False
        unchanged = self._marks.get((candidate.worker, candidate.start_ms)) == candidate.mark
        return unchanged and int(due.touched[due.place[candidate.worker]]) > before.stated_until_ms

    def _work_of(self, workers: Int64s) -> _Work:
        """What is kept of these workers, as of now."""
        book = self._stating.book
        orders = orders_of(book, book.rows_of(workers), self._max_open_order_ms)
        orders = orders.as_of(self._stating.known_until[orders.worker])
        return _Work(orders, union(orders))

    def _judge(
        self, candidate: Candidate, busy: Sequence[tuple[int, int]], totals: Int32s, days: DayTotals
    ) -> Verdict | None:
        known_until = int(self._stating.known_until[candidate.worker])
        kept_since = int(self._stating.workers.kept_since[candidate.worker])
        state = next(iter(self.rule.params.states))
        intervals = [Interval(start, end, state) for start, end in busy]
        week = [
            (int(start), int(stop), int(ms))
            for start, stop, ms in zip(days.starts[:-1], days.starts[1:], totals, strict=True)
            if candidate.start_ms <= start < candidate.end_ms and ms
        ]
        # Of a day whose orders are no longer kept it is known that, and how long, there was work.
        intervals += [Interval(start, start + ms, state) for start, _, ms in week if start < kept_since]
        verdict = next(
            (
                each
                for each in self._family.judge(Timeline.of(intervals, known_until), self.rule.params, {})
                if each.period_start_ms == candidate.start_ms
            ),
            None,
        )
        if verdict is not None and self.rule.family == rest_days.NAME:
            sums = accumulate(ms for _, _, ms in week)
            verdict = replace(
                verdict, trace=tuple(Step(s, e, a) for (s, e, _), a in zip(week, sums, strict=True))
            )
        return verdict

    def _statement(self, worker: int, verdict: Verdict, orders: Orders) -> Statement | None:
        """What is said of a verdict; None if no order is kept that was begun when the tier was reached."""
        begun = np.flatnonzero(orders.start <= verdict.start_ms)
        if not len(begun):
            return None
        goes_on = begun[orders.end[begun] > verdict.start_ms]
        held = goes_on if len(goes_on) else begun
        crossing = held[np.lexsort((orders.key[held], -orders.start[held]))[0]]
        until = verdict.start_ms if verdict.open else verdict.period_end_ms
        of_days = self.rule.family == rest_days.NAME
        if of_days:
            # Of whole days, and by the act that took the day away: orders of earlier days need not be kept.
            trace = [astuple(step) for step in verdict.trace if step.end_ms <= until]
            said = said_of(self._stating.book, orders.row[[crossing]], verdict.start_ms)
        else:
            trace = _cut(verdict.trace, until)
            said = said_of(self._stating.book, orders.row[orders.start <= until], until)
        measured = verdict.measured_ms if of_days or not trace else trace[-1][2]
        return Statement(
            worker=worker,
            start_ms=verdict.period_start_ms,
            severity=verdict.severity,
            tier_at_ms=verdict.start_ms,
            stated_until_ms=until,
            open=verdict.open,
            measured_ms=measured,
            limit_ms=verdict.limit_ms,
            limit_at_ms=verdict.start_ms if verdict.severity >= Severity.LIMIT_REACHED else None,
            crossing_row=int(orders.row[crossing]),
            said=said,
            counter=trace,
            busy=() if of_days else trace,
        )

    def _signature(self, said: Statement) -> int:
        """A digest of the facts: the same facts, the same signature."""
        book, row = self._stating.book, said.crossing_row
        return hash_of(
            (
                self._seed,
                said.severity.value,
                said.tier_at_ms,
                said.stated_until_ms,
                said.measured_ms,
                said.counter,
                [event.event for event in said.said],
                int(book.key(np.array([row]))[0]),
                self._stating.workers.names["area"][int(book["area"][row])],
            )
        )


def _overlapping(candidate: Candidate, worker: Int64s, start: Int64s, end: Int64s) -> Int64s:
    """Which intervals, sorted by worker, are the candidate's worker's and have time in the day or week."""
    first, stop = np.searchsorted(worker, [candidate.worker, candidate.worker + 1])
    theirs = slice(first, stop)
    overlaps = (start[theirs] < candidate.end_ms) & (end[theirs] > candidate.start_ms)
    rows: Int64s = np.flatnonzero(overlaps) + first
    return rows


def _cut(trace: tuple[Step, ...], until_ms: int) -> list[tuple[int, int, int]]:
    """The counter up to a moment."""
    return [
        (step.start_ms, min(step.end_ms, until_ms), step.accumulated_ms - max(0, step.end_ms - until_ms))
        for step in trace
        if step.start_ms < until_ms
    ]
