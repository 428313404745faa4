"""Who is away, and who approves in the meantime."""

from __future__ import annotations

from datetime import date

from kit.errors import InvalidArgumentError, PermissionDeniedError
from kit.security.caller import Role
from services.notify.casework.acts import Act, Casework
from services.notify.casework.fields import day_of
from services.notify.core.absences import Absence

MAX_DAYS = 366
"""Whoever is away for longer is replaced, not represented."""


class StandingIn:
    """The use case of ``SetAbsence``."""

    def __init__(self, casework: Casework) -> None:
        self._officials = casework.officials

    def set(self, act: Act, official_id: str, deputy_id: str, first: str, last: str) -> Absence:
        """Note an absence: the caller's (empty ``official_id``), or that of whom an administrator names."""
        official_id = official_id or act.caller.party_id
        if act.caller.role is not Role.ADMINISTRATOR and official_id != act.caller.party_id:
            raise PermissionDeniedError(
                f"absence.official_id: {official_id[:40]!r} is not you; an administrator may name others",
                zh=f"absence.official_id：{official_id[:40]} 不是您本人；他人的外出由管理员登记",
                field="absence.official_id",
                reason="ABSENCE_NOT_YOURS",
            )
        for field, party_id in (("official_id", official_id), ("deputy_id", deputy_id)):
            if self._officials.official(party_id) is None:
                raise InvalidArgumentError(
                    f"absence.{field}: no official {party_id[:40]!r} is registered",
                    zh=f"absence.{field}：未登记负责人 {party_id[:40]!r}",
                    field=f"absence.{field}",
                    reason="OFFICIAL_UNKNOWN",
                )
        if deputy_id == official_id:
            raise InvalidArgumentError(
                "absence.deputy_id: nobody stands in for themselves; name another official",
                zh="absence.deputy_id：不能由本人代理；请填写另一位负责人",
                field="absence.deputy_id",
            )
        days = _days(first, last, act.turn.today)
        absence = Absence(official_id, deputy_id, *days)
        act.book.save_absence(absence, act.caller.party_id)
        return absence


def _days(first: str, last: str, today: date) -> tuple[date, date]:
    begins, ends = day_of("absence.first_date", first), day_of("absence.last_date", last)
    if not (begins <= ends and ends >= today and (ends - begins).days < MAX_DAYS):
        raise InvalidArgumentError(
            f"absence.last_date: {ends} is before {begins} or today, or over {MAX_DAYS} days after",
            zh=f"absence.last_date：{ends} 早于 {begins} 或者今日，或者超过 {MAX_DAYS} 天",
            field="absence.last_date",
            reason="ABSENCE_DAYS_INVALID",
        )
    return begins, ends
