"""Areas and reports of a period over gRPC, with the reader's own token."""

from __future__ import annotations

from datetime import date

import grpc

from quzhong.api.notify.v1 import casework_pb2, figures_pb2_grpc
from quzhong.api.notify.v1 import figures_pb2 as pb
from quzhong.api.registry.v1 import registry_pb2, registry_pb2_grpc
from services.portal.adapters.calls import MOST, answered, asked, bearer, pages
from services.portal.adapters.decode import ms, optional_ms, text
from services.portal.core.area_tree import AreaFigures, AreasNow
from services.portal.core.casework import Document
from services.portal.core.language import Language
from services.portal.core.listings import Area
from services.portal.core.period_reports import (
    STEPS,
    GoodConduct,
    PeriodReport,
    PeriodRow,
    ReportFormat,
    TypicalCase,
)

_LANGUAGES = {
    Language.CHINESE: casework_pb2.LANGUAGE_ZH_CN,
    Language.ENGLISH: casework_pb2.LANGUAGE_EN,
}
_FILE_S = 30
"""A quarter of a large city takes seconds to be counted and laid out."""


class GrpcSupervision:
    """Implements ``services.portal.supervision_ports.Supervision``."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._registry = registry_pb2_grpc.RegistryServiceStub(channel)
        self._periods = figures_pb2_grpc.PeriodReportServiceStub(channel)

    async def areas(self, token: str) -> list[Area]:
        """See the port."""
        request = registry_pb2.ListAreasRequest(page_size=MOST)
        return [
            Area(each.area_code, each.parent_code, text(each.name))
            async for answer in pages(self._registry.ListAreas, request, token)
            for each in answer.areas
        ]

    async def areas_now(
        self, token: str, *, platform_id: str, last_date: str, area_code: str = ""
    ) -> AreasNow:
        """See the port."""
        request = pb.GetAreaFiguresRequest(platform_id=platform_id, last_date=last_date, area_code=area_code)
        answer = await asked(self._periods.GetAreaFigures, request, token)
        return AreasNow(
            first=date.fromisoformat(answer.first_date),
            last=date.fromisoformat(answer.last_date),
            figures={each.area_code: _figures(each) for each in answer.areas},
            create_ms=ms(answer.create_time),
        )

    async def period_report(self, token: str, period: str, area_code: str) -> PeriodReport:
        """See the port."""
        request = pb.GetPeriodReportRequest(period=period, area_code=area_code)
        call = self._periods.GetPeriodReport(request, metadata=bearer(token), timeout=_FILE_S)
        report = (await answered(call)).report
        return PeriodReport(
            period=report.period,
            area_code=report.area_code,
            rows=tuple(map(_row, report.rows)),
            typical_cases=tuple(
                TypicalCase(each.rule_id, text(each.title), text(each.story)) for each in report.typical_cases
            ),
            create_ms=optional_ms(report, "create_time"),
        )

    async def period_file(
        self, token: str, period: str, area_code: str, kind: ReportFormat, language: Language
    ) -> Document:
        """See the port."""
        request = pb.RenderPeriodReportRequest(
            period=period,
            area_code=area_code,
            format=pb.ReportFormat.ValueType(kind.value),
            language=_LANGUAGES[language],
        )
        call = self._periods.RenderPeriodReport(request, metadata=bearer(token), timeout=_FILE_S)
        answer = await answered(call)
        return Document(answer.name, answer.media_type, answer.content)

    async def good_conduct(self, token: str, period: str, area_code: str) -> list[GoodConduct]:
        """See the port."""
        request = pb.ListGoodConductRequest(period=period, area_code=area_code)
        answer = await asked(self._periods.ListGoodConduct, request, token)
        return [GoodConduct(each.platform_id, text(each.reason)) for each in answer.platforms]

    async def commend(
        self, token: str, *, period: str, platform_id: str, area_code: str, reason: str, request_id: str
    ) -> None:
        """See the port."""
        request = pb.CommendPlatformRequest(
            request_id=request_id,
            period=period,
            platform_id=platform_id,
            area_code=area_code,
            reason=reason,
        )
        await asked(self._periods.CommendPlatform, request, token)


def _figures(message: pb.AreaFigures) -> AreaFigures:
    return AreaFigures(
        findings=message.findings,
        workers=message.workers,
        active=message.active,
        rate_per_thousand=message.rate_per_thousand if message.HasField("rate_per_thousand") else None,
        open_cases=message.open_cases,
    )


def _row(message: pb.PeriodFigures) -> PeriodRow:
    return PeriodRow(
        area_code=message.area_code,
        platform_id=message.platform_id,
        rule_id=message.rule_id,
        title=text(message.title),
        findings=message.findings if message.HasField("findings") else None,
        workers=message.workers if message.HasField("workers") else None,
        rate_per_thousand=message.rate_per_thousand if message.HasField("rate_per_thousand") else None,
        steps=tuple(getattr(message, name) for name in STEPS),
    )
