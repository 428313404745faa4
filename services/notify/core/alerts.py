"""Alerts: what is worth telling at once, and who it is told to.

    before            after               alert
    ────────────────────────────────────────────────────────────────────────────────────
    –                 stands              FINDING
    stands            graver              FINDING_AMENDED, headed 升级
    stands            milder              FINDING_AMENDED, headed 更正
    stands            withdrawn           FINDING_AMENDED
    withdrawn         stands              FINDING_AMENDED
    stands at A       stands at B         FINDING_AMENDED at A (withdrawn there), FINDING at B
    otherwise                             none: repeats strengthen the case, they never spam

A place is a platform, a rule, an area and, of a duty, the party that has it; a late event may move a finding
to another one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import IntEnum

from services.notify.core.cases import Case
from services.notify.core.findings import Finding, Place, Severity
from services.notify.core.identifiers import stable_id
from services.notify.core.text import Text
from services.notify.core.transitions import Trigger


class AlertKind(IntEnum):
    """The values equal ``quzhong.api.notify.v1.AlertKind``."""

    FINDING = 1
    FINDING_AMENDED = 2
    CASE_OPENED = 3
    WARNING_SENT = 4
    CASE_WITHDRAWN = 5
    CASE_ANSWERED = 6
    SUMMONS_PROPOSED = 7
    SUMMONS_APPROVED = 8
    SUMMONS_SENT = 9
    TALK_HELD = 10
    FAILED_TO_APPEAR = 11
    RECTIFICATION_ORDERED = 12
    RECHECK_BEGUN = 13
    CASE_CLOSED = 14
    CASE_ESCALATED = 15
    CASE_CHANGED = 16
    """A step that leaves the case in its state, or takes it back: more time, a talk moved, a summons
    cancelled or declined."""
    COMMENDED = 17
    """A platform was commended (表扬通报); of no case."""


OF_FINDINGS = frozenset({AlertKind.FINDING, AlertKind.FINDING_AMENDED})
"""Of single findings; the others are about cases and letters."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell."""

    alert_id: str
    kind: AlertKind
    severity: Severity
    """Of an amendment or a withdrawal: the graver of before and after, so that whoever heard of a finding
    hears of its fall, whatever severity they asked for."""
    place: Place
    title: Text
    event_time_ms: int
    """The moment it is about, epoch milliseconds."""
    create_time_ms: int
    case_id: str = ""
    finding_id: str = ""
    about_worker: bool = False
    """Whether it tells of a single worker's finding."""


@dataclass(frozen=True, slots=True)
class Audience:
    """What somebody wants to hear and may hear. The default hears everything."""

    platform_id: str = ""
    """Only this platform; empty: every platform."""
    area_prefixes: tuple[str, ...] = ("",)
    """Areas it may hear of, as significant digits of GB/T 2260 codes: 1302 for 130200 and its counties."""
    area_prefix: str = ""
    """The area asked for, likewise; empty: every area."""
    rule_id: str = ""
    """Only this rule; empty: every rule."""
    least_severity: int = 0
    """Only from this severity on."""
    aggregates_only: bool = False
    """Nothing about a single worker."""
    platform_ids: tuple[str, ...] | None = None
    """The only platforms it may hear of; None: any, as for every webhook."""
    department_id: str = ""
    """Only of cases that this department is responsible for; empty: anybody's."""
    cases_only: bool = False
    """Nothing of single findings, a worker's or a standard's."""
    duties_of: str | None = None
    """Whose duties (reports, licences) it may hear of: this party's alone, wherever it has them; empty:
    nobody's. None: everybody's on its platforms and in its areas, as for every webhook."""

    def hears(self, alert: Alert, department_ids: Collection[str] = ()) -> bool:
        """Whether the alert is for it. ``department_ids``: who is responsible for the alert's case."""
        told = not (self.aggregates_only and alert.about_worker)
        asked = not (self.cases_only and alert.kind in OF_FINDINGS)
        if not (told and asked and self.department_id in ("", *department_ids)):
            return False
        return self.covers(alert.place) and alert.severity >= self.least_severity

    def covers(self, place: Place) -> bool:
        """Whether the place is one it hears of."""
        asked = (
            self.platform_id in ("", place.platform_id)
            and place.area_code.startswith(self.area_prefix)
            and self.rule_id in ("", place.rule_id)
        )
        return asked and self._may_hear_of(place)

    def _may_hear_of(self, place: Place) -> bool:
        if place.party_id and self.duties_of is not None:
            return place.party_id == self.duties_of
        return place.area_code.startswith(self.area_prefixes) and (
            self.platform_ids is None or place.platform_id in self.platform_ids
        )


