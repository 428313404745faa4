"""``ReportService``: decode, call a handler, encode."""

from __future__ import annotations

import grpc
from google.protobuf.message import Message

from kit.requests import content_sha256
from kit.security.caller import current_caller
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.registry.v1 import reports_pb2 as pb
from quzhong.api.registry.v1 import reports_pb2_grpc
from services.registry.core.pages import Page
from services.registry.ports import Request
from services.registry.reports.handlers import GivenReport, ReportDesk
from services.registry.reports.messages import (
    check_message,
    due_date_message,
    figures_of,
    report_message,
)
from services.registry.reports.reading import ReportFilter, ReportReading


class ReportServicer(reports_pb2_grpc.ReportServiceServicer):
    """The RPCs. Who may call which stands in ``kit.security.permissions``."""

    def __init__(self, desk: ReportDesk, reading: ReportReading) -> None:
        self._desk = desk
        self._reading = reading

    def SaveReport(  # noqa: N802
        self, request: pb.SaveReportRequest, context: grpc.ServicerContext
    ) -> pb.SaveReportResponse:
        """See the contract."""
        report = self._desk.save(_request(request.request_id, request), current_caller(), _given(request))
        return pb.SaveReportResponse(report=report_message(report))

    def SubmitReport(  # noqa: N802
        self, request: pb.SubmitReportRequest, context: grpc.ServicerContext
    ) -> pb.SubmitReportResponse:
        """See the contract."""
        asked = _request(request.request_id, request)
        report = self._desk.submit(asked, current_caller(), request.report_id, request.version)
        return pb.SubmitReportResponse(report=report_message(report))

    def ValidateReport(  # noqa: N802
        self, request: pb.ValidateReportRequest, context: grpc.ServicerContext
    ) -> pb.ValidateReportResponse:
        """See the contract."""
        checks = self._desk.validate(current_caller(), _given(request))
        return pb.ValidateReportResponse(
            checks=map(check_message, checks), submittable=not any(check.blocks for check in checks)
        )

    def AcknowledgeReport(  # noqa: N802
        self, request: pb.AcknowledgeReportRequest, context: grpc.ServicerContext
    ) -> pb.AcknowledgeReportResponse:
        """See the contract."""
        asked = _request(request.request_id, request)
        report = self._desk.acknowledge(asked, current_caller(), request.report_id, request.version)
        return pb.AcknowledgeReportResponse(report=report_message(report))

    def ReturnReport(  # noqa: N802
        self, request: pb.ReturnReportRequest, context: grpc.ServicerContext
    ) -> pb.ReturnReportResponse:
        """See the contract."""
        asked = _request(request.request_id, request)
        report = self._desk.send_back(
            asked, current_caller(), request.report_id, request.version, request.reason
        )
        return pb.ReturnReportResponse(report=report_message(report))

    def GetReport(  # noqa: N802
        self, request: pb.GetReportRequest, context: grpc.ServicerContext
    ) -> pb.GetReportResponse:
        """See the contract."""
        report = self._reading.report(current_caller(), request.report_id, request.version)
        return pb.GetReportResponse(report=report_message(report))

    def ListReports(  # noqa: N802
        self, request: pb.ListReportsRequest, context: grpc.ServicerContext
    ) -> pb.ListReportsResponse:
        """See the contract."""
        wanted = ReportFilter(
            request.reporter_id, request.platform_id, request.area_code, request.quarter, request.state
        )
        page = Page(request.page_size, request.page_token)
        reports, token = self._reading.reports(current_caller(), wanted, page)
        return pb.ListReportsResponse(reports=map(report_message, reports), next_page_token=token)

    def ListDueDates(  # noqa: N802
        self, request: pb.ListDueDatesRequest, context: grpc.ServicerContext
    ) -> pb.ListDueDatesResponse:
        """See the contract."""
        wanted = ReportFilter(request.reporter_id, "", request.area_code, request.quarter, request.state)
        page = Page(request.page_size, request.page_token)
        due_dates, token = self._reading.due_dates(current_caller(), wanted, page)
        return pb.ListDueDatesResponse(due_dates=map(due_date_message, due_dates), next_page_token=token)

    def GetDutyFinding(  # noqa: N802
        self, request: pb.GetDutyFindingRequest, context: grpc.ServicerContext
    ) -> pb.GetDutyFindingResponse:
        """See the contract."""
        said = self._reading.duty_finding(current_caller(), request.finding_id)
        return pb.GetDutyFindingResponse(finding=findings_pb2.Finding.FromString(said.content))


def _given(request: pb.SaveReportRequest | pb.ValidateReportRequest) -> GivenReport:
    return GivenReport(
        request.platform_id,
        request.area_code,
        request.quarter,
        figures_of(request.figures),
        dict(request.explanations),
    )


def _request(request_id: str, message: Message) -> Request:
    return Request(current_caller().party_id, request_id, content_sha256(message))
