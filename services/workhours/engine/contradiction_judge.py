"""Orders whose events contradict each other: findings on the quality of a platform's data."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from services.workhours.core.facts import Said
from services.workhours.core.finding import Finding
from services.workhours.core.order_book import NOT_SAID, NOT_YET
from services.workhours.core.rule_pack import Rule
from services.workhours.core.verdict import Severity
from services.workhours.core.work_events import Bools, Int64s
from services.workhours.engine.known import KnownFindings
from services.workhours.engine.spell_judge import hash_of, seed_of
from services.workhours.engine.stating import Fresh, News, Statement, Stating
from services.workhours.ports import Known

_KINDS = ("accepted", "picked_up", "ended")


class ContradictionJudge:
    """The rule of family contradictory_events."""

    def __init__(self, stating: Stating, rule: Rule) -> None:
        self.rule = rule
        self._stating = stating
        self._known = KnownFindings[str]()
        self._seed = seed_of(stating.pack.version, rule)
        self._touched: Int64s = np.empty(0, dtype=np.int64)
        """Workers whose orders are to be looked at."""

    def know(self, worker: int, item: Known) -> None:
        """Keep in mind a finding of this rule."""
        self._known.note(worker, item.finding_id, item)

    def forget(self, workers: Int64s) -> None:
        """They are another process's now."""
        self._known.forget(workers)

    def drop_before(self, moment_ms: int) -> None:
        """What begins earlier can change no more."""
        self._known.drop_before(moment_ms)

    def touch(self, workers: Int64s, rows: Int64s) -> None:
        """These workers have other orders than before, or other rules; in these rows of the book, if any."""
        book = self._stating.book
        held = np.array(self._known.with_any(workers), dtype=np.int64)
        at_odds = book["worker"][rows[self._at_odds(rows)]].astype(np.int64)
        self._touched = np.unique(np.concatenate([self._touched, at_odds, held]))

    def _at_odds(self, rows: Int64s) -> Bools:
        """Which of these rows of the book are orders whose events contradict each other."""
        book = self._stating.book
        start = np.maximum(book["accepted"][rows], book["picked_up"][rows])
        odds: Bools = book["contradictory"][rows] | ((start != NOT_SAID) & (book["ended"][rows] < start))
        return odds

    def news(self, fresh: Fresh) -> Iterator[News]:
        """What is to be said of the orders of those who were touched."""
        book, firm_since = self._stating.book, self._stating.firm_since
        touched, self._touched = self._touched, np.empty(0, dtype=np.int64)
        for worker in touched.tolist():
            found: set[tuple[int, str]] = set()
            rows = book.rows_of(np.array([worker]))
            for row in sorted(rows[self._at_odds(rows)].tolist()):
                finding, signature = self._finding(worker, row)
                place = finding.finding_id
                found.add((worker, place))
                if self._known.is_news(worker, place, signature):
                    yield self._known.state(worker, place, finding, signature, self._stating, fresh)
            for place in self._known.gone(worker, found, int(firm_since[worker])):
                yield self._known.withdraw(worker, place, self._stating, fresh)

    def _finding(self, worker: int, row: int) -> tuple[Finding, int]:
        book = self._stating.book
        said = sorted(
            Said(
                int(book[kind][row]),
                int(book[f"{kind}_event"][row]),
                int(book[f"{kind}_record"][row]),
                int(book["platform"][row]),
            )
            for kind in _KINDS
            if book[kind][row] not in (NOT_SAID, NOT_YET)
        )
        key = int(book.key(np.array([row]))[0])
        first, last = said[0].time_ms, said[-1].time_ms
        finding = self._stating.finding(
            self.rule,
            Statement(
                worker=worker,
                start_ms=first,
                severity=Severity.PROMPT,
                tier_at_ms=last,
                stated_until_ms=last,
                open=False,
                measured_ms=0,
                limit_ms=0,
                limit_at_ms=None,
                crossing_row=row,
                said=said,
                counter=(),
                busy=(),
                place=(f"{key:016x}",),
            ),
        )
        return finding, hash_of((self._seed, finding.event_ids, first, last, finding.area_code))
