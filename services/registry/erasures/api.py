"""``ErasureService``: decode, call a use case, encode."""

from __future__ import annotations

import grpc

from kit.requests import content_sha256
from kit.security.caller import current_caller
from quzhong.api.registry.v1 import erasures_pb2 as pb
from quzhong.api.registry.v1 import erasures_pb2_grpc
from services.registry.erasures.handlers import Erasures
from services.registry.erasures.messages import erasure_message
from services.registry.ports import Request


class ErasureServicer(erasures_pb2_grpc.ErasureServiceServicer):
    """The RPCs. Who may call which stands in ``kit.security.permissions``."""

    def __init__(self, erasures: Erasures) -> None:
        self._erasures = erasures

    def EraseWorker(  # noqa: N802
        self, request: pb.EraseWorkerRequest, context: grpc.ServicerContext
    ) -> pb.EraseWorkerResponse:
        """See the contract."""
        asked = Request(current_caller().party_id, request.request_id, content_sha256(request))
        erasure = self._erasures.erase(asked, request.worker_id, request.reason)
        return pb.EraseWorkerResponse(erasure=erasure_message(erasure))
