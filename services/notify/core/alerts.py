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

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from services.notify.core.cases import Case, CaseState
from services.notify.core.findings import Finding, Place, Severity
from services.notify.core.identifiers import stable_id
from services.notify.core.text import Text


class AlertKind(IntEnum):
    """The values equal ``quzhong.api.notify.v1.AlertKind``."""

    FINDING = 1
    FINDING_AMENDED = 2
    CASE_OPENED = 3
    WARNING_SENT = 4
    CASE_WITHDRAWN = 5


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
    duties_of: str | None = None
    """Whose duties (reports, licences) it may hear of: this party's alone, wherever it has them; empty:
    nobody's. None: everybody's on its platforms and in its areas, as for every webhook."""

    def hears(self, alert: Alert) -> bool:
        """Whether the alert is for it."""
        told = not (self.aggregates_only and alert.about_worker)
        return told and self.covers(alert.place) and alert.severity >= self.least_severity

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


_OF_STATE = {
    CaseState.OPEN: (AlertKind.CASE_OPENED, Text("新增问题线索：", "Case opened: ")),
    CaseState.WARNED: (AlertKind.WARNING_SENT, Text("已发出警示函：", "Warning sent: ")),
    CaseState.WITHDRAWN: (AlertKind.CASE_WITHDRAWN, Text("问题线索已撤销：", "Case withdrawn: ")),
}


def alert_of_step(case: Case, severity: Severity, *, at_ms: int) -> Alert:
    """The alert for the state a case has just reached; ``severity`` is the gravest it has, or had."""
    kind, prefix = _OF_STATE[case.state]
    return Alert(
        alert_id=stable_id("alert", kind.name, case.case_id, case.openings),
        kind=kind,
        severity=severity,
        place=case.place,
        title=Text(prefix.zh + case.title.zh, prefix.en + case.title.en),
        event_time_ms=case.tally.latest_event_ms or at_ms,
        create_time_ms=at_ms,
        case_id=case.case_id,
    )
