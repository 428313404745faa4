"""``PeriodReportService``: who may see what of a period; the rest is the use cases'."""

from __future__ import annotations

import grpc

from kit.errors import InvalidArgumentError
from kit.requests import content_sha256
from kit.security.caller import current_caller
from kit.table_files.spreadsheets import csv_of, xlsx_of
from quzhong.api.notify.v1 import casework_pb2, figures_pb2, figures_pb2_grpc
from services.notify.audiences import audience_of
from services.notify.casework.acts import Asked, Casework
from services.notify.core.alerts import Audience
from services.notify.core.letters import Notice
from services.notify.core.text import Text
from services.notify.documents import Language
from services.notify.messages import notice_message
from services.notify.period_reports.areas_now import AreasReading
from services.notify.period_reports.commending import Commendations, Commending
from services.notify.period_reports.messages import areas_message, praised_message, report_message
from services.notify.period_reports.pdf import report_pages
from services.notify.period_reports.reporting import PeriodReporting
from services.notify.period_reports.tables import figures_of, good_of, notes_of, typical_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOTES = Text("说明", "Notes")


class PeriodReportServicer(figures_pb2_grpc.PeriodReportServiceServicer):
    """Decode, call, encode."""

    def __init__(self, reporting: PeriodReporting, areas: AreasReading, casework: Casework) -> None:
        self._reporting = reporting
        self._areas = areas
        self._casework = casework
        self._commendations = Commendations(reporting, casework.climbing)
        self._names = casework.climbing.names

    def GetPeriodReport(  # noqa: N802
        self, request: figures_pb2.GetPeriodReportRequest, context: grpc.ServicerContext
    ) -> figures_pb2.GetPeriodReportResponse:
        report = self._reporting.report(request.period, _audience(request.area_code), request.area_code)
        return figures_pb2.GetPeriodReportResponse(report=report_message(report))

    def RenderPeriodReport(  # noqa: N802
        self, request: figures_pb2.RenderPeriodReportRequest, context: grpc.ServicerContext
    ) -> figures_pb2.RenderPeriodReportResponse:
        language = _language(request.language)
        if request.format not in _FORMATS:
            raise InvalidArgumentError(
                f"format: {request.format} is none; ask for PDF, CSV or XLSX",
                zh=f"format：{request.format} 无效；请选择 PDF、CSV 或者 XLSX",
                field="format",
                reason="REPORT_FORMAT_UNKNOWN",
            )
        audience = _audience(request.area_code)
        report = self._reporting.report(request.period, audience, request.area_code)
        figures, typical = figures_of(report, language), typical_of(report, language)
        suffix, media_type = _FORMATS[request.format]
        match request.format:
            case figures_pb2.REPORT_FORMAT_CSV:
                content = csv_of(figures)
            case figures_pb2.REPORT_FORMAT_XLSX:
                notes = [language.pick(note) for note in notes_of(report)]
                content = xlsx_of([figures, typical], notes, language.pick(_NOTES), report.create_ms)
            case _:
                tables = [figures, typical]
                if self._reporting.is_over(report.period):
                    praised = self._reporting.good_conduct(request.period, audience, request.area_code)
                    names = [self._names.platform(each.platform_id) for each in praised]
                    tables.append(good_of(praised, names, language))
                (content,) = report_pages(report, tables, language)
        where = f"-{request.area_code}" if request.area_code else ""
        return figures_pb2.RenderPeriodReportResponse(
            name=f"period-report-{report.period.name}{where}-{language.tag}.{suffix}",
            media_type=media_type,
            content=content,
        )

    def ListGoodConduct(  # noqa: N802
        self, request: figures_pb2.ListGoodConductRequest, context: grpc.ServicerContext
    ) -> figures_pb2.ListGoodConductResponse:
        praised = self._reporting.good_conduct(
            request.period, _audience(request.area_code), request.area_code
        )
        return figures_pb2.ListGoodConductResponse(platforms=map(praised_message, praised))

    def GetAreaFigures(  # noqa: N802
        self, request: figures_pb2.GetAreaFiguresRequest, context: grpc.ServicerContext
    ) -> figures_pb2.GetAreaFiguresResponse:
        audience = audience_of(current_caller(), platform_id=request.platform_id, area_code=request.area_code)
        return areas_message(self._areas.figures(audience, request.area_code, request.last_date))

    def CommendPlatform(  # noqa: N802
        self, request: figures_pb2.CommendPlatformRequest, context: grpc.ServicerContext
    ) -> figures_pb2.CommendPlatformResponse:
        caller = current_caller()
        asked = Commending(request.period, request.platform_id, request.area_code, request.reason)

        def encode(notice: Notice) -> bytes:
            answer = figures_pb2.CommendPlatformResponse(notice=notice_message(notice, caller))
            return answer.SerializeToString()

        answer = self._casework.once(
            Asked(caller, request.request_id, content_sha256(request)),
            lambda act: self._commendations.commend(act, asked),
            encode,
        )
        return figures_pb2.CommendPlatformResponse.FromString(answer)


_FORMATS = {
    figures_pb2.REPORT_FORMAT_PDF: ("pdf", "application/pdf"),
    figures_pb2.REPORT_FORMAT_CSV: ("csv", "text/csv; charset=utf-8"),
    figures_pb2.REPORT_FORMAT_XLSX: ("xlsx", _XLSX),
}
"""By format: the ending of the file's name, and its media type."""


def _audience(area_code: str) -> Audience:
    return audience_of(current_caller(), area_code=area_code)


def _language(asked: int) -> Language:
    """Chinese if unspecified.

    Raises:
        InvalidArgumentError: LANGUAGE_UNKNOWN.
    """
    try:
        return Language(asked or casework_pb2.LANGUAGE_ZH_CN)
    except ValueError as error:
        raise InvalidArgumentError(
            f"language: {asked} is none; ask for ZH_CN or EN",
            zh=f"language：{asked} 无效；请选择 ZH_CN 或者 EN",
            field="language",
            reason="LANGUAGE_UNKNOWN",
        ) from error
