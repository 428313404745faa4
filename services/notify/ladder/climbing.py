"""Cases up the ladder: the one place where steps are taken, each with its clause, alert and letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kit.working_days import WorkingDays
from services.notify.core import cases, ladder, letters
from services.notify.core.alerts import alert_of_step
from services.notify.core.cases import Case
from services.notify.core.escalation import Decision, count_window, count_windows
from services.notify.core.findings import Severity, local_day
from services.notify.core.ladder import Move, Term
from services.notify.core.letters import Letterhead, NoticeKind, Parties, write_warning
from services.notify.core.policy import EscalationRule, Policy, Rate
from services.notify.core.recheck import Observed, Outcome, Recheck, compare, compare_standards
from services.notify.core.talks import TalkState
from services.notify.core.text import NO_TEXT, Text
from services.notify.core.transitions import CaseState, Trigger
from services.notify.ladder.turn import CaseTurn
from services.notify.ports import Book, Departments, Names

_WITHDRAWN = Text("全部认定均已更正或者撤销。", "Every finding was amended or withdrawn.")

_FOLLOWS = {
    Trigger.IMPROVED: Text("予以结案。", "The case is closed."),
    Trigger.SUMMONS_PROPOSED: Text("提请约谈。", "Talks are proposed."),
    Trigger.NOT_IMPROVED: Text("转由有关部门联合处置。", "The case goes to several departments."),
}


class Climbing:
    """What the policy does in a case, and how anybody's step is taken. Holds no state."""

    def __init__(self, policy: Policy, names: Names, departments: Departments, days: WorkingDays) -> None:
        self.policy = policy
        self.names = names
        self.departments = departments
        self.days = days

    def take(
        self,
        turn: CaseTurn,
        case: Case,
        trigger: Trigger,
        reason: Text,
        *,
        actor: str = "",
        gravest: Severity | None = None,
        workers: int = 0,
        term: Term | None = None,
        watched_from: date | None = None,
        settled_through: date | None = None,
    ) -> Case:
        """Take a step; empty ``actor``: the policy.

        Raises:
            IllegalStepError: if there is no such step.
        """
        rule = self.policy.rule_for(case.place.rule_id)
        rung = ladder.rung_of(case.state, trigger)
        moved, taken = cases.step(
            case,
            trigger,
            actor=actor or self.policy.actor,
            reason=reason,
            at_ms=turn.now_ms,
            clause=NO_TEXT if rung is None else self.policy.clause(rung),
            workers=workers,
            deadline=None if term is None else term.deadline,
            extendable_to=None if term is None else term.extendable_to,
            watched_from=watched_from,
            settled_through=settled_through,
        )
        joint = moved.state is CaseState.ESCALATED
        if joint or trigger is Trigger.FINDING_STANDS or not moved.department_ids:
            answering = self.departments.responsible(moved.place, joint=joint)
            moved = replace(moved, department_ids=answering)
        severity = gravest or case.tally.severity or (rule.opens_at if rule else Severity.BREACH)
        turn.steps.append((taken, moved))
        turn.alerts.append(alert_of_step(moved, trigger, severity, at_ms=turn.now_ms))
        return moved

    def move(self, turn: CaseTurn, case: Case, move: Move) -> Case:
        """Take a step of the policy."""
        return self.take(
            turn,
            case,
            move.trigger,
            move.reason,
            workers=move.workers,
            term=None if move.deadline is None else Term(move.deadline),
            watched_from=move.watched_from,
            settled_through=move.settled_through,
        )

    def head(
        self,
        turn: CaseTurn,
        book: Book,
        case: Case,
        kind: NoticeKind,
        *,
        departments: Sequence[str] = (),
        official: str = "",
    ) -> Letterhead:
        """How a letter of the case begins; empty ``official``: the policy signs."""
        of_turn = sum((each.case_id, each.kind) == (case.case_id, kind) for each in turn.notices)
        return Letterhead(
            policy=self.policy,
            rule=self.policy.rule_for(case.place.rule_id),
            parties=self._parties(case),
            departments=self._names(departments),
            signed_by=official or self.policy.actor,
            signatory=self.departments.name(official) if official else NO_TEXT,
            earlier=book.notices(case.case_id, kind) + of_turn,
            day=turn.today,
            at_ms=turn.now_ms,
        )

    def warn(self, turn: CaseTurn, book: Book, case: Case, rule: EscalationRule, decision: Decision) -> Case:
        """Send the warning that a decision calls for, and take what follows it at once."""
        if not decision.warn:
            return case
        least, since = rule.trigger.least_severity, case.counted_from
        term = ladder.answer_term(rule.ladder, self.days, turn.today)
        turn.notices.append(
            write_warning(
                case,
                decision,
                self.policy,
                rule,
                parties=self._parties(case),
                citations=book.citations(case.place, least, since),
                standards=book.standards(case.place, least, since),
                earlier=book.notices(case.case_id, NoticeKind.WARNING),
                day=turn.today,
                at_ms=turn.now_ms,
                deadline=term.deadline,
                departments=self._names(leading(case)),
            )
        )
        reason = Text(decision.reason.zh + rule.reason.zh, f"{decision.reason.en} {rule.reason.en}")
        case = self.take(turn, case, Trigger.WARNING_SENT, reason, workers=decision.workers, term=term)
        if decision.window is not None:
            case = replace(case, warned_from=decision.window.first, warned_to=decision.window.last)
        warned_on = [*map(local_day, book.warned_ms(case.case_id)), turn.today]
        following = ladder.after_warning(rule.ladder, decision.window, warned_on)
        return case if following is None else self.move(turn, case, following)

    def withdraw(self, turn: CaseTurn, book: Book, case: Case, gravest: Severity) -> Case:
        """Withdraw a case of which nothing stands any more; a talk that was to be held is cancelled."""
        self.cancel_talk(turn, book, case, _WITHDRAWN)
        return self.take(turn, case, Trigger.ALL_WITHDRAWN, _WITHDRAWN, gravest=gravest)

    def cancel_talk(self, turn: CaseTurn, book: Book, case: Case, reason: Text, official: str = "") -> None:
        """Cancel the talk that is scheduled, if one is, with a letter."""
        talk = book.scheduled_talk(case.case_id)
        if talk is None:
            return
        talk = replace(talk, state=TalkState.CANCELLED, sequence=talk.sequence + 1)
        book.save_talk(talk)
        head = self.head(
            turn,
            book,
            case,
            NoticeKind.SUMMONS_CANCELLED,
            departments=talk.department_ids,
            official=official,
        )
        turn.notices.append(letters.write_summons_cancelled(case, talk, head, reason=reason))

    def see_to_deadline(self, turn: CaseTurn, case: Case) -> Case:
        """Take what follows a deadline that is over; the same case if none is, or if people are to act."""
        rule = self.policy.rule_for(case.place.rule_id)
        due = None if rule is None else ladder.at_deadline(case, rule.ladder, turn.today)
        if due is None:
            return case
        case = self.move(turn, case, due)
        if case.state is CaseState.RECHECKING and case.deadline is not None:
            after_ms = self.policy.judging.moment_ms(case.deadline, turn.now_ms)
            return replace(case, judge_after_ms=after_ms)
        return replace(case, judge_after_ms=None)

    def watch_answered(
        self, turn: CaseTurn, book: Book, case: Case, rule: EscalationRule, until: date
    ) -> Case:
        """Propose a summons if the rate is above the standard again, in days after the answer."""
        if not isinstance(rule.trigger, Rate) or case.watched_from is None:
            return case
        standing = book.standing(case.place, rule.trigger.least_severity, case.watched_from)
        active = book.active(case.place.platform_id, case.place.area_code, case.watched_from)
        counts = count_windows(standing, active, rule.trigger)
        again = ladder.above_again(case, rule.trigger, counts, until)
        return case if again is None else self.move(turn, case, again)

    def recheck(self, turn: CaseTurn, book: Book, case: Case, rule: EscalationRule) -> Case:
        """Recheck from the data, with its letter, and take what follows it."""
        recheck = self._compare(turn, book, case, rule)
        book.add_recheck(recheck)
        following = ladder.after_recheck(case, recheck)
        head = self.head(turn, book, case, NoticeKind.RECHECK, departments=leading(case))
        turn.notices.append(letters.write_recheck(case, recheck, head, follows=_FOLLOWS[following.trigger]))
        case = self.move(turn, case, following)
        if recheck.outcome is Outcome.IMPROVED:
            self.write_end(
                turn, book, case, recheck.reason, workers=following.workers, departments=leading(case)
            )
        elif case.state is CaseState.ESCALATED:
            self.write_escalation(turn, book, case, recheck.reason, workers=following.workers)
        return case

    def write_end(
        self,
        turn: CaseTurn,
        book: Book,
        case: Case,
        reason: Text,
        *,
        workers: int = 0,
        departments: Sequence[str] = (),
        official: str = "",
    ) -> None:
        """The letter of a closure."""
        head = self.head(turn, book, case, NoticeKind.CLOSURE, departments=departments, official=official)
        turn.notices.append(letters.write_closure(case, head, reason=reason, workers=workers))

    def write_escalation(
        self, turn: CaseTurn, book: Book, case: Case, reason: Text, *, workers: int = 0, official: str = ""
    ) -> None:
        """The letter of a case that went to several departments, in the name of all of them."""
        head = self.head(
            turn, book, case, NoticeKind.ESCALATION, departments=case.department_ids, official=official
        )
        turn.notices.append(letters.write_escalation(case, head, reason=reason, workers=workers))

    def _compare(self, turn: CaseTurn, book: Book, case: Case, rule: EscalationRule) -> Recheck:
        before, after = ladder.recheck_windows(case, rule.trigger)
        if isinstance(rule.trigger, Rate) and case.warned_from is not None:
            return compare(
                _observed(book, case, rule.trigger, before),
                _observed(book, case, rule.trigger, after),
                confidence=rule.ladder.recheck_confidence,
                standard=rule.trigger,
                case_id=case.case_id,
                openings=case.openings,
                at_ms=turn.now_ms,
            )
        duty = bool(case.place.party_id)
        standing = book.standing(case.place, rule.trigger.least_severity, case.counted_from)
        return compare_standards(
            Observed(*before, 0, _most_active(book, case, before)),
            Observed(*after, 0, _most_active(book, case, after)),
            standing=sum(duty or after[0] <= each.day <= after[1] for each in standing),
            needs_activity=not duty,
            case_id=case.case_id,
            openings=case.openings,
            at_ms=turn.now_ms,
        )

    def _names(self, department_ids: Sequence[str]) -> tuple[Text, ...]:
        return tuple(map(self.departments.name, department_ids))

    def _parties(self, case: Case) -> Parties:
        return Parties(self.names.platform(case.place.platform_id), self.names.area(case.place.area_code))


def leading(case: Case) -> Sequence[str]:
    """In whose name the policy writes: the department that leads; its issuer if there is none."""
    return case.department_ids[:1]


def _observed(book: Book, case: Case, rate: Rate, window: tuple[date, date]) -> Observed:
    first, last = window
    as_long = replace(rate, window_days=(last - first).days + 1)
    standing = book.standing(case.place, rate.least_severity, max(first, case.counted_from))
    active = book.active(case.place.platform_id, case.place.area_code, first)
    count = count_window(standing, active, as_long, last)
    return Observed(first, last, count.workers, count.active)


def _most_active(book: Book, case: Case, window: tuple[date, date]) -> int:
    first, last = window
    active = book.active(case.place.platform_id, case.place.area_code, first)
    return max((count for day, count in active.items() if day <= last), default=0)
