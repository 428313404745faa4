"""``WorkerCodeService``: decode, call a use case, encode."""

from __future__ import annotations

import grpc

from kit.requests import content_sha256
from kit.security.caller import current_caller
from quzhong.api.registry.v1 import worker_codes_pb2 as pb
from quzhong.api.registry.v1 import worker_codes_pb2_grpc
from services.registry.core.pages import Page
from services.registry.core.worker_codes import WorkerCode
from services.registry.identity.worker_codes import WorkerCodes
from services.registry.ports import Request


class WorkerCodeServicer(worker_codes_pb2_grpc.WorkerCodeServiceServicer):
    """The RPCs. Who may call which stands in ``kit.security.permissions``."""

    def __init__(self, codes: WorkerCodes) -> None:
        self._codes = codes

    def IssueWorkerCode(  # noqa: N802
        self, request: pb.IssueWorkerCodeRequest, context: grpc.ServicerContext
    ) -> pb.IssueWorkerCodeResponse:
        """See the contract."""
        asked = Request(current_caller().party_id, request.request_id, content_sha256(request))
        issued = self._codes.issue(asked, request.worker_id, request.reason)
        answer = pb.IssueWorkerCodeResponse(code=issued.code, code_id=issued.kept.code_id)
        answer.expire_time.FromMilliseconds(issued.kept.expire_ms)
        return answer

    def RedeemWorkerCode(  # noqa: N802
        self, request: pb.RedeemWorkerCodeRequest, context: grpc.ServicerContext
    ) -> pb.RedeemWorkerCodeResponse:
        """See the contract."""
        opened = self._codes.redeem(request.code, _address(context.peer()))
        answer = pb.RedeemWorkerCodeResponse(access_token=opened.token)
        answer.expire_time.FromMilliseconds(opened.expire_ms)
        return answer

    def ListWorkerCodes(  # noqa: N802
        self, request: pb.ListWorkerCodesRequest, context: grpc.ServicerContext
    ) -> pb.ListWorkerCodesResponse:
        """See the contract."""
        page = Page(request.page_size, request.page_token)
        codes, token = self._codes.listed(current_caller().worker_ids, page)
        return pb.ListWorkerCodesResponse(codes=map(_code, codes), next_page_token=token)


def _address(peer: str) -> str:
    """Whence a call came, without the port: ``ipv4:127.0.0.1:40312``."""
    return peer.rpartition(":")[0]


def _code(code: WorkerCode) -> pb.WorkerCode:
    message = pb.WorkerCode(code_id=code.code_id, party_id=code.party_id, reason=code.reason)
    message.create_time.FromMilliseconds(code.create_ms)
    if code.redeem_ms is not None:
        message.redeem_time.FromMilliseconds(code.redeem_ms)
    return message
