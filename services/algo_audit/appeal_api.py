"""``AppealService``: decode, call a use case, encode."""

from __future__ import annotations

import grpc

from kit.grpc.paging import page_key, page_size, page_token
from kit.security.caller import current_caller
from quzhong.api.algo_audit.v1 import appeals_pb2 as pb
from quzhong.api.algo_audit.v1 import appeals_pb2_grpc
from services.algo_audit.appeals import AppealDesk, ShownAppeal
from services.algo_audit.core.appeal import Penalty
from services.algo_audit.wire_appeals import appeal_to_proto
from services.algo_audit.wire_mutations import mutation_of


class AppealServicer(appeals_pb2_grpc.AppealServiceServicer):
    """The RPCs. Who may call which stands in ``kit.security.permissions``."""

    def __init__(self, desk: AppealDesk) -> None:
        self._desk = desk

    def FileAppeal(  # noqa: N802
        self, request: pb.FileAppealRequest, context: grpc.ServicerContext
    ) -> pb.FileAppealResponse:
        """See the contract."""
        penalty = Penalty(request.platform_id, request.worker_id, request.order_id, request.penalty_fen)
        shown = self._desk.file(current_caller(), mutation_of(request), penalty, request.grounds)
        return pb.FileAppealResponse(appeal=_message(shown))

    def ReplyToAppeal(  # noqa: N802
        self, request: pb.ReplyToAppealRequest, context: grpc.ServicerContext
    ) -> pb.ReplyToAppealResponse:
        """See the contract."""
        shown = self._desk.reply(
            current_caller(), mutation_of(request), request.appeal_id, request.outcome, request.reply
        )
        return pb.ReplyToAppealResponse(appeal=_message(shown))

    def GetAppeal(  # noqa: N802
        self, request: pb.GetAppealRequest, context: grpc.ServicerContext
    ) -> pb.GetAppealResponse:
        """See the contract."""
        return pb.GetAppealResponse(appeal=_message(self._desk.get(current_caller(), request.appeal_id)))

    def ListAppeals(  # noqa: N802
        self, request: pb.ListAppealsRequest, context: grpc.ServicerContext
    ) -> pb.ListAppealsResponse:
        """See the contract."""
        key = page_key(request.page_token, str)
        page = self._desk.page(
            current_caller(),
            request.platform_id,
            request.state,
            None if key is None else str(key[0]),
            page_size(request.page_size),
            overdue_only=request.overdue_only,
        )
        return pb.ListAppealsResponse(
            appeals=map(_message, page.appeals),
            next_page_token="" if page.next_after is None else page_token(page.next_after),
        )


def _message(shown: ShownAppeal) -> pb.Appeal:
    return appeal_to_proto(shown.appeal, overdue=shown.overdue)
