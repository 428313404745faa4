"""Orders to rectify (限期整改), more time for them, joint action (联合处置), and ends by a department."""

from __future__ import annotations

from datetime import date

from kit.errors import InvalidArgumentError
from services.notify.casework.acts import Act, Casework
from services.notify.casework.fields import MAX_TEXT, day_of, reason_of, spoken
from services.notify.casework.refusals import require_lawful
from services.notify.core import ladder, letters
from services.notify.core.alerts import Alert, AlertKind
from services.notify.core.cases import Case
from services.notify.core.findings import Severity
from services.notify.core.identifiers import stable_id
from services.notify.core.ladder import Term
from services.notify.core.letters import Notice, NoticeKind
from services.notify.core.letters.form import day_zh
from services.notify.core.talks import TalkState
from services.notify.core.text import Text
from services.notify.core.transitions import Actor, Trigger


class Rectifying:
    """The acts of ``CaseworkService`` about deadlines and ends."""

    def __init__(self, casework: Casework) -> None:
        self._casework = casework
        self._climbing = casework.climbing

    def order(self, act: Act, case_id: str, measures: str, deadline: str) -> Notice:
        """Order what is to be done by when; empty ``measures`` and ``deadline``: as the policy says."""
        case = self._casework.case(act, case_id)
        require_lawful(case, Trigger.ORDER_ISSUED, Actor.DEPARTMENT)
        measures = spoken("measures", measures, required=False, most=MAX_TEXT)
        rule = self._casework.rule(case)
        term = ladder.rectification_term(rule.ladder, self._climbing.days, act.turn.today)
        if deadline:
            day = day_of("deadline", deadline)
            _require_between("deadline", day, act.turn.today, term.extendable_to)
            term = Term(day, term.extendable_to)
        held = [talk for talk in act.book.talks(case.case_id) if talk.state is TalkState.HELD]
        head = self._climbing.head(
            act.turn,
            act.book,
            case,
            NoticeKind.RECTIFICATION,
            departments=self._signing(act, case),
            official=act.caller.party_id,
        )
        notice = letters.write_order(
            case,
            head,
            measures=measures,
            commitments=held[-1].commitments if held else (),
            deadline=term.deadline,
            workers=case.tally.workers,  # measures and commitments may count as many
        )
        act.turn.notices.append(notice)
        said = Text(f"责令于{day_zh(term.deadline)}前完成整改。", f"To be rectified by {term.deadline}.")
        self._take(act, case, Trigger.ORDER_ISSUED, said, term)
        return notice

    def decide_extension(self, act: Act, case_id: str, until: str, reason: str) -> Case:
        """Grant more time, or refuse it (empty ``until``)."""
        case = self._casework.case(act, case_id)
        require_lawful(case, Trigger.TIME_EXTENDED, Actor.DEPARTMENT)
        why = reason_of("reason", reason)
        if not until:
            self._refuse_time(act, case, why)
            return case
        day = day_of("until", until)
        _require_between("until", day, case.deadline or act.turn.today, case.extendable_to)
        return self._take(act, case, Trigger.TIME_EXTENDED, why, Term(day, case.extendable_to))

    def escalate(self, act: Act, case_id: str, reason: str) -> Case:
        """Take a case to several departments, with a letter in the name of all of them."""
        case = self._casework.case(act, case_id)
        require_lawful(case, Trigger.ESCALATED, Actor.DEPARTMENT)
        why = reason_of("reason", reason)
        case = self._take(act, case, Trigger.ESCALATED, why)
        self._climbing.write_escalation(
            act.turn, act.book, case, why, workers=case.tally.workers, official=act.caller.party_id
        )
        return case

    def close(self, act: Act, case_id: str, reason: str) -> Case:
        """Close what is settled otherwise, with a letter. What is found of later days opens it anew."""
        case = self._casework.case(act, case_id)
        require_lawful(case, Trigger.CLOSED, Actor.DEPARTMENT)
        why = reason_of("reason", reason)
        workers = case.tally.workers
        closed = self._climbing.take(
            act.turn,
            case,
            Trigger.CLOSED,
            why,
            actor=act.caller.party_id,
            workers=workers,
            settled_through=act.turn.today,
        )
        self._climbing.write_end(
            act.turn,
            act.book,
            closed,
            why,
            workers=workers,
            departments=self._signing(act, case),
            official=act.caller.party_id,
        )
        self._casework.settling.resettle_closed(act.book, act.turn, closed)
        return closed

    def _signing(self, act: Act, case: Case) -> tuple[str, ...]:
        """In whose name: the department that acts; of a joint case all of them, that one first."""
        to_several = (Trigger.ESCALATED, Trigger.NOT_IMPROVED)
        joint = any(act.book.latest_step(case.case_id, trigger) for trigger in to_several)
        return tuple(dict.fromkeys([act.department_id, *(case.department_ids if joint else ())]))

    def _refuse_time(self, act: Act, case: Case, why: Text) -> None:
        subject = f"case/{case.case_id}"
        act.book.enter("case.extension_refused", subject, act.caller.party_id, why.zh)
        act.turn.alerts.append(
            Alert(
                alert_id=stable_id(
                    "alert", "extension-refused", case.case_id, act.caller.party_id, act.request_id
                ),
                kind=AlertKind.CASE_CHANGED,
                severity=case.tally.severity or Severity.BREACH,
                place=case.place,
                title=Text(f"延期申请未获同意：{case.title.zh}", f"More time refused: {case.title.en}"),
                event_time_ms=act.turn.now_ms,
                create_time_ms=act.turn.now_ms,
                case_id=case.case_id,
            )
        )

    def _take(self, act: Act, case: Case, trigger: Trigger, reason: Text, term: Term | None = None) -> Case:
        case = self._climbing.take(
            act.turn,
            case,
            trigger,
            reason,
            actor=act.caller.party_id,
            workers=case.tally.workers,  # what people write may count as many
            term=term,
        )
        act.book.save_case(case)
        return case


def _require_between(field: str, day: date, after: date, until: date | None) -> None:
    """Refuse a day that is not later than one and no later than the other."""
    if until is not None and after < day <= until:
        return
    latest = until or after
    raise InvalidArgumentError(
        f"{field}: {day} is not after {after} and by {latest}, the last day that the policy allows",
        zh=f"{field}：{day_zh(day)}应晚于{day_zh(after)}，且不晚于处置规则允许的最后一日（{day_zh(latest)}）",
        field=field,
        reason="DEADLINE_OUT_OF_RANGE",
    )
