"""What a reporter or receiver of reports is refused with: the field, what stands there, and the way out."""

from __future__ import annotations

from collections.abc import Sequence

from kit.errors import ConflictError, FailedPreconditionError, NotFoundError, PermissionDeniedError
from services.registry.core.field_error import FieldError
from services.registry.core.report_checks import Check
from services.registry.core.reporting import Subject

_SHOWN = 3
"""Checks that a refusal names; ValidateReport tells them all."""


def unknown_report(report_id: str) -> NotFoundError:
    """The refusal of a report that is nobody's, or that the caller does not see."""
    return NotFoundError(
        f"report_id: there is no report {report_id[:100]!r}; ListReports tells which there are",
        zh=f"report_id：没有报告 {report_id[:100]!r}；可用 ListReports 查询",
        field="report_id",
        reason="REPORT_UNKNOWN",
    )


def unknown_finding(finding_id: str) -> NotFoundError:
    """The refusal of a finding that there is not, or that the caller does not see."""
    return NotFoundError(
        f"finding_id: there is no finding about a duty {finding_id[:100]!r}; cases tell which there are",
        zh=f"finding_id：没有关于义务期限的认定 {finding_id[:100]!r}；可在案件中查询",
        field="finding_id",
        reason="FINDING_UNKNOWN",
    )


def not_a_receiver(department_id: str, unit_id: str, units: Sequence[str]) -> PermissionDeniedError:
    """The refusal of a department that is none of the receiving units, or registered as no unit at all."""
    en = f"{department_id!r} is registered as {repr(unit_id) if unit_id else 'no unit'}"
    zh = f"{department_id!r} 登记的责任单位为 {unit_id!r}" if unit_id else f"{department_id!r} 未登记责任单位"
    return PermissionDeniedError(
        f"report_id: {en}; reports are acknowledged and returned by {', '.join(units)}: if it is one of "
        "them, ask the administrator to amend its profile.unit_id",
        zh=f"report_id：{zh}；用工报告由 {'、'.join(units)} 接收或退回；如属其中之一，请联系管理员变更其 "
        "profile.unit_id",
        field="report_id",
        reason="NOT_A_RECEIVER",
    )


def version_conflict(last: int, asked: int) -> ConflictError:
    """The refusal of what was decided on another version than the last one."""
    return ConflictError(
        f"version: the report stands at version {last}, not {asked}; read it again, then decide",
        zh=f"version：该报告当前为第 {last} 版，而非第 {asked} 版；请重新读取后再处理",
        field="version",
        reason="VERSION_CONFLICT",
    )


def not_owed(subject: Subject, owed: Sequence[Subject]) -> FieldError:
    """The refusal of a report that its reporter does not owe, with those it owes."""
    known = ", ".join(f"{one.platform_id} in {one.area_code}" for one in owed[:10]) or "none"
    known_zh = "、".join(f"{one.platform_id} 报 {one.area_code}" for one in owed[:10]) or "无"
    at = "platform_id" if subject.platform_id not in {one.platform_id for one in owed} else "area_code"
    return FieldError(
        at,
        "NOT_OWED",
        f"you report nothing of {subject.platform_id[:40]!r} to {subject.area_code[:12]!r}; yours are: "
        f"{known}",
        f"您无须就 {subject.platform_id[:40]!r} 向 {subject.area_code[:12]!r} 报送；应报：{known_zh}",
    )


def has_errors(blocking: Sequence[Check]) -> FailedPreconditionError:
    """The refusal of a report that checks block, with the first of them."""
    more = len(blocking) - _SHOWN
    en = "; ".join(check.en for check in blocking[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")
    zh = "；".join(check.zh for check in blocking[:_SHOWN]) + (f"；另有 {more} 项" if more > 0 else "")
    return FailedPreconditionError(
        f"figures.{en} (ValidateReport tells all)",
        zh=f"figures：{zh}（ValidateReport 给出全部）",
        field=f"figures.{blocking[0].field}",
        reason="REPORT_HAS_ERRORS",
    )
