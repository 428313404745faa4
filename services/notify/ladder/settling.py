"""Cases and the findings in them: counted when something changes, judged when a day is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from services.notify.core import cases
from services.notify.core.cases import Case
from services.notify.core.escalation import WindowCount, decide, window_of
from services.notify.core.findings import Place, local_day
from services.notify.core.policy import EscalationRule, Policy, Rate
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState, Trigger
from services.notify.ladder.climbing import Climbing
from services.notify.ladder.turn import CaseTurn
from services.notify.ports import Book

_STANDS = Text("有认定成立的超限情形。", "A finding stands.")


class Settling:
    """Lets the figures of a case be those of its findings, and its steps those its figures call for."""

    def __init__(self, climbing: Climbing) -> None:
        self.climbing = climbing

    @property
    def policy(self) -> Policy:
        """The policy that it is done by."""
        return self.climbing.policy

    def settle(self, book: Book, turn: CaseTurn, place: Place, day: date) -> None:
        """Count a case anew after something changed on ``day``, and take the steps due."""
        rule = self.policy.rule_for(place.rule_id)
        if rule is None:
            return
        stored = book.case(place)
        known = stored or cases.new_case(place, rule.title)
        tally = book.tally(place, rule.opens_at, known.counted_from)
        case = replace(known, title=rule.title, tally=tally)
        trigger = cases.due(case)
        gravest = case.tally.severity or known.tally.severity or rule.opens_at
        if trigger is Trigger.FINDING_STANDS:
            case = self.climbing.take(turn, case, trigger, _STANDS, gravest=gravest)
        elif trigger is Trigger.ALL_WITHDRAWN:
            case = self.climbing.withdraw(turn, book, case, gravest)
        if case.state is CaseState.NEW:
            return  # nothing grave enough yet
        if isinstance(rule.trigger, Rate):
            window = self._latest_window(book, case, rule.trigger)
            case = replace(
                case,
                rate_per_thousand=window.rate_per_thousand if window else None,
                rate_workers=window.workers if window else 0,
            )
        elif case.state is CaseState.OPEN:
            standing = book.standing(place, rule.trigger.least_severity, case.counted_from)
            case = self.climbing.warn(turn, book, case, rule, decide(standing, {}, rule.trigger))
        if case != stored:
            case = replace(case, update_time_ms=turn.now_ms)
        book.save_case(replace(case, judge_after_ms=self._judge_after_ms(case, rule, day, turn.now_ms)))

    def judge(self, book: Book, turn: CaseTurn, case: Case) -> None:
        """Judge what is due of a case by the days that are over, and note when the next day will be.

        All that stands is read. That is once a day and case, and once for each run of late changes.
        """
        rule = self.policy.rule_for(case.place.rule_id)
        if rule is not None and case.state is CaseState.RECHECKING:
            self._recheck(book, turn, case, rule)
        elif rule is not None and isinstance(rule.trigger, Rate):
            self._judge_rate(book, turn, case, rule, rule.trigger)
        else:
            book.save_case(replace(case, judge_after_ms=None))

    def resettle_closed(self, book: Book, turn: CaseTurn, case: Case) -> None:
        """Save a case that was closed; what was found since then opens it anew at once."""
        book.save_case(replace(case, judge_after_ms=None))
        self.settle(book, turn, case.place, case.counted_from)

    def _recheck(self, book: Book, turn: CaseTurn, case: Case, rule: EscalationRule) -> None:
        if case.deadline is not None and case.deadline > self.policy.judging.last_day(turn.now_ms):
            # Postponed for a change of an earlier day, which came before the last day was over.
            after_ms = self.policy.judging.moment_ms(case.deadline, turn.now_ms)
            book.save_case(replace(case, judge_after_ms=after_ms))
            return
        case = self.climbing.recheck(turn, book, case, rule)
        if case.state is CaseState.CLOSED:
            self.resettle_closed(book, turn, case)
        else:
            book.save_case(replace(case, judge_after_ms=None))

    def _judge_rate(self, book: Book, turn: CaseTurn, case: Case, rule: EscalationRule, rate: Rate) -> None:
        until = self.policy.judging.last_day(turn.now_ms)
        standing = book.standing(case.place, rate.least_severity, case.counted_from)
        if case.state is CaseState.OPEN:
            first = min((finding.day for finding in standing), default=until)
            reach = timedelta(days=rate.window_days - 1)
            active = book.active(case.place.platform_id, case.place.area_code, first - reach)
            case = self.climbing.warn(turn, book, case, rule, decide(standing, active, rate, until))
        elif case.state is CaseState.ANSWERED:
            case = self.climbing.watch_answered(turn, book, case, rule, until)
        next_ms = None
        later = [finding.day for finding in standing if finding.day > until]
        if later and case.state in (CaseState.OPEN, CaseState.ANSWERED):
            next_ms = self.policy.judging.moment_ms(min(later), turn.now_ms)
        book.save_case(replace(case, judge_after_ms=next_ms))

    def _judge_after_ms(self, case: Case, rule: EscalationRule, day: date, now_ms: int) -> int | None:
        """When the case is to be judged now that something changed on ``day``: earlier windows first."""
        if case.state is CaseState.RECHECKING:
            return case.judge_after_ms
        if case.state not in (CaseState.OPEN, CaseState.ANSWERED) or not isinstance(rule.trigger, Rate):
            return None
        moment_ms = self.policy.judging.moment_ms(day, now_ms)
        return moment_ms if case.judge_after_ms is None else min(moment_ms, case.judge_after_ms)

    @staticmethod
    def _latest_window(book: Book, case: Case, rate: Rate) -> WindowCount | None:
        """The window that ends with the case's latest finding; None if none stands.

        Counted by the store, as every batch that touches the case asks for it.
        """
        if not case.tally.findings:
            return None
        last = local_day(case.tally.latest_event_ms)
        first = last - timedelta(days=rate.window_days - 1)
        workers = book.workers(case.place, rate.least_severity, max(first, case.counted_from), last)
        active = book.active(case.place.platform_id, case.place.area_code, first)
        return window_of(workers, active, rate, last)
