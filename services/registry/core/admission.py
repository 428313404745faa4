"""Whether a platform may send live events, and what that rests on.

    registered where a report is asked for ──▶ SANDBOX ──report or override──▶ ADMITTED
    registered where none is               ──────────────────────────────────▶ ADMITTED (not required)
    registered before reports were asked for ────────────────────────────────▶ ADMITTED (grandfathered):
                                                                               nothing is on record of it

Nobody falls back into the sandbox: what a platform does wrong later is the business of findings and cases.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from services.registry.core.areas import overlap
from services.registry.core.field_error import FieldError
from services.registry.core.parties import Party, Role
from services.registry.core.sight import Viewer

LEAST_REASON, LONGEST_REASON = 4, 500
"""Characters: "test" is a reason a reader can judge, an empty one is not; 500 as in notes of amendments."""

OLDEST_REPORT_MS = 90 * 24 * 3_600_000
"""90 days between the kit and the report's handing in: a quarter, within which platforms release anew."""

MOST_AHEAD_MS = 300_000
"""5 minutes: as far as a platform's clock may be ahead at intake."""


class State(IntEnum):
    """The values equal ``quzhong.api.registry.v1.AdmissionState``."""

    SANDBOX = 1
    ADMITTED = 2


class Basis(IntEnum):
    """The values equal ``quzhong.api.registry.v1.AdmissionBasis``."""

    REGISTERED = 1
    CONFORMANCE_REPORT = 2
    OVERRIDE = 3
    GRANDFATHERED = 4
    NOT_REQUIRED = 5


@dataclass(frozen=True, slots=True)
class Admission:
    """How a platform stands, from a moment on."""

    platform_id: str
    state: State
    basis: Basis
    create_ms: int
    """Epoch milliseconds."""
    actor_id: str
    """Who registered it, handed the report in, or decided; empty of what nobody did."""
    version: int = 1
    """From 1."""
    reason: str = ""
    """Of an override."""
    kit_version: str = ""
    contract_version: str = ""
    report_sha256: str = ""
    report_key_id: str = ""
    report: bytes = b""
    """As it was handed in."""


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """A report whose signature was verified, as far as admission asks of it."""

    platform_id: str
    by_reference_driver: bool
    end_ms: int
    """When the kit judged, epoch milliseconds."""
    failed: tuple[str, ...]
    """Ids of scenarios that failed, or are missing."""
    kit_version: str
    contract_version: str
    sha256: str
    key_id: str
    content: bytes


def first_admission(platform_id: str, required: bool, actor_id: str, now_ms: int) -> Admission:
    """How a platform stands once it is registered."""
    if required:
        return Admission(platform_id, State.SANDBOX, Basis.REGISTERED, now_ms, actor_id)
    return Admission(platform_id, State.ADMITTED, Basis.NOT_REQUIRED, now_ms, actor_id)


def grandfathered(platform: Party) -> Admission:
    """How a platform stands of which nothing is on record: it was registered before reports were asked for,
    or by a process of the release before, and goes on."""
    return Admission(platform.party_id, State.ADMITTED, Basis.GRANDFATHERED, platform.create_ms, "")


def check_reason(reason: str) -> str:
    """The reason without outer blanks.

    Raises:
        FieldError: REASON_LENGTH.
    """
    reason = reason.strip()
    if not LEAST_REASON <= len(reason) <= LONGEST_REASON:
        raise FieldError(
            "reason",
            "REASON_LENGTH",
            f"{len(reason)} characters; say in {LEAST_REASON}–{LONGEST_REASON} why it is admitted without "
            "a passing report",
            f"{len(reason)} 个字符；请以 {LEAST_REASON}–{LONGEST_REASON} 个字符说明为何免检准入",
        )
    return reason


def may_override(viewer: Viewer, platform: Party) -> bool:
    """Whether the viewer decides for the platform: the administrator, and officials of its areas."""
    if viewer.role == Role.ADMINISTRATOR:
        return True
    return viewer.role == Role.OFFICIAL and any(
        overlap(own, code) for own in viewer.area_codes for code in platform.area_codes
    )


def check_report(report: CheckedReport, platform_id: str, now_ms: int) -> None:
    """Whether a report whose signature holds admits the platform now.

    Raises:
        FieldError: REPORT_OF_ANOTHER, REPORT_OF_REFERENCE_DRIVER, REPORT_NOT_PASSING, REPORT_TOO_OLD,
            REPORT_IN_FUTURE.
    """
    if report.platform_id != platform_id:
        raise FieldError(
            "report",
            "REPORT_OF_ANOTHER",
            f"it is of {report.platform_id[:40]!r}; run the kit with --platform {platform_id}",
            f"报告属于平台 {report.platform_id[:40]!r}；请以 --platform {platform_id} 重新检测",
        )
    if report.by_reference_driver:
        raise FieldError(
            "report",
            "REPORT_OF_REFERENCE_DRIVER",
            "it was made by the kit's own driver; run the kit without --driver, against your integration",
            "报告由检测工具自带的驱动生成；请不带 --driver 运行，以贵方系统完成检测",
        )
    if report.failed:
        raise FieldError(
            "report",
            "REPORT_NOT_PASSING",
            f"it did not pass {', '.join(report.failed)}; mend what it names and run the kit again",
            f"未通过：{'、'.join(report.failed)}；请按报告整改后重新检测",
        )
    if report.end_ms > now_ms + MOST_AHEAD_MS:
        raise FieldError(
            "report",
            "REPORT_IN_FUTURE",
            "it was made in the future; set the kit's clock, and run it again",
            "报告时间晚于当前时间；请校准检测工具的时钟后重新检测",
        )
    if report.end_ms < now_ms - OLDEST_REPORT_MS:
        raise FieldError(
            "report",
            "REPORT_TOO_OLD",
            "it is older than 90 days; run the kit again",
            "报告已超过 90 天；请重新检测",
        )


def admitted_by_report(before: Admission, report: CheckedReport, actor_id: str, now_ms: int) -> Admission:
    """How the platform stands from now on; a later report replaces the earlier ground."""
    return Admission(
        before.platform_id,
        State.ADMITTED,
        Basis.CONFORMANCE_REPORT,
        now_ms,
        actor_id,
        before.version + 1,
        kit_version=report.kit_version,
        contract_version=report.contract_version,
        report_sha256=report.sha256,
        report_key_id=report.key_id,
        report=report.content,
    )


def admitted_by_override(before: Admission, reason: str, actor_id: str, now_ms: int) -> Admission:
    """The same by decision; who is admitted already stays so, on the ground it has."""
    if before.state is State.ADMITTED:
        return before
    return replace(
        Admission(before.platform_id, State.ADMITTED, Basis.OVERRIDE, now_ms, actor_id, before.version + 1),
        reason=reason,
    )
