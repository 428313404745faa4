"""A named official commends a platform of the list of good conduct (联合激励, 表扬通报)."""

from __future__ import annotations

from dataclasses import dataclass

from kit.errors import AlreadyExistsError, FailedPreconditionError, InvalidArgumentError
from services.notify.audiences import audience_of
from services.notify.casework.acts import Act
from services.notify.casework.fields import spoken
from services.notify.core.alerts import Alert, AlertKind
from services.notify.core.findings import Severity
from services.notify.core.identifiers import stable_id
from services.notify.core.letters import Letterhead, Notice, Parties, write_commendation
from services.notify.core.text import Text
from services.notify.ladder.climbing import Climbing
from services.notify.period_reports.reporting import PeriodReporting

MOST_REASON = 1_000
"""Characters: what was done well fits on a page."""


@dataclass(frozen=True, slots=True)
class Commending:
    """Whom an official commends for what."""

    period: str
    platform_id: str
    area_code: str
    reason: str


class Commendations:
    """The use case of ``CommendPlatform``. Holds no state."""

    def __init__(self, reporting: PeriodReporting, climbing: Climbing) -> None:
        self._reporting = reporting
        self._climbing = climbing

    def commend(self, act: Act, asked: Commending) -> Notice:
        """Send the letter, once for a platform, area and period.

        Raises:
            InvalidArgumentError: AREA_MISSING; of a reason as every act does; as ``good_conduct`` does.
            FailedPreconditionError: NOT_GOOD_CONDUCT, if the platform is not on the list.
            AlreadyExistsError: ALREADY_COMMENDED.
        """
        notice = self._letter(act, asked)
        if act.book.notice(notice.notice_id) is not None:
            raise AlreadyExistsError(
                f"platform_id: {asked.platform_id!r} has been commended for {asked.period} in "
                f"{asked.area_code}",
                zh=f"platform_id：{asked.platform_id} 已在 {asked.area_code} 就 {asked.period} 获表扬",
                field="platform_id",
                reason="ALREADY_COMMENDED",
            )
        act.turn.notices.append(notice)
        act.turn.alerts.append(_alert_of(notice))
        return notice

    def _letter(self, act: Act, asked: Commending) -> Notice:
        reason = spoken("reason", asked.reason, most=MOST_REASON)
        if not asked.area_code:
            raise InvalidArgumentError(
                "area_code: missing; name the area the platform is commended for",
                zh="area_code：缺失；请填写表扬所针对的地区",
                field="area_code",
                reason="AREA_MISSING",
            )
        audience = audience_of(act.caller, area_code=asked.area_code)
        period = self._reporting.period(asked.period, audience)
        listed = {
            each.platform_id: each.reason
            for each in self._reporting.good_conduct(asked.period, audience, asked.area_code)
        }
        if asked.platform_id not in listed:
            raise FailedPreconditionError(
                f"platform_id: {asked.platform_id[:80]!r} is not on the list of good conduct of "
                f"{asked.period} in {asked.area_code}; ListGoodConduct has those that are",
                zh=f"platform_id：{asked.platform_id[:80]!r} 不在 {asked.area_code} {asked.period} 的守法诚信"
                "名单中；名单见 ListGoodConduct",
                field="platform_id",
                reason="NOT_GOOD_CONDUCT",
            )
        merit, names, departments = (
            listed[asked.platform_id],
            self._climbing.names,
            self._climbing.departments,
        )
        head = Letterhead(
            policy=self._climbing.policy,
            rule=None,
            parties=Parties(names.platform(asked.platform_id), names.area(asked.area_code)),
            departments=(departments.name(act.department_id),),
            signed_by=act.caller.party_id,
            signatory=departments.name(act.caller.party_id),
            earlier=0,
            day=act.turn.today,
            at_ms=act.turn.now_ms,
        )
        said = Text(f"{reason}\n{merit.zh}", f"{reason}\n{merit.en}")
        return write_commendation(asked.platform_id, asked.area_code, period.title, head, reason=said)


def _alert_of(notice: Notice) -> Alert:
    return Alert(
        alert_id=stable_id("alert", AlertKind.COMMENDED.name, notice.notice_id),
        kind=AlertKind.COMMENDED,
        severity=Severity.PROMPT,
        place=notice.place,
        title=Text(f"表扬通报：{notice.title.zh}", f"Commended: {notice.title.en}"),
        event_time_ms=notice.create_time_ms,
        create_time_ms=notice.create_time_ms,
    )
