"""``AdmissionService``: decode, call a handler, encode."""

from __future__ import annotations

import grpc

from kit.requests import content_sha256
from kit.security.caller import current_caller
from quzhong.api.registry.v1 import admission_pb2 as pb
from quzhong.api.registry.v1 import admission_pb2_grpc
from services.registry.admission.handlers import Admissions
from services.registry.admission.messages import admission_message
from services.registry.core.pages import Page
from services.registry.ports import Request


class AdmissionServicer(admission_pb2_grpc.AdmissionServiceServicer):
    """The RPCs. Who may call which stands in ``kit.security.permissions``."""

    def __init__(self, admissions: Admissions) -> None:
        self._admissions = admissions

    def SubmitConformanceReport(  # noqa: N802
        self, request: pb.SubmitConformanceReportRequest, context: grpc.ServicerContext
    ) -> pb.SubmitConformanceReportResponse:
        """See the contract."""
        caller = current_caller()
        caller.require_platform(request.platform_id)
        asked = Request(caller.party_id, request.request_id, content_sha256(request))
        admission = self._admissions.submit_report(asked, caller, request.platform_id, request.report)
        return pb.SubmitConformanceReportResponse(admission=admission_message(admission))

    def AdmitPlatform(  # noqa: N802
        self, request: pb.AdmitPlatformRequest, context: grpc.ServicerContext
    ) -> pb.AdmitPlatformResponse:
        """See the contract."""
        caller = current_caller()
        asked = Request(caller.party_id, request.request_id, content_sha256(request))
        admission = self._admissions.admit(asked, caller, request.platform_id, request.reason)
        return pb.AdmitPlatformResponse(admission=admission_message(admission))

    def GetAdmission(  # noqa: N802
        self, request: pb.GetAdmissionRequest, context: grpc.ServicerContext
    ) -> pb.GetAdmissionResponse:
        """See the contract."""
        admission, history, report = self._admissions.admission(current_caller(), request.platform_id)
        return pb.GetAdmissionResponse(
            admission=admission_message(admission), report=report, history=map(admission_message, history)
        )

    def ListAdmissions(  # noqa: N802
        self, request: pb.ListAdmissionsRequest, context: grpc.ServicerContext
    ) -> pb.ListAdmissionsResponse:
        """See the contract."""
        page = Page(request.page_size, request.page_token)
        found, token = self._admissions.admissions(current_caller(), request.state, page)
        return pb.ListAdmissionsResponse(admissions=map(admission_message, found), next_page_token=token)
