"""Who may open a consultation, with whom, and on what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kit.errors import InvalidArgumentError, NotFoundError, PermissionDeniedError
from kit.security.caller import Caller, Role, covers
from kit.security.sight import foreign_area, may_see_aggregates
from services.algo_audit.core.consultation import Subject, checked_topic
from services.algo_audit.core.metrics import METRICS
from services.algo_audit.core.proposal import Proposal
from services.algo_audit.mutations import Parties, refusals, unknown_platform


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
        if opening.metric_id not in METRICS:
            raise InvalidArgumentError(
                f"metric_id: {opening.metric_id[:40]!r} is not a metric; known: {', '.join(METRICS)}",
                zh=f"metric_id：{opening.metric_id[:40]!r} 不是已知指标；可用：{'、'.join(METRICS)}",
                field="metric_id",
                reason="METRIC_UNKNOWN",
            )
        self._require_area("area_code", opening.area_code)
        if not may_see_aggregates(caller, opening.area_code):
            raise foreign_area(caller, opening.area_code)
        start_ms, end_ms = opening.start_ms, opening.end_ms
        if start_ms is not None and end_ms is not None and end_ms <= start_ms:
            raise InvalidArgumentError(
                "period_end_time: not after period_start_time; send a later end, or none",
                zh="period_end_time：不晚于 period_start_time；请填写更晚的时间或不填",
                field="period_end_time",
                reason="PERIOD_EMPTY",
            )
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
            raise NotFoundError(
                f"union_id: no union {union_id[:40]!r} works in {opening.area_code}; ListParties tells which",
                zh=f"union_id：{opening.area_code} 没有工会 {union_id[:40]!r}；可用 ListParties 查询",
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
