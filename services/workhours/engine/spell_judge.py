"""One rule of continuous work over the orders of all owned workers: which verdicts are news?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from services.workhours.core.docket import LONG_AGO, Docket, Due
from services.workhours.core.facts import Facts, facts_of, said_of
from services.workhours.core.families.continuous_work import Params, judge_orders
from services.workhours.core.finding import Finding
from services.workhours.core.judgements import NOT_REACHED, Judged, Judgements
from services.workhours.core.order_book import NOT_SAID, NOT_YET
from services.workhours.core.order_time import orders_of
from services.workhours.core.rule_pack import Rule
from services.workhours.core.verdict import Severity
from services.workhours.core.work_events import Int64s
from services.workhours.engine.known import KnownFindings
from services.workhours.engine.stating import Fresh, News, Statement, Stating
from services.workhours.ports import Known


class Round(NamedTuple):
    """Who was judged, and what came of it."""

    due: Due
    rows: Int64s
    """Of the order book: all that was looked at."""
    judged: Judged


class SpellJudge:
    """Judges the workers who are due and keeps in mind what was stated of them."""

    def __init__(self, stating: Stating, rule: Rule, *, on_board: bool) -> None:
        """``on_board``: the rule counts the time from pick-up on, not from acceptance."""
        self.rule = rule
        self.docket = Docket()
        self._params: Params = rule.params
        self._stating = stating
        self._book = stating.book
        self._on_board = on_board
        self._known = KnownFindings[int]()
        self._seed = seed_of(stating.pack.version, rule)

    @property
    def on_board(self) -> bool:
        """Whether the time from pick-up on counts, not from acceptance."""
        return self._on_board

    @property
    def reset_gap_ms(self) -> int:
        """A gap of at least this ends a spell."""
        return self._params.reset_gap_ms

    @property
    def max_open_order_ms(self) -> int:
        """How long an order counts at most whose end was never reported."""
        return self._params.max_open_order_ms

    def know(self, worker: int, item: Known) -> None:
        """Keep in mind a finding of this rule."""
        self._known.note(worker, item.spell_start_ms, item)

    def forget(self, workers: Int64s) -> None:
        """They are another process's now."""
        self._known.forget(workers)
        self.docket.forget(workers)

    def drop_before(self, moment_ms: int) -> None:
        """What begins earlier can change no more."""
        self._known.drop_before(moment_ms)

    def judge(self, watermarks: Int64s) -> Round | None:
        """Judge whoever is due now that each worker's watermark is here; None if nobody is."""
        due = self.docket.due(watermarks)
        if not len(due):
            return None
        rows = self._book.rows_of(due.worker, due.since_row)
        orders = orders_of(self._book, rows, self._params.max_open_order_ms, on_board=self._on_board)
        if (due.since != LONG_AGO).any():
            orders = orders.take(orders.start >= due.since_of(orders.worker))
        judged = judge_orders(orders, self._params, self._stating.known_until[orders.worker])
        self.docket.judged(due, judged.count.spells.worker, judged.count.spells.start)
        self._keep_rows(rows)
        self.docket.put_down(judged.deadlines.worker, judged.deadlines.at)
        self._put_down_ends(judged.judgements)
        return Round(due, rows, judged)

    def news(self, round_: Round, fresh: Fresh) -> Iterator[News]:
        """What is to be said after a round."""
        found = round_.judged.judgements
        yield from self._stated(facts_of(found, self._book, self._seed), fresh)
        yield from self._gone(round_.due, found, fresh)

    def _keep_rows(self, rows: Int64s) -> None:
        """The rows that matter as long as the last spells go on: begun, or offered, in them."""
        worker = self._book["worker"][rows]
        last = self.docket.last_spell(worker)
        accepted, picked_up = self._book["accepted"][rows], self._book["picked_up"][rows]
        offered = self._book["offered"][rows]
        matter = (
            (accepted >= last) & (accepted != NOT_SAID)
            | (picked_up >= last) & (picked_up != NOT_SAID)
            | (offered >= last) & (offered != NOT_YET)
        )
        self.docket.needs_rows(worker[matter], rows[matter])

    def _put_down_ends(self, found: Judgements) -> None:
        """An open spell is stated whole once it has ended: look again when the reset gap may have passed."""
        still = found.open
        self.docket.put_down(found.worker[still], found.spell_end[still] + self._params.reset_gap_ms)

    def _stated(self, facts: Facts, fresh: Fresh) -> Iterator[News]:
        """Spells that are stated for the first time, or otherwise than before."""
        found = facts.judgements
        columns = found.worker, found.spell_start, facts.signature
        for row, (worker, start, signature) in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
            if self._known.is_news(worker, start, signature):
                finding = self._finding(facts, row)
                yield self._known.state(worker, start, finding, signature, self._stating, fresh)

    def _gone(self, due: Due, found: Judgements, fresh: Fresh) -> Iterator[News]:
        """Findings of the judged time whose spell starts elsewhere now, or reaches no tier."""
        held = self._known.with_any(due.worker)
        if not held:
            return
        theirs = set(held)
        spells = set(zip(found.worker.tolist(), found.spell_start.tolist(), strict=True))
        firm_since = self._stating.firm_since
        for worker in theirs:
            since = max(int(due.since[due.place[worker]]), int(firm_since[worker]))
            for start in self._known.gone(worker, spells, since):
                yield self._known.withdraw(worker, start, self._stating, fresh)

    def _finding(self, facts: Facts, row: int) -> Finding:
        found, params = facts.judgements, self._params
        ended, until = not found.open[row], int(facts.stated_until[row])
        resting = bool(found.no_push_from[row] != NOT_REACHED)
        end = int(found.spell_end[row])
        counter = facts.counter(row)
        return self._stating.finding(
            self.rule,
            Statement(
                worker=int(found.worker[row]),
                start_ms=int(found.spell_start[row]),
                severity=Severity(int(found.severity[row])),
                tier_at_ms=int(facts.tier_at[row]),
                stated_until_ms=until,
                open=not ended,
                measured_ms=int(facts.measured[row]),
                limit_ms=params.limit_ms,
                limit_at_ms=_moment(found.limit_at, row),
                crossing_row=int(found.crossing_order[row]),
                said=said_of(self._book, found.orders[row], until),
                counter=counter,
                busy=counter,
                no_push_start_ms=end if resting and params.no_push_ms else None,
                no_push_end_ms=end + params.no_push_ms if resting and params.no_push_ms else None,
                must_rest_until_ms=end + params.reset_gap_ms if resting else None,
            ),
        )


def seed_of(pack_version: str, rule: Rule) -> int:
    """What of a rule a finding states besides its facts, as 64 bits."""
    stated_too = repr((pack_version, sorted(rule.values.items()))).encode()
    return int.from_bytes(hashlib.sha256(stated_too).digest()[:8], "little")


def hash_of(facts: tuple[object, ...]) -> int:
    """64 bits over plain values."""
    return int.from_bytes(hashlib.sha256(repr(facts).encode()).digest()[:8], "little")


def _moment(column: Int64s, row: int) -> int | None:
    value = int(column[row])
    return None if value == NOT_REACHED else value
