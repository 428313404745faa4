"""Admission as the fake suite has it: kuaida by its report; suifeng in the sandbox until it is admitted."""

# ruff: noqa: N802 (RPCs have the names the contract gives them)

from __future__ import annotations

from typing import Any

from google.protobuf.message import Message

from kit.security.caller import current_caller
from quzhong.api.registry.v1 import admission_pb2 as pb
from quzhong.api.registry.v1 import admission_pb2_grpc
from tests.support.fake_suite import data


class Admissions(admission_pb2_grpc.AdmissionServiceServicer):
    """Keeps the decisions it was asked for in ``acts``."""

    def __init__(self, acts: list[Message]) -> None:
        self._acts = acts
        self.admissions = {
            "kuaida": pb.Admission(
                state=pb.ADMISSION_STATE_ADMITTED,
                basis=pb.ADMISSION_BASIS_CONFORMANCE_REPORT,
                actor_id="kuaida",
                kit_version="0.1.0",
            ),
            "suifeng": pb.Admission(
                state=pb.ADMISSION_STATE_SANDBOX,
                basis=pb.ADMISSION_BASIS_REGISTERED,
                actor_id="administrator",
            ),
        }

    def SubmitConformanceReport(
        self, request: pb.SubmitConformanceReportRequest, context: Any
    ) -> pb.SubmitConformanceReportResponse:
        raise NotImplementedError

    def ListAdmissions(self, request: pb.ListAdmissionsRequest, context: Any) -> pb.ListAdmissionsResponse:
        raise NotImplementedError

    def GetAdmission(self, request: pb.GetAdmissionRequest, context: Any) -> pb.GetAdmissionResponse:
        found = pb.Admission(
            state=pb.ADMISSION_STATE_ADMITTED,
            basis=pb.ADMISSION_BASIS_GRANDFATHERED,
            create_time=data.moment(data.at("2026-02-02 09:30")),
        )
        if request.platform_id in self.admissions:
            found.MergeFrom(self.admissions[request.platform_id])
        found.platform_id = request.platform_id
        return pb.GetAdmissionResponse(admission=found)

    def AdmitPlatform(self, request: pb.AdmitPlatformRequest, context: Any) -> pb.AdmitPlatformResponse:
        self._acts.append(request)
        self.admissions[request.platform_id] = pb.Admission(
            state=pb.ADMISSION_STATE_ADMITTED,
            basis=pb.ADMISSION_BASIS_OVERRIDE,
            actor_id=current_caller().party_id,
            reason=request.reason,
        )
        return pb.AdmitPlatformResponse(admission=self.admissions[request.platform_id])
