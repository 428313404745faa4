"""Between the reports' dataclasses and proto messages."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.events.v1 import findings_pb2
from quzhong.api.notify.v1 import figures_pb2
from services.notify.core.text import Text
from services.notify.period_reports.areas_now import AreasNow
from services.notify.period_reports.reporting import PeriodReport, Praised, TitledRow


def report_message(report: PeriodReport) -> figures_pb2.PeriodReport:
    """The report; a figure that is not told is absent."""
    made = Timestamp()
    made.FromMilliseconds(report.create_ms)
    return figures_pb2.PeriodReport(
        period=report.period.name,
        area_code=report.area_code,
        rows=map(_figures, report.rows),
        typical_cases=[
            figures_pb2.TypicalCase(rule_id=each.rule_id, title=_text(each.title), story=_text(each.story))
            for each in report.typical_cases
        ],
        create_time=made,
    )


def praised_message(praised: Praised) -> figures_pb2.GoodConduct:
    """A platform of the list."""
    return figures_pb2.GoodConduct(platform_id=praised.platform_id, reason=_text(praised.reason))


def _figures(titled: TitledRow) -> figures_pb2.PeriodFigures:
    row, steps = titled.row, titled.row.steps
    return figures_pb2.PeriodFigures(
        area_code=row.cell.area_code,
        platform_id=row.cell.platform_id,
        rule_id=row.cell.rule_id,
        title=_text(titled.title),
        findings=row.findings,
        workers=row.workers,
        rate_per_thousand=row.rate_per_thousand,
        cases_opened=steps.cases_opened,
        warnings=steps.warnings,
        summonses=steps.summonses,
        orders=steps.orders,
        closed=steps.closed,
        escalated=steps.escalated,
        withdrawn=steps.withdrawn,
        answered_in_time=steps.answered_in_time,
    )


def areas_message(now: AreasNow) -> figures_pb2.GetAreaFiguresResponse:
    """Every area's figures; a rate that there is none of is absent."""
    made = Timestamp()
    made.FromMilliseconds(now.create_ms)
    return figures_pb2.GetAreaFiguresResponse(
        first_date=now.first.isoformat(),
        last_date=now.last.isoformat(),
        areas=[
            figures_pb2.AreaFigures(
                area_code=each.area_code,
                findings=each.findings,
                workers=each.workers,
                active=each.active,
                rate_per_thousand=each.rate_per_thousand,
                open_cases=each.open_cases,
            )
            for each in now.areas
        ],
        create_time=made,
    )


def _text(text: Text) -> findings_pb2.LocalText:
    return findings_pb2.LocalText(zh=text.zh, en=text.en)
