"""Summons for talks (约谈): proposed, decided on, sent, moved, cancelled, recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from kit.errors import FailedPreconditionError, InvalidArgumentError
from services.notify.casework.acts import Act, Casework
from services.notify.casework.fields import MAX_TEXT, reason_of, spoken
from services.notify.casework.refusals import require_lawful
from services.notify.core import ladder, letters
from services.notify.core.cases import Case
from services.notify.core.findings import local_day
from services.notify.core.identifiers import stable_id
from services.notify.core.ladder import Term
from services.notify.core.letters import Notice, NoticeKind
from services.notify.core.letters.form import day_zh
from services.notify.core.talks import Commitment, Talk, TalkState
from services.notify.core.text import Text
from services.notify.core.transitions import Actor, Trigger

MAX_TALK_MS = 12 * 3_600_000
"""A talk is over within a day's work."""

MAX_PLACE = 200
MAX_MINUTES = 20_000
"""Ten pages."""

MAX_COMMITMENTS = 50
MAX_JOINT = 10
"""二.15 names eight units."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """When and where a talk is to be held."""

    start_ms: int
    end_ms: int
    place: str
    """Empty of a talk that is moved: where it was."""
    attendees: str = ""
    joint_department_ids: tuple[str, ...] = ()


class Summonses:
    """The acts of ``CaseworkService`` about talks."""

    def __init__(self, casework: Casework) -> None:
        self._casework = casework
        self._climbing = casework.climbing

    def propose(self, act: Act, case_id: str, reason: str) -> Case:
        """Propose a summons."""
        case = self._casework.case(act, case_id)
        require_lawful(case, Trigger.SUMMONS_PROPOSED, Actor.DEPARTMENT)
        return self._take(act, case, Trigger.SUMMONS_PROPOSED, reason_of("reason", reason))

    def approve(self, act: Act, case_id: str, reason: str) -> Case:
        """Approve a summons, as a named official."""
        case = self._casework.case(act, case_id, standing_in=True)
        require_lawful(case, Trigger.SUMMONS_APPROVED, Actor.APPROVER)
        self._casework.require_approver(act, case)
        return self._take(act, case, Trigger.SUMMONS_APPROVED, reason_of("reason", reason))

    def decline(self, act: Act, case_id: str, reason: str) -> Case:
        """Decline a summons: the platform gets another chance to answer the warning."""
        case = self._casework.case(act, case_id, standing_in=True)
        require_lawful(case, Trigger.SUMMONS_DECLINED, Actor.APPROVER)
        self._casework.require_approver(act, case)
        rule = self._casework.rule(case)
        term = ladder.answer_term(rule.ladder, self._climbing.days, act.turn.today)
        return self._take(act, case, Trigger.SUMMONS_DECLINED, reason_of("reason", reason), term)

    def send(self, act: Act, case_id: str, invitation: Invitation) -> tuple[Talk, Notice]:
        """Set day and place, and send the summons."""
        case = self._casework.case(act, case_id)
        require_lawful(case, Trigger.SUMMONS_SENT, Actor.DEPARTMENT)
        self._check_time(act, case, invitation)
        approval = act.book.latest_step(case.case_id, Trigger.SUMMONS_APPROVED)
        if approval is None:
            raise AssertionError(f"{case.case_id}: approved by nobody")
        talk = Talk(
            talk_id=stable_id("talk", case.case_id, len(act.book.talks(case.case_id))),
            case_id=case.case_id,
            state=TalkState.SCHEDULED,
            start_ms=invitation.start_ms,
            end_ms=invitation.end_ms,
            place=spoken("place", invitation.place, most=MAX_PLACE),
            department_ids=self._summoning(act, invitation.joint_department_ids),
            attendees=spoken("attendees", invitation.attendees, required=False, most=MAX_PLACE),
            approved_by=approval.actor,
        )
        act.book.save_talk(talk)
        notice = self._summon(act, case, talk)
        day = local_day(talk.start_ms)
        said = Text(f"约谈定于{day_zh(day)}进行。", f"The talk is set for {day}.")
        self._take(act, case, Trigger.SUMMONS_SENT, said, Term(day))
        return talk, notice

    def move(self, act: Act, case_id: str, invitation: Invitation, reason: str) -> Talk:
        """Move a talk; its invitation keeps its UID."""
        case = self._casework.case(act, case_id)
        require_lawful(case, Trigger.TALK_MOVED, Actor.DEPARTMENT)
        self._check_time(act, case, invitation)
        talk = self._scheduled(act, case)
        talk = replace(
            talk,
            start_ms=invitation.start_ms,
            end_ms=invitation.end_ms,
            place=spoken("place", invitation.place, required=False, most=MAX_PLACE) or talk.place,
            sequence=talk.sequence + 1,
        )
        act.book.save_talk(talk)
        self._summon(act, case, talk)
        self._take(act, case, Trigger.TALK_MOVED, reason_of("reason", reason), Term(local_day(talk.start_ms)))
        return talk

    def cancel(self, act: Act, case_id: str, reason: str) -> Talk:
        """Cancel a talk; another one may be set, as the approval stands."""
        case = self._casework.case(act, case_id)
        require_lawful(case, Trigger.SUMMONS_CANCELLED, Actor.DEPARTMENT)
        why, talk = reason_of("reason", reason), self._scheduled(act, case)
        self._climbing.cancel_talk(act.turn, act.book, case, why, talk.approved_by)
        self._take(act, case, Trigger.SUMMONS_CANCELLED, why)
        return replace(talk, state=TalkState.CANCELLED, sequence=talk.sequence + 1)

    def record(
        self, act: Act, case_id: str, *, appeared: bool, minutes: str, commitments: Sequence[Commitment]
    ) -> Talk:
        """Record a talk: its minutes and what was promised; or that nobody appeared, and what follows it."""
        case = self._casework.case(act, case_id)
        trigger = Trigger.TALK_HELD if appeared else Trigger.FAILED_TO_APPEAR
        require_lawful(case, trigger, Actor.DEPARTMENT)
        talk = self._scheduled(act, case)
        if act.turn.now_ms < talk.start_ms:
            raise FailedPreconditionError(
                "case_id: the talk has not begun yet; record it afterwards, or move it",
                zh="case_id：约谈尚未开始；请在约谈后记录，或者改期",
                field="case_id",
                reason="TALK_NOT_YET",
            )
        talk = replace(
            talk,
            state=TalkState.HELD if appeared else TalkState.FAILED_TO_APPEAR,
            minutes=spoken("minutes", minutes, required=appeared, most=MAX_MINUTES),
            commitments=_checked(commitments),
        )
        act.book.save_talk(talk)
        if appeared:
            said = Text(
                f"约谈已进行，企业作出 {len(talk.commitments)} 项承诺。",
                f"The talk was held; the platform made {len(talk.commitments)} commitment(s).",
            )
            self._take(act, case, trigger, said)
            return talk
        case = self._take(
            act, case, trigger, Text("约谈时间已过，企业无人到场。", "Nobody of the platform appeared.")
        )
        following = ladder.after_absence(case, self._casework.rule(case).ladder)
        case = self._climbing.move(act.turn, case, following)
        act.book.save_case(case)
        if following.trigger is Trigger.ESCALATED:
            self._climbing.write_escalation(act.turn, act.book, case, following.reason)
        return talk

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

    def _summon(self, act: Act, case: Case, talk: Talk) -> Notice:
        proposal = act.book.latest_step(case.case_id, Trigger.SUMMONS_PROPOSED)
        head = self._climbing.head(
            act.turn,
            act.book,
            case,
            NoticeKind.SUMMONS,
            departments=talk.department_ids,
            official=talk.approved_by,
        )
        notice = letters.write_summons(
            case,
            talk,
            head,
            reason=proposal.reason if proposal else case.title,
            workers=proposal.workers if proposal else 0,
        )
        act.turn.notices.append(notice)
        return notice

    @staticmethod
    def _scheduled(act: Act, case: Case) -> Talk:
        talk = act.book.scheduled_talk(case.case_id)
        if talk is None:
            raise AssertionError(f"{case.case_id}: {case.state.name} without a talk")
        return talk

    def _summoning(self, act: Act, joint: Sequence[str]) -> tuple[str, ...]:
        if len(joint) > MAX_JOINT:
            raise InvalidArgumentError(
                f"joint_department_ids: {len(joint)} departments; {MAX_JOINT} at most",
                zh=f"joint_department_ids：共 {len(joint)} 个部门；最多 {MAX_JOINT} 个",
                field="joint_department_ids",
            )
        for department_id in joint:
            if not self._casework.officials.is_department(department_id):
                raise InvalidArgumentError(
                    f"joint_department_ids: no department {department_id[:40]!r} is registered; ListParties "
                    "tells which are",
                    zh=f"joint_department_ids：未登记部门 {department_id[:40]!r}；可用 ListParties 查询",
                    field="joint_department_ids",
                    reason="DEPARTMENT_UNKNOWN",
                )
        return tuple(dict.fromkeys([act.department_id, *joint]))

    def _check_time(self, act: Act, case: Case, invitation: Invitation) -> None:
        if not invitation.start_ms:
            raise InvalidArgumentError(
                "start_time: missing; say when the talk begins",
                zh="start_time：缺失；请填写约谈开始时间",
                field="start_time",
                reason="TALK_TIME_INVALID",
            )
        if not 0 < invitation.end_ms - invitation.start_ms <= MAX_TALK_MS:
            raise InvalidArgumentError(
                "end_time: a talk ends after it begins, within 12 hours",
                zh="end_time：约谈结束时间应晚于开始时间，且不超过 12 小时",
                field="end_time",
                reason="TALK_TIME_INVALID",
            )
        rule = self._casework.rule(case)
        earliest = ladder.earliest_talk(rule.ladder, self._climbing.days, act.turn.today)
        # Far days would leave the calendar, or are typing errors: a year is longer than any notice.
        latest = act.turn.today + timedelta(days=366)
        if not earliest <= local_day(min(invitation.start_ms, _MOST_MS)) <= latest:
            notice = rule.ladder.summons_notice_working_days
            raise InvalidArgumentError(
                f"start_time: a talk is held {notice} working day(s) after its summons at least, and "
                f"within a year: from {earliest} to {latest}",
                zh=f"start_time：约谈应至少提前 {notice} 个工作日通知，且在一年之内："
                f"{day_zh(earliest)}至{day_zh(latest)}",
                field="start_time",
                reason="TALK_TOO_SOON",
            )


_MOST_MS = 4_000_000_000_000
"""Of the year 2096: no talk is set for later."""


def _checked(commitments: Sequence[Commitment]) -> tuple[Commitment, ...]:
    if len(commitments) > MAX_COMMITMENTS:
        raise InvalidArgumentError(
            f"commitments: {len(commitments)}; {MAX_COMMITMENTS} at most",
            zh=f"commitments：共 {len(commitments)} 项；最多 {MAX_COMMITMENTS} 项",
            field="commitments",
        )
    return tuple(
        replace(each, text=spoken("commitments.text", each.text, most=MAX_TEXT)) for each in commitments
    )
