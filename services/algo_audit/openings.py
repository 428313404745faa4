"""Who may open a consultation, with whom, and on what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kit.errors import InvalidArgumentError, NotFoundError, PermissionDeniedError
from kit.security.caller import Caller, Role, covers
from kit.security.sight import foreign_area, may_see_aggregates
from services.algo_audit.core.agenda import checked_topic
from services.algo_audit.core.consultation import Subject
from services.algo_audit.core.proposal import Proposal
from services.algo_audit.mutations import Parties, refusals, unknown_platform
from services.algo_audit.scope_checks import check_metric, check_period


@dataclass(frozen=True, slots=True)
class Opening:
    """What a caller wants to consult on."""

    platform_id: str
    """Empty: the caller."""
    union_id: str
    """Empty: the caller."""
    topic: int
    metric_id: str
    area_code: str
    start_ms: int | None
    """Of the orders of the pack; None: from the first."""
    end_ms: int | None
    detail: int
    text: str


class Openings:
    """Checks what is to be consulted on against who is registered."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties

    def subject(self, caller: Caller, opening: Opening) -> Subject:
        """What is consulted on, by whom.

        Raises:
            InvalidArgumentError: TOPIC_UNKNOWN, METRIC_UNKNOWN, AREA_UNKNOWN, PERIOD_EMPTY.
            NotFoundError: PLATFORM_UNKNOWN, UNION_UNKNOWN: not registered, or not working in the area.
            PermissionDeniedError: FOREIGN_PLATFORM, FOREIGN_UNION, FOREIGN_AREA.
        """
        with refusals():
            topic = checked_topic(opening.topic)
        check_metric(opening.metric_id)
        self._require_area("area_code", opening.area_code)
        if not may_see_aggregates(caller, opening.area_code):
            raise foreign_area(caller, opening.area_code)
        check_period(opening.start_ms, opening.end_ms)
        platform_id, union_id = self._sides(caller, opening)
        return Subject(platform_id, union_id, topic, opening.metric_id, opening.area_code)

    def _sides(self, caller: Caller, opening: Opening) -> tuple[str, str]:
        platform_id = opening.platform_id or (caller.party_id if caller.role is Role.PLATFORM else "")
        union_id = opening.union_id or (caller.party_id if caller.role is Role.UNION else "")
        caller.require_platform(platform_id)
        if caller.role is Role.UNION and union_id != caller.party_id:
            raise PermissionDeniedError(
                f"union_id: {caller.party_id!r} may not act for {union_id[:40]!r}; leave it empty",
                zh=f"union_id：{caller.party_id} 无权代表 {union_id[:40]!r} 操作；请不填",
                field="union_id",
                reason="FOREIGN_UNION",
            )
        platform = self._parties.platform(platform_id)
        if platform is None or not _works_in(platform.area_codes, opening.area_code):
            raise unknown_platform(platform_id)
        unions = {party.party_id: party for party in self._parties.parties(Role.UNION)}
        if union_id not in unions or not _works_in(unions[union_id].area_codes, opening.area_code):
            there = f"no union {union_id[:40]!r} works in {opening.area_code}" if union_id else "missing"
            there_zh = (
                f"{opening.area_code} 没有工会 {union_id[:40]!r}" if union_id else "缺失，请填写对方工会"
            )
            raise NotFoundError(
                f"union_id: {there}; ListParties tells which",
                zh=f"union_id：{there_zh}；可用 ListParties 查询",
                field="union_id",
                reason="UNION_UNKNOWN",
            )
        return platform_id, union_id

    def require_areas(self, proposals: Sequence[Proposal]) -> None:
        """Raise InvalidArgumentError (AREA_UNKNOWN) unless every area is registered."""
        for position, proposal in enumerate(proposals):
            self._require_area(f"thresholds[{position}].area_code", proposal.area_code)

    def _require_area(self, field: str, area_code: str) -> None:
        if not self._parties.knows_area(area_code):
            raise InvalidArgumentError(
                f"{field}: {area_code[:16]!r} is no area registered here; ListAreas tells which are",
                zh=f"{field}：{area_code[:16]!r} 不是本系统登记的地区代码；可用 ListAreas 查询",
                field=field,
                reason="AREA_UNKNOWN",
            )


def _works_in(area_codes: Sequence[str], area_code: str) -> bool:
    return any(covers(own, area_code) or covers(area_code, own) for own in area_codes)
