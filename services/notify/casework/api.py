"""``CaseworkService``: decode, call, encode. Who acts is the caller."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import grpc
from google.protobuf.message import Message

from kit.grpc.moments import epoch_ms
from kit.requests import content_sha256
from kit.security.caller import current_caller
from quzhong.api.notify.v1 import casework_pb2 as pb
from quzhong.api.notify.v1 import casework_pb2_grpc
from services.notify.casework.acts import Act, Asked, Casework
from services.notify.casework.fields import day_of
from services.notify.casework.finding_appeals import FindingAppeals
from services.notify.casework.messages import (
    appeal_message,
    reply_message,
    talk_message,
)
from services.notify.casework.notice_documents import NoticeDocuments
from services.notify.casework.ports import CaseworkReading
from services.notify.casework.reads import Reads
from services.notify.casework.rectifying import Rectifying
from services.notify.casework.replying import GivenFile, Replying
from services.notify.casework.rights import Rights
from services.notify.casework.standing_in import StandingIn
from services.notify.casework.summonses import Invitation, Summonses
from services.notify.core.talks import Commitment

T = TypeVar("T")
Answer = TypeVar("Answer", bound=Message)


class CaseworkServicer(casework_pb2_grpc.CaseworkServiceServicer):
    """One use case an RPC."""

    def __init__(
        self,
        casework: Casework,
        reading: CaseworkReading,
        documents: NoticeDocuments,
        rights: Rights,
    ) -> None:
        self._casework = casework
        self._reads = Reads(reading, documents, rights)
        self._summonses = Summonses(casework)
        self._rectifying = Rectifying(casework)
        self._replying = Replying(casework)
        self._appeals = FindingAppeals(casework)
        self._standing_in = StandingIn(casework)

    def ReplyToNotice(  # noqa: N802
        self, request: pb.ReplyToNoticeRequest, context: grpc.ServicerContext
    ) -> pb.ReplyToNoticeResponse:
        files = [GivenFile(file.name, file.content) for file in request.files]
        return self._once(
            request,
            lambda act: self._replying.reply(
                act, request.notice_id, request.kind, request.text, files, request.asked_until
            ),
            lambda reply: pb.ReplyToNoticeResponse(reply=reply_message(reply)),
        )

    def GetAttachment(  # noqa: N802
        self, request: pb.GetAttachmentRequest, context: grpc.ServicerContext
    ) -> pb.GetAttachmentResponse:
        return self._reads.attachment(request)

    def AppealFinding(  # noqa: N802
        self, request: pb.AppealFindingRequest, context: grpc.ServicerContext
    ) -> pb.AppealFindingResponse:
        return self._once(
            request,
            lambda act: self._appeals.file(act, request.case_id, request.finding_id, request.grounds),
            lambda appeal: pb.AppealFindingResponse(appeal=appeal_message(appeal)),
        )

    def DecideFindingAppeal(  # noqa: N802
        self, request: pb.DecideFindingAppealRequest, context: grpc.ServicerContext
    ) -> pb.DecideFindingAppealResponse:
        return self._once(
            request,
            lambda act: self._appeals.decide(act, request.appeal_id, request.uphold, request.reason),
            lambda appeal: pb.DecideFindingAppealResponse(appeal=appeal_message(appeal)),
        )

    def ProposeSummons(  # noqa: N802
        self, request: pb.ProposeSummonsRequest, context: grpc.ServicerContext
    ) -> pb.ProposeSummonsResponse:
        return self._once(
            request,
            lambda act: self._summonses.propose(act, request.case_id, request.reason),
            lambda _: pb.ProposeSummonsResponse(),
        )

    def ApproveSummons(  # noqa: N802
        self, request: pb.ApproveSummonsRequest, context: grpc.ServicerContext
    ) -> pb.ApproveSummonsResponse:
        return self._once(
            request,
            lambda act: self._summonses.approve(act, request.case_id, request.reason),
            lambda _: pb.ApproveSummonsResponse(),
        )

    def DeclineSummons(  # noqa: N802
        self, request: pb.DeclineSummonsRequest, context: grpc.ServicerContext
    ) -> pb.DeclineSummonsResponse:
        return self._once(
            request,
            lambda act: self._summonses.decline(act, request.case_id, request.reason),
            lambda _: pb.DeclineSummonsResponse(),
        )

    def SendSummons(  # noqa: N802
        self, request: pb.SendSummonsRequest, context: grpc.ServicerContext
    ) -> pb.SendSummonsResponse:
        invitation = Invitation(
            epoch_ms(request.start_time, "start_time"),
            epoch_ms(request.end_time, "end_time"),
            request.place,
            request.attendees,
            tuple(request.joint_department_ids),
        )
        return self._once(
            request,
            lambda act: self._summonses.send(act, request.case_id, invitation),
            lambda sent: pb.SendSummonsResponse(talk=talk_message(sent[0]), notice_id=sent[1].notice_id),
        )

    def MoveTalk(  # noqa: N802
        self, request: pb.MoveTalkRequest, context: grpc.ServicerContext
    ) -> pb.MoveTalkResponse:
        invitation = Invitation(
            epoch_ms(request.start_time, "start_time"), epoch_ms(request.end_time, "end_time"), request.place
        )
        return self._once(
            request,
            lambda act: self._summonses.move(act, request.case_id, invitation, request.reason),
            lambda talk: pb.MoveTalkResponse(talk=talk_message(talk)),
        )

    def CancelSummons(  # noqa: N802
        self, request: pb.CancelSummonsRequest, context: grpc.ServicerContext
    ) -> pb.CancelSummonsResponse:
        return self._once(
            request,
            lambda act: self._summonses.cancel(act, request.case_id, request.reason),
            lambda talk: pb.CancelSummonsResponse(talk=talk_message(talk)),
        )

    def RecordTalk(  # noqa: N802
        self, request: pb.RecordTalkRequest, context: grpc.ServicerContext
    ) -> pb.RecordTalkResponse:
        commitments = [
            Commitment(each.text, day_of("commitments.due_date", each.due_date) if each.due_date else None)
            for each in request.commitments
        ]
        return self._once(
            request,
            lambda act: self._summonses.record(
                act,
                request.case_id,
                appeared=not request.failed_to_appear,
                minutes=request.minutes,
                commitments=commitments,
            ),
            lambda talk: pb.RecordTalkResponse(talk=talk_message(talk)),
        )

    def OrderRectification(  # noqa: N802
        self, request: pb.OrderRectificationRequest, context: grpc.ServicerContext
    ) -> pb.OrderRectificationResponse:
        return self._once(
            request,
            lambda act: self._rectifying.order(act, request.case_id, request.measures, request.deadline),
            lambda notice: pb.OrderRectificationResponse(notice_id=notice.notice_id),
        )

    def DecideExtension(  # noqa: N802
        self, request: pb.DecideExtensionRequest, context: grpc.ServicerContext
    ) -> pb.DecideExtensionResponse:
        return self._once(
            request,
            lambda act: self._rectifying.decide_extension(
                act, request.case_id, request.until, request.reason
            ),
            lambda _: pb.DecideExtensionResponse(),
        )

    def EscalateCase(  # noqa: N802
        self, request: pb.EscalateCaseRequest, context: grpc.ServicerContext
    ) -> pb.EscalateCaseResponse:
        return self._once(
            request,
            lambda act: self._rectifying.escalate(act, request.case_id, request.reason),
            lambda _: pb.EscalateCaseResponse(),
        )

    def CloseCase(  # noqa: N802
        self, request: pb.CloseCaseRequest, context: grpc.ServicerContext
    ) -> pb.CloseCaseResponse:
        return self._once(
            request,
            lambda act: self._rectifying.close(act, request.case_id, request.reason),
            lambda _: pb.CloseCaseResponse(),
        )

    def GetNoticeDocument(  # noqa: N802
        self, request: pb.GetNoticeDocumentRequest, context: grpc.ServicerContext
    ) -> pb.GetNoticeDocumentResponse:
        return self._reads.document(request)

    def ListAgenda(  # noqa: N802
        self, request: pb.ListAgendaRequest, context: grpc.ServicerContext
    ) -> pb.ListAgendaResponse:
        return self._reads.agenda(request)

    def SetAbsence(  # noqa: N802
        self, request: pb.SetAbsenceRequest, context: grpc.ServicerContext
    ) -> pb.SetAbsenceResponse:
        asked = request.absence
        return self._once(
            request,
            lambda act: self._standing_in.set(
                act, asked.official_id, asked.deputy_id, asked.first_date, asked.last_date
            ),
            lambda _: pb.SetAbsenceResponse(),
        )

    def ListAbsences(  # noqa: N802
        self, request: pb.ListAbsencesRequest, context: grpc.ServicerContext
    ) -> pb.ListAbsencesResponse:
        return self._reads.absences(request)

    def _once(self, request: Any, act: Callable[[Act], T], encode: Callable[[T], Answer]) -> Answer:
        asked = Asked(current_caller(), request.request_id, content_sha256(request))
        response = self._casework.once(
            asked, act, lambda done: encode(done).SerializeToString(deterministic=True)
        )
        answer: Answer = _ANSWERS[type(request)].FromString(response)
        return answer


_ANSWERS: dict[type[Message], Any] = {
    getattr(pb, f"{name}Request"): getattr(pb, f"{name}Response")
    for name in (method.name for method in pb.DESCRIPTOR.services_by_name["CaseworkService"].methods)
}
"""The response of each request, to read a kept answer with."""
