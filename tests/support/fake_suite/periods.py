"""What the fake suite says of areas and periods."""

# ruff: noqa: N802 (RPCs have the names the contract gives them)

from __future__ import annotations

from typing import Any

from google.protobuf.message import Message

from kit.errors import AlreadyExistsError, FailedPreconditionError
from kit.security.caller import Role, current_caller
from quzhong.api.notify.v1 import figures_pb2 as pb
from quzhong.api.notify.v1 import figures_pb2_grpc
from tests.support.fake_suite import data

PERIOD = "2026-03"
AREAS = (
    # area, findings, workers, active, open cases
    ("130200", 61, 44, 3_120, 4),
    ("130202", 18, 12, 1_450, 1),
    ("130203", 43, 32, 1_240, 3),
    ("130205", 0, 0, 6, 0),
)
MADE_MS = data.at("2026-03-22 09:30")


def areas_now(request: pb.GetAreaFiguresRequest) -> pb.GetAreaFiguresResponse:
    """The same week, whatever day is asked for; a platform has a third of it."""
    part = 3 if request.platform_id else 1
    return pb.GetAreaFiguresResponse(
        first_date="2026-03-16",
        last_date=request.last_date or "2026-03-22",
        areas=[
            pb.AreaFigures(
                area_code=code,
                findings=findings // part,
                workers=workers // part,
                active=active,
                rate_per_thousand=1000 * (workers // part) / active if active >= 10 else None,
                open_cases=cases // part,
            )
            for code, findings, workers, active, cases in AREAS
        ],
        create_time=data.moment(MADE_MS),
    )


def report(period: str, area_code: str, *, withheld: bool) -> pb.PeriodReport:
    def row(title: tuple[str, str], workers: int, rate: float | None = None, **of: Any) -> pb.PeriodFigures:
        told = not (withheld and workers < 10)
        return pb.PeriodFigures(
            title=data.both(*title),
            findings=workers + 9 if told else None,
            workers=workers if told else None,
            rate_per_thousand=rate if told else None,
            cases_opened=2,
            warnings=1,
            answered_in_time=1,
            **of,
        )

    rule = ("连续接单时长超过限值", "Continuous order-taking beyond the limit")
    return pb.PeriodReport(
        period=period,
        area_code=area_code,
        rows=[
            row(("合计", "total"), 52),
            row(data.AREAS["130202"], 8, area_code="130202"),
            row(data.AREAS["130203"], 44, area_code="130203"),
            row(data.PLATFORMS["kuaida"], 40, 12.3, platform_id="kuaida"),
            row(data.PLATFORMS["suifeng"], 12, 6.1, platform_id="suifeng"),
            row(rule, 52, rule_id=data.RULE),
            row(rule, 40, 14.2, area_code="130203", platform_id="kuaida", rule_id=data.RULE),
            row(rule, 8, 3.0, area_code="130202", platform_id="suifeng", rule_id=data.RULE),
        ],
        typical_cases=[
            pb.TypicalCase(
                rule_id=data.RULE,
                title=data.both(*rule),
                story=data.both(
                    "唐山市某平台因数十名骑手连续接单超过四小时被警示，按期答复并调整派单，复查后结案。",
                    "A platform in Tangshan was warned, answered in time, changed how it assigns orders; its "
                    "case was closed after a recheck.",
                ),
            )
        ],
        create_time=data.moment(MADE_MS),
    )


class Periods(figures_pb2_grpc.PeriodReportServiceServicer):
    """Keeps the commendations it was asked for in ``acts``."""

    def __init__(self, acts: list[Message]) -> None:
        self._acts = acts

    def GetAreaFigures(self, request: pb.GetAreaFiguresRequest, context: Any) -> pb.GetAreaFiguresResponse:
        return areas_now(request)

    def GetPeriodReport(self, request: pb.GetPeriodReportRequest, context: Any) -> pb.GetPeriodReportResponse:
        union = current_caller().role is Role.UNION
        return pb.GetPeriodReportResponse(report=report(request.period, request.area_code, withheld=union))

    def RenderPeriodReport(
        self, request: pb.RenderPeriodReportRequest, context: Any
    ) -> pb.RenderPeriodReportResponse:
        kind = pb.ReportFormat.Name(request.format).removeprefix("REPORT_FORMAT_").lower()
        return pb.RenderPeriodReportResponse(
            name=f"period-report-{request.period}.{kind}",
            media_type="application/octet-stream",
            content=f"{request.period} {kind}".encode(),
        )

    def ListGoodConduct(self, request: pb.ListGoodConductRequest, context: Any) -> pb.ListGoodConductResponse:
        if request.period > PERIOD and "Q" not in request.period:
            raise FailedPreconditionError("not over", zh="尚未结束", reason="PERIOD_NOT_OVER")
        reason = data.both("全月无警示，按期报送。", "No warning all month, every report in time.")
        return pb.ListGoodConductResponse(platforms=[pb.GoodConduct(platform_id="wenbu", reason=reason)])

    def CommendPlatform(self, request: pb.CommendPlatformRequest, context: Any) -> pb.CommendPlatformResponse:
        if any(isinstance(act, pb.CommendPlatformRequest) for act in self._acts):
            raise AlreadyExistsError("commended already", zh="已获表扬", reason="ALREADY_COMMENDED")
        self._acts.append(request)
        return pb.CommendPlatformResponse()
