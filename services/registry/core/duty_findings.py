"""Findings about duties: reports due and overdue, licences that end. What is to be said, and what has been.

============================  =============  ===========================================  ====================
rule                          severity       stands from                                  falls when
============================  =============  ===========================================  ====================
registry.report-due           PROMPT         each declared number of working days before  the report is
                                             the due date                                 delivered
registry.report-overdue       BREACH         the day after the due date                   the report is
                                                                                          delivered
registry.licence-expiring     PROMPT         the declared days before a licence ends      it is renewed, or
                                                                                          has ended
registry.licence-expired      BREACH         the day after it ended                       it is renewed
============================  =============  ===========================================  ====================

A finding is a function of what is registered, of the reports and of the day, so whoever computes it again
gets the same; only a difference to what was said before is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from kit.working_days import WorkingDays
from services.registry.core.areas import significant
from services.registry.core.parties import Party, Role
from services.registry.core.profiles import LICENCE_NAMES
from services.registry.core.quarters import Quarter
from services.registry.core.reporting import (
    Reporting,
    Subject,
    due_days,
    quarters_owed,
    start_ms,
    subjects_of,
)

REPORT_DUE = "registry.report-due"
REPORT_OVERDUE = "registry.report-overdue"
LICENCE_EXPIRING = "registry.licence-expiring"
LICENCE_EXPIRED = "registry.licence-expired"

_DAY = timedelta(days=1)


class Severity(IntEnum):
    """The values equal ``quzhong.api.events.v1.Severity``."""

    PROMPT = 1
    BREACH = 3


@dataclass(frozen=True, slots=True)
class DutyFinding:
    """One finding, as it stands or stood."""

    finding_id: str
    rule_id: str
    severity: Severity
    party_id: str
    """Whose duty it is."""
    platform_id: str
    """The platform that answers for it."""
    area_code: str
    event_ms: int
    """From when on it holds, epoch milliseconds."""
    due: date
    """The last day of the duty, or of the licence."""
    subject_id: str
    """The report's id, or the licence's number."""
    title_zh: str
    title_en: str
    revision: int = 1
    stands: bool = True
    changes: tuple[str, ...] = ()

    @property
    def ground(self) -> tuple[object, ...]:
        """What a further revision is made for; a party's new name is none."""
        return (self.stands, self.severity, self.platform_id, self.area_code, self.event_ms, self.due)


def wanted(
    party: Party,
    day: date,
    delivered: Collection[tuple[Subject, Quarter]],
    days: WorkingDays,
    reporting: Reporting,
) -> list[DutyFinding]:
    """What there is to say of a party's duties on a day."""
    found = [*_licences(party, day, reporting)]
    subjects = subjects_of(party, reporting)
    for quarter in quarters_owed(party, day, reporting):
        due, reminders = due_days(quarter, days, reporting)
        for subject in subjects:
            if (subject, quarter) not in delivered:
                found += _report(party, subject, quarter, due, reminders, day)
    return found


def _report(
    party: Party,
    subject: Subject,
    quarter: Quarter,
    due: date,
    reminders: Sequence[tuple[int, date]],
    day: date,
) -> Iterator[DutyFinding]:
    report_id = subject.report_id(quarter)

    def finding(rule_id: str, suffix: str, severity: Severity, since: date, zh: str, en: str) -> DutyFinding:
        return DutyFinding(
            f"{rule_id}/{report_id}{suffix}",
            rule_id,
            severity,
            party.party_id,
            subject.platform_id,
            subject.area_code,
            start_ms(since),
            due,
            report_id,
            f"{party.name_zh}：{quarter.title_zh}用工报告{zh}",
            f"{party.name_en}: employment report {quarter} {en}",
        )

    for before, since in reminders:
        if since <= day:
            yield finding(
                REPORT_DUE,
                f"/{before}",
                Severity.PROMPT,
                since,
                f"应于 {due.isoformat()} 前报送，还有 {before} 个工作日",
                f"is due on {due.isoformat()}, in {before} working days",
            )
    if due < day:
        yield finding(
            REPORT_OVERDUE,
            "",
            Severity.BREACH,
            due + _DAY,
            f"逾期未报送，期限为 {due.isoformat()}",
            f"is overdue since {due.isoformat()}",
        )


def _licences(party: Party, day: date, reporting: Reporting) -> Iterator[DutyFinding]:
    platforms = (party.party_id,) if party.role is Role.PLATFORM else party.platform_ids
    if party.role not in (Role.PLATFORM, Role.PARTNER_FIRM) or not party.area_codes:
        return
    first = party.area_codes[0]
    area_code = first[:4] + "00" if len(significant(first)) >= 4 else first
    for licence in party.profile.licences:
        if licence.expiry is None or day < licence.expiry - timedelta(days=reporting.licence_warn_days):
            continue
        over = licence.expiry < day
        zh, en = LICENCE_NAMES[licence.kind]
        ends = licence.expiry.isoformat()
        since = (
            licence.expiry + _DAY if over else licence.expiry - timedelta(days=reporting.licence_warn_days)
        )
        rule_id = LICENCE_EXPIRED if over else LICENCE_EXPIRING
        for platform_id in platforms:
            yield DutyFinding(
                f"{rule_id}/{party.party_id}/{platform_id}/{licence.kind.value}/{licence.number}/{ends}",
                rule_id,
                Severity.BREACH if over else Severity.PROMPT,
                party.party_id,
                platform_id,
                area_code,
                start_ms(since),
                licence.expiry,
                licence.number,
                f"{party.name_zh}：{zh} {licence.number} {'已' if over else '将'}于 {ends} 到期",
                f"{party.name_en}: {en} {licence.number} {'ended' if over else 'ends'} on {ends}",
            )


def revisions(held: Mapping[str, DutyFinding], now: Iterable[DutyFinding], reason: str) -> list[DutyFinding]:
    """What has to be said, after what was said, for ``now`` to stand.

    Args:
        held: everything ever said of the party, as of its last revision.
        reason: why what is no longer wanted falls, for the last line of its changes.
    """
    said = []
    standing = set()
    for finding in now:
        standing.add(finding.finding_id)
        before = held.get(finding.finding_id)
        if before is None:
            said.append(finding)
        elif before.ground != finding.ground:
            changes = [] if before.stands else ["state: WITHDRAWN → STANDS"]
            if before.due != finding.due:
                changes.append(f"due_date: {before.due.isoformat()} → {finding.due.isoformat()}")
            if before.event_ms != finding.event_ms:
                changes.append(f"event_time: {before.event_ms} → {finding.event_ms}")
            said.append(replace(finding, revision=before.revision + 1, changes=tuple(changes)))
    for before in held.values():
        if before.stands and before.finding_id not in standing:
            said.append(
                replace(
                    before,
                    stands=False,
                    revision=before.revision + 1,
                    changes=("state: STANDS → WITHDRAWN", reason),
                )
            )
    return said