def alerts_of_change(
    before: Finding | None, after: Finding, *, case_id_at: Callable[[Place], str], at_ms: int
) -> list[Alert]:
    """Alerts for ``after`` having replaced ``before``; ``case_id_at`` tells the case of a place, if any."""

    def alert(kind: AlertKind, place: Place, severity: Severity, title: Text) -> Alert:
        return Alert(
            alert_id=stable_id("alert", kind.name, after.finding_id, after.revision, *place),
            kind=kind,
            severity=severity,
            place=place,
            title=title,
            event_time_ms=after.event_time_ms,
            create_time_ms=at_ms,
            case_id=case_id_at(place),
            finding_id=after.finding_id,
            about_worker=bool(after.worker_id),
        )

    stood = before if before is not None and before.stands else None
    stands = after if after.stands else None
    if stood is not None and stands is not None and stood.place == stands.place:
        if stood.severity == stands.severity:
            return []
        zh, en = ("升级", "Now") if stands.severity > stood.severity else ("更正", "Amended")
        title = Text(f"{zh}：{stands.title.zh}", f"{en}: {stands.title.en}")
        return [alert(AlertKind.FINDING_AMENDED, stands.place, max(stood.severity, stands.severity), title)]
    alerts = []
    if stood is not None:
        title = Text(f"撤销：{stood.title.zh}", f"Withdrawn: {stood.title.en}")
        alerts.append(alert(AlertKind.FINDING_AMENDED, stood.place, stood.severity, title))
    if stands is not None:
        again = before is not None and not before.stands
        kind = AlertKind.FINDING_AMENDED if again else AlertKind.FINDING
        alerts.append(alert(kind, stands.place, stands.severity, stands.title))
    return alerts


def alert_of_setting_aside(finding: Finding, case_id: str, *, at_ms: int) -> Alert:
    """The alert for a finding that an appeal had set aside: it stands in no case any more."""
    return Alert(
        alert_id=stable_id("alert", "set-aside", finding.finding_id),
        kind=AlertKind.FINDING_AMENDED,
        severity=finding.severity,
        place=finding.place,
        title=Text(f"经申诉撤销：{finding.title.zh}", f"Set aside on appeal: {finding.title.en}"),
        event_time_ms=finding.event_time_ms,
        create_time_ms=at_ms,
        case_id=case_id,
        finding_id=finding.finding_id,
        about_worker=bool(finding.worker_id),
    )


_OF_TRIGGER = {
    Trigger.FINDING_STANDS: (AlertKind.CASE_OPENED, Text("新增问题线索：", "Case opened: ")),
    Trigger.ALL_WITHDRAWN: (AlertKind.CASE_WITHDRAWN, Text("问题线索已撤销：", "Case withdrawn: ")),
    Trigger.WARNING_SENT: (AlertKind.WARNING_SENT, Text("已发出警示函：", "Warning sent: ")),
    Trigger.ANSWERED: (AlertKind.CASE_ANSWERED, Text("企业已答复：", "Answered: ")),
    Trigger.SUMMONS_PROPOSED: (AlertKind.SUMMONS_PROPOSED, Text("提请约谈待审批：", "Summons proposed: ")),
    Trigger.SUMMONS_APPROVED: (AlertKind.SUMMONS_APPROVED, Text("约谈已获批准：", "Summons approved: ")),
    Trigger.SUMMONS_DECLINED: (AlertKind.CASE_CHANGED, Text("约谈未获批准：", "Summons declined: ")),
    Trigger.SUMMONS_SENT: (AlertKind.SUMMONS_SENT, Text("已发出约谈通知书：", "Summons sent: ")),
    Trigger.TALK_MOVED: (AlertKind.CASE_CHANGED, Text("约谈已改期：", "Talk moved: ")),
    Trigger.SUMMONS_CANCELLED: (AlertKind.CASE_CHANGED, Text("约谈已取消：", "Summons cancelled: ")),
    Trigger.TALK_HELD: (AlertKind.TALK_HELD, Text("约谈已进行：", "Talk held: ")),
    Trigger.FAILED_TO_APPEAR: (AlertKind.FAILED_TO_APPEAR, Text("约谈未到场：", "Failed to appear: ")),
    Trigger.ORDER_ISSUED: (
        AlertKind.RECTIFICATION_ORDERED,
        Text("已发出限期整改通知书：", "Rectification ordered: "),
    ),
    Trigger.TIME_EXTENDED: (AlertKind.CASE_CHANGED, Text("期限已延长：", "Deadline extended: ")),
    Trigger.DEADLINE_PASSED: (AlertKind.RECHECK_BEGUN, Text("期限届满，开始复查：", "Recheck begun: ")),
    Trigger.IMPROVED: (AlertKind.CASE_CLOSED, Text("复查好转，已结案：", "Improved and closed: ")),
    Trigger.NOT_IMPROVED: (AlertKind.CASE_ESCALATED, Text("复查未见好转，联合处置：", "Escalated: ")),
    Trigger.ESCALATED: (AlertKind.CASE_ESCALATED, Text("已转联合处置：", "Escalated: ")),
    Trigger.CLOSED: (AlertKind.CASE_CLOSED, Text("已结案：", "Closed: ")),
}


def alert_of_step(case: Case, trigger: Trigger, severity: Severity, *, at_ms: int) -> Alert:
    """The alert for a step that a case has just taken; ``severity`` is the gravest it has, or had."""
    kind, prefix = _OF_TRIGGER[trigger]
    return Alert(
        alert_id=stable_id("alert", kind.name, case.case_id, case.openings, case.taken),
        kind=kind,
        severity=severity,
        place=case.place,
        title=Text(prefix.zh + case.title.zh, prefix.en + case.title.en),
        event_time_ms=case.tally.latest_event_ms or at_ms,
        create_time_ms=at_ms,
        case_id=case.case_id,
    )
