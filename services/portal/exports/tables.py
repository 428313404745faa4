"""Lists of the pages as tables. Codes stand beside names: programs read one, people the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from kit.clock import SHANGHAI
from kit.table_files.tables import Table
from services.portal.core.alerts import Alert
from services.portal.core.area_tree import Row
from services.portal.core.cases import Case
from services.portal.core.casework import AgendaItem
from services.portal.core.names import Names
from services.portal.core.reports import Duty
from services.portal.presenter import Voice


def alerts_table(voice: Voice, names: Names, alerts: Sequence[Alert]) -> Table:
    """As the feed has them, newest first."""
    t = voice.texts
    headings = ("happened", "received", "severity", "kind", "title_column", "platform", "area", "rule", "ids")
    return Table(
        t("feed.title"),
        [voice.words("export", name) for name in headings],
        [
            [
                moment(alert.event_time_ms),
                moment(alert.create_time_ms),
                t(f"severity.{alert.severity.name.lower()}"),
                t(f"alert_kind.{alert.kind.name.lower()}"),
                voice.say(alert.title),
                named(voice.platform(names, alert.platform_id), alert.platform_id),
                named(voice.area(names, alert.area_code), alert.area_code),
                alert.rule_id,
                alert.case_id or alert.finding_id,
            ]
            for alert in alerts
        ],
        len(headings),
    )


def cases_table(voice: Voice, names: Names, cases: Sequence[Case]) -> Table:
    """As the page of cases has them; a figure that is not told to this reader is marked ``*``."""
    t = voice.texts
    words = (
        "title_column",
        "platform",
        "area",
        "rule",
        "severity",
        "state",
        "deadline",
        "opened",
        "updated",
        "case_id",
    )
    return Table(
        t("cases.title"),
        [voice.words("export", name) for name in (*words, "findings", "workers", "per_thousand")],
        [
            [
                voice.say(case.title),
                named(voice.platform(names, case.platform_id), case.platform_id),
                named(voice.area(names, case.area_code), case.area_code),
                case.rule_id,
                t(f"severity.{case.severity.name.lower()}"),
                t(f"case_state.{case.state.name.lower()}"),
                case.deadline,
                moment(case.create_time_ms),
                moment(case.update_time_ms),
                case.case_id,
                _WITHHELD if case.counts_suppressed else case.findings,
                _WITHHELD if case.counts_suppressed else case.workers,
                _WITHHELD
                if case.suppressed and case.rate_per_thousand is None
                else rounded(case.rate_per_thousand),
            ]
            for case in cases
        ],
        len(words),
    )


def agenda_table(voice: Voice, names: Names, items: Sequence[AgendaItem]) -> Table:
    """By day."""
    t = voice.texts
    headings = ("day", "time", "kind", "title_column", "platform", "area", "place", "case_id")
    return Table(
        t("agenda.title"),
        [voice.words("export", name) for name in headings],
        [
            [
                item.day.isoformat(),
                voice.time_of_day(item.start_ms) if item.start_ms else "",
                voice.words("agenda_kind", item.kind.name),
                voice.say(item.title),
                named(voice.platform(names, item.platform_id), item.platform_id),
                named(voice.area(names, item.area_code), item.area_code),
                item.place,
                item.case_id,
            ]
            for item in items
        ],
        len(headings),
    )


def reports_table(voice: Voice, names: Names, duties: Sequence[Duty], today: date) -> Table:
    """What is owed, the late ones first."""
    t = voice.texts
    words = ("quarter", "reporter", "platform", "area", "due", "state", "report_id")
    return Table(
        t("reports.title"),
        [voice.words("export", name) for name in (*words, "days_late")],
        [
            [
                voice.quarter(duty.due.quarter),
                named(voice.party(names, duty.due.reporter_id), duty.due.reporter_id),
                named(voice.platform(names, duty.due.platform_id), duty.due.platform_id),
                named(voice.area(names, duty.due.area_code), duty.due.area_code),
                duty.due.due.isoformat(),
                t(f"due_state.{duty.due.state.name.lower()}"),
                duty.due.report_id,
                max(0, -duty.due.days_left(today)) if duty.due.owed else 0,
            ]
            for duty in duties
        ],
        len(words),
    )


def areas_table(voice: Voice, rows: Sequence[Row]) -> Table:
    """The tree, depth first; an area within another is indented."""
    t = voice.texts
    figures = ("per_thousand", "findings_per_thousand", "findings", "workers", "active", "open_cases")
    return Table(
        t("areas.title"),
        [voice.words("export", name) for name in ("area", "area_code", *figures)],
        [
            [
                "\u3000" * row.depth + (voice.say(row.area.name) or row.area.area_code),
                row.area.area_code,
                rounded(row.figures.rate_per_thousand),
                rounded(row.figures.findings_per_thousand),
                row.figures.findings,
                row.figures.workers,
                row.figures.active,
                row.figures.open_cases,
            ]
            for row in rows
        ],
        2,
    )


_WITHHELD = "*"


def moment(epoch_ms: int | None) -> str:
    """In Shanghai, to the second, with its offset from UTC: no reader has to guess the zone."""
    if epoch_ms is None:
        return ""
    return datetime.fromtimestamp(epoch_ms // 1000, tz=SHANGHAI).isoformat(sep=" ")


def named(name: str, code: str) -> str:
    """A name with its code, or the code alone."""
    return name if name == code else f"{name} ({code})"


def rounded(value: float | None) -> float | None:
    """To a tenth."""
    return None if value is None else round(value, 1)
