"""Disputes (申诉) of single findings: filed by the one they are about, decided by a department.

A finding that is set aside stands in no case any more, whatever revision of it comes: the decision is about
what happened, and a later computation of the same event does not undo it. Its case is amended with the
decision.
"""

from __future__ import annotations

from dataclasses import replace

from kit.errors import AlreadyExistsError, FailedPreconditionError, NotFoundError, PermissionDeniedError
from services.notify.casework.acts import Act, Casework
from services.notify.casework.fields import spoken
from services.notify.casework.rights import is_about
from services.notify.core import cases
from services.notify.core.alerts import Alert, AlertKind, alert_of_setting_aside
from services.notify.core.cases import Case
from services.notify.core.findings import Finding
from services.notify.core.identifiers import stable_id
from services.notify.core.replies import AppealState, FindingAppeal
from services.notify.core.text import Text


class FindingAppeals:
    """The use cases of ``AppealFinding`` and ``DecideFindingAppeal``."""

    def __init__(self, casework: Casework) -> None:
        self._casework = casework

    def file(self, act: Act, case_id: str, finding_id: str, grounds: str) -> FindingAppeal:
        """File an appeal against a finding that stands in the case."""
        case = self._casework.case(act, case_id)
        if not is_about(act.caller, case):
            raise PermissionDeniedError(
                f"case_id: {case_id[:80]!r} is about another party; only that one appeals",
                zh=f"case_id：{case_id[:80]} 不是您的案件；只有当事企业可以申诉",
                field="case_id",
                reason="CASE_NOT_YOURS",
            )
        words = spoken("grounds", grounds)
        finding = act.book.findings({finding_id}).get(finding_id)
        in_case = finding is not None and self._casework.climbing.policy.belongs_to_case(finding)
        if finding is None or not in_case or finding.place != case.place or act.book.set_aside({finding_id}):
            raise NotFoundError(
                f"finding_id: no finding {finding_id[:80]!r} stands in case {case.case_id}",
                zh=f"finding_id：案件 {case.case_id} 中没有成立的认定 {finding_id[:80]!r}",
                field="finding_id",
                reason="FINDING_NOT_IN_CASE",
            )
        earlier = act.book.appeals_of(finding_id)
        for each in earlier:
            if each.state is AppealState.FILED or each.revision == finding.revision:
                raise AlreadyExistsError(
                    f"finding_id: revision {each.revision} of {finding_id[:80]!r} is disputed by "
                    f"{each.appeal_id} already; a later revision may be disputed anew",
                    zh=f"finding_id：认定 {finding_id[:80]} 的第 {each.revision} 版已有申诉 "
                    f"{each.appeal_id}；认定更正后可以再次申诉",
                    field="finding_id",
                    reason="APPEAL_EXISTS",
                    metadata={"appeal_id": each.appeal_id},
                )
        appeal = FindingAppeal(
            appeal_id=stable_id("finding-appeal", finding_id, len(earlier)),
            case_id=case.case_id,
            finding_id=finding_id,
            revision=finding.revision,
            state=AppealState.FILED,
            grounds=words,
            actor=act.caller.party_id,
            create_time_ms=act.turn.now_ms,
        )
        act.book.save_appeal(appeal)
        act.turn.alerts.append(_filed(case, finding, appeal))
        return appeal

    def decide(self, act: Act, appeal_id: str, uphold: bool, reason: str) -> FindingAppeal:
        """Set the finding aside, which amends its case in the same transaction; or let it stand."""
        appeal = act.book.appeal(appeal_id)
        if appeal is None:
            raise _appeal_not_found(appeal_id)
        try:
            self._casework.case(act, appeal.case_id)
        except NotFoundError:
            raise _appeal_not_found(appeal_id) from None
        words = spoken("reason", reason)
        if appeal.state is not AppealState.FILED:
            raise FailedPreconditionError(
                f"appeal_id: {appeal_id} was decided by {appeal.decided_by}; a decision stands",
                zh=f"appeal_id：{appeal_id} 已由 {appeal.decided_by} 作出决定，不再变更",
                field="appeal_id",
                reason="APPEAL_DECIDED",
            )
        decided = replace(
            appeal,
            state=AppealState.UPHELD if uphold else AppealState.REJECTED,
            decision=words,
            decided_by=act.caller.party_id,
            decide_time_ms=act.turn.now_ms,
        )
        act.book.save_appeal(decided)
        if uphold:
            self._set_aside(act, decided)
        return decided

    def _set_aside(self, act: Act, appeal: FindingAppeal) -> None:
        finding = act.book.findings({appeal.finding_id})[appeal.finding_id]
        act.book.put_aside(finding, appeal.appeal_id)
        judging = self._casework.climbing.policy.judging
        if judging.is_over(finding.day, act.turn.now_ms):
            after_ms = judging.moment_ms(finding.day, act.turn.now_ms)
            act.book.postpone_judging(finding.place.platform_id, after_ms)
        if finding.stands:
            case_id = cases.case_id(finding.place)
            act.turn.alerts.append(alert_of_setting_aside(finding, case_id, at_ms=act.turn.now_ms))
        self._casework.settling.settle(act.book, act.turn, finding.place, finding.day)


def _filed(case: Case, finding: Finding, appeal: FindingAppeal) -> Alert:
    return Alert(
        alert_id=stable_id("alert", "appeal", appeal.appeal_id),
        kind=AlertKind.CASE_CHANGED,
        severity=finding.severity,
        place=case.place,
        title=Text(f"企业对认定提出申诉：{case.title.zh}", f"A finding is disputed: {case.title.en}"),
        event_time_ms=finding.event_time_ms,
        create_time_ms=appeal.create_time_ms,
        case_id=case.case_id,
        finding_id=appeal.finding_id,
        about_worker=True,  # an appeal is between the parties, whoever the finding is about
    )


def _appeal_not_found(appeal_id: str) -> NotFoundError:
    return NotFoundError(
        f"appeal_id: no appeal {appeal_id[:80]!r} that you may see",
        zh=f"appeal_id：没有您可以查看的申诉 {appeal_id[:80]!r}",
        field="appeal_id",
        reason="APPEAL_NOT_FOUND",
    )
