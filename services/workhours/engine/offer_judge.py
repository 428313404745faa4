"""The rule on offers over all owned workers: an order pushed to somebody who is past the limit, or must rest.

The same rule as ``core.families.no_push``, in columns: after each round of the rule it builds upon, the
offers of those who are past their limit are looked up among the spells' windows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from services.workhours.core.docket import NEVER
from services.workhours.core.facts import Said
from services.workhours.core.families import no_push
from services.workhours.core.finding import Finding
from services.workhours.core.order_book import NOT_YET
from services.workhours.core.rule_pack import Rule
from services.workhours.core.verdict import Severity
from services.workhours.core.work_events import Int64s
from services.workhours.engine.known import KnownFindings
from services.workhours.engine.spell_judge import Round, hash_of, seed_of
from services.workhours.engine.stating import Fresh, News, Statement, Stating
from services.workhours.ports import Known


class OfferJudge:
    """A rule of family no_push."""

    def __init__(self, stating: Stating, rule: Rule) -> None:
        self.rule = rule
        self._params: no_push.Params = rule.params
        self._stating = stating
        self._known = KnownFindings[tuple[int, str]]()
        self._seed = seed_of(stating.pack.version, rule)

    def know(self, worker: int, item: Known) -> None:
        """Keep in mind a finding of this rule."""
        self._known.note(worker, (item.spell_start_ms, item.platform_id), item)

    def forget(self, workers: Int64s) -> None:
        """They are another process's now."""
        self._known.forget(workers)

    def drop_before(self, moment_ms: int) -> None:
        """What begins earlier can change no more."""
        self._known.drop_before(moment_ms)

    def news(self, round_: Round, fresh: Fresh) -> Iterator[News]:
        """What is to be said after a round of the rule built upon."""
        found: set[tuple[int, tuple[int, str]]] = set()
        for row, spell in self._pushed(round_):
            finding, signature = self._finding(round_, row, spell)
            worker = int(self._stating.book["worker"][row])
            place = finding.spell_start_ms, finding.platform_id
            if (worker, place) in found:
                continue  # several orders in one push
            found.add((worker, place))
            if self._known.is_news(worker, place, signature):
                yield self._known.state(worker, place, finding, signature, self._stating, fresh)
        firm_since = self._stating.firm_since
        for worker in self._known.with_any(round_.due.worker):
            since = max(int(round_.due.since[round_.due.place[worker]]), int(firm_since[worker]))
            for place in self._known.gone(worker, found, since):
                yield self._known.withdraw(worker, place, self._stating, fresh)

    def _pushed(self, round_: Round) -> list[tuple[int, int]]:
        """Rows of the book with an offer inside a window, and the judgement whose window it is."""
        judgements, book = round_.judged.judgements, self._stating.book
        breaches = np.flatnonzero(judgements.severity == Severity.BREACH)
        if not len(breaches):
            return []
        theirs = np.zeros(len(self._stating.workers), dtype=np.bool_)
        theirs[judgements.worker[breaches]] = True
        rows = round_.rows[theirs[book["worker"][round_.rows]]]
        rows = rows[book["offered"][rows] != NOT_YET]
        offered, worker = book["offered"][rows], book["worker"][rows].astype(np.int64)
        # Both sorted by (worker, time): the window an offer may lie in is the last one begun before it.
        until = np.where(judgements.in_hand, NEVER, judgements.spell_end + self._params.window_ms)[breaches]
        begins = _places(judgements.worker[breaches], judgements.breach_at[breaches])
        at = np.searchsorted(begins, _places(worker, offered), side="right") - 1
        inside = at >= 0
        inside &= judgements.worker[breaches][at] == worker
        inside &= offered < until[at]
        order = np.lexsort((book.key(rows[inside]), offered[inside], worker[inside]))
        return list(zip(rows[inside][order].tolist(), breaches[at[inside]][order].tolist(), strict=True))

    def _finding(self, round_: Round, row: int, spell: int) -> tuple[Finding, int]:
        book, judgements = self._stating.book, round_.judged.judgements
        offered, completed = int(book["offered"][row]), int(judgements.spell_end[spell])
        in_hand = bool(judgements.in_hand[spell])
        said = Said(
            offered,
            int(book["offered_event"][row]),
            int(book["offered_record"][row]),
            int(book["platform"][row]),
        )
        platform_id = self._stating.workers.names["platform"][said.platform]
        resting = not in_hand and offered >= completed
        finding = self._stating.finding(
            self.rule,
            Statement(
                worker=int(book["worker"][row]),
                start_ms=offered,
                severity=Severity.BREACH,
                tier_at_ms=offered,
                stated_until_ms=offered,
                open=False,
                measured_ms=offered - completed if resting else 0,
                limit_ms=self._params.window_ms,
                limit_at_ms=int(judgements.breach_at[spell]),
                crossing_row=row,
                said=[said],
                counter=(),
                busy=(),
                no_push_start_ms=completed if resting else None,
                no_push_end_ms=completed + self._params.window_ms if resting else None,
                place=(platform_id,),
            ),
        )
        facts = (
            self._seed,
            finding.limit_at_ms,
            finding.no_push_end_ms,
            finding.event_ids,
            finding.area_code,
        )
        return finding, hash_of(facts)


def _places(worker: Int64s, moment_ms: Int64s) -> Int64s:
    """Worker and millisecond in one number: good until the year 2109 for four million workers."""
    return (worker << 42) | moment_ms
