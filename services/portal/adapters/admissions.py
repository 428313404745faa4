"""Admission to live intake over gRPC with the reader's own token."""

from __future__ import annotations

import grpc

from quzhong.api.registry.v1 import admission_pb2 as pb
from quzhong.api.registry.v1 import admission_pb2_grpc
from services.portal.adapters import decode_lookups
from services.portal.adapters.calls import asked
from services.portal.core.admission import Admission


class GrpcAdmissions:
    """Implements ``services.portal.admission_ports.Admissions``."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._admissions = admission_pb2_grpc.AdmissionServiceStub(channel)

    async def of(self, token: str, platform_id: str) -> Admission:
        """See the port."""
        request = pb.GetAdmissionRequest(platform_id=platform_id)
        answer = await asked(self._admissions.GetAdmission, request, token)
        return decode_lookups.admission(answer.admission)

    async def admit(self, token: str, platform_id: str, reason: str, request_id: str) -> None:
        """See the port."""
        request = pb.AdmitPlatformRequest(request_id=request_id, platform_id=platform_id, reason=reason)
        await asked(self._admissions.AdmitPlatform, request, token)
