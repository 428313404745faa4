"""Acts in cases, and letters as files, over gRPC with the reader's own token."""

from __future__ import annotations

from datetime import date
from typing import Any

import grpc
from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.notify.v1 import casework_pb2 as pb
from quzhong.api.notify.v1 import casework_pb2_grpc
from services.portal.adapters.calls import MOST, asked
from services.portal.adapters.decode_cases import agenda_item, finding_appeal
from services.portal.adapters.decode_cases import reply as decode_reply
from services.portal.core.casework import (
    AgendaItem,
    DecideExtension,
    Document,
    FindingAppeal,
    GivenReply,
    MoveTalk,
    OrderRectification,
    RecordTalk,
    Reply,
    SayWhy,
    SendSummons,
    Step,
    Trigger,
)
from services.portal.core.language import Language

_LANGUAGES = {Language.CHINESE: pb.LANGUAGE_ZH_CN, Language.ENGLISH: pb.LANGUAGE_EN}


class GrpcCasework:
    """Implements ``services.portal.casework_ports.Casework``."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._stub = casework_pb2_grpc.CaseworkServiceStub(channel)

    async def take(self, token: str, case_id: str, step: Step, request_id: str) -> None:
        """See the port."""
        given = {"request_id": request_id, "case_id": case_id}
        match step:
            case SendSummons():
                summons = pb.SendSummonsRequest(
                    **given,
                    start_time=_moment(step.start_ms),
                    end_time=_moment(step.end_ms),
                    place=step.place,
                    attendees=step.attendees,
                    joint_department_ids=step.joint_department_ids,
                )
                await asked(self._stub.SendSummons, summons, token)
            case MoveTalk():
                move = pb.MoveTalkRequest(
                    **given,
                    start_time=_moment(step.start_ms),
                    end_time=_moment(step.end_ms),
                    place=step.place,
                    reason=step.reason,
                )
                await asked(self._stub.MoveTalk, move, token)
            case RecordTalk():
                record = pb.RecordTalkRequest(
                    **given,
                    failed_to_appear=step.failed_to_appear,
                    minutes=step.minutes,
                    commitments=[
                        pb.Commitment(text=each.text, due_date=each.due_date) for each in step.commitments
                    ],
                )
                await asked(self._stub.RecordTalk, record, token)
            case OrderRectification():
                order = pb.OrderRectificationRequest(**given, measures=step.measures, deadline=step.deadline)
                await asked(self._stub.OrderRectification, order, token)
            case DecideExtension():
                extension = pb.DecideExtensionRequest(**given, until=step.until, reason=step.reason)
                await asked(self._stub.DecideExtension, extension, token)
            case SayWhy():
                await self._say_why(token, step, given)

    async def _say_why(self, token: str, step: SayWhy, given: dict[str, str]) -> None:
        ways: dict[Trigger, tuple[Any, Any]] = {
            Trigger.SUMMONS_PROPOSED: (self._stub.ProposeSummons, pb.ProposeSummonsRequest),
            Trigger.SUMMONS_APPROVED: (self._stub.ApproveSummons, pb.ApproveSummonsRequest),
            Trigger.SUMMONS_DECLINED: (self._stub.DeclineSummons, pb.DeclineSummonsRequest),
            Trigger.SUMMONS_CANCELLED: (self._stub.CancelSummons, pb.CancelSummonsRequest),
            Trigger.ESCALATED: (self._stub.EscalateCase, pb.EscalateCaseRequest),
            Trigger.CLOSED: (self._stub.CloseCase, pb.CloseCaseRequest),
        }
        method, request = ways[step.trigger]
        await asked(method, request(**given, reason=step.reason), token)

    async def reply(self, token: str, reply: GivenReply, request_id: str) -> Reply:
        """See the port."""
        request = pb.ReplyToNoticeRequest(
            request_id=request_id,
            notice_id=reply.notice_id,
            kind=pb.ReplyKind.ValueType(reply.kind),
            text=reply.text,
            asked_until=reply.asked_until,
            files=[pb.AttachedFile(name=name, content=content) for name, content in reply.files],
        )
        answer = await asked(self._stub.ReplyToNotice, request, token)
        return decode_reply(answer.reply)

    async def appeal(
        self, token: str, case_id: str, finding_id: str, grounds: str, request_id: str
    ) -> FindingAppeal:
        """See the port."""
        request = pb.AppealFindingRequest(
            request_id=request_id, case_id=case_id, finding_id=finding_id, grounds=grounds
        )
        answer = await asked(self._stub.AppealFinding, request, token)
        return finding_appeal(answer.appeal)

    async def decide(self, token: str, appeal_id: str, *, uphold: bool, reason: str, request_id: str) -> None:
        """See the port."""
        request = pb.DecideFindingAppealRequest(
            request_id=request_id, appeal_id=appeal_id, uphold=uphold, reason=reason
        )
        await asked(self._stub.DecideFindingAppeal, request, token)

    async def letter(self, token: str, notice_id: str, language: Language) -> Document:
        """See the port."""
        return await self._document(token, notice_id, pb.DOCUMENT_FORMAT_PDF, _LANGUAGES[language])

    async def invitation(self, token: str, notice_id: str) -> Document:
        """See the port."""
        return await self._document(token, notice_id, pb.DOCUMENT_FORMAT_ICALENDAR, pb.LANGUAGE_UNSPECIFIED)

    async def _document(
        self,
        token: str,
        notice_id: str,
        kind: pb.DocumentFormat.ValueType,
        language: pb.Language.ValueType,
    ) -> Document:
        request = pb.GetNoticeDocumentRequest(notice_id=notice_id, format=kind, language=language)
        answer = await asked(self._stub.GetNoticeDocument, request, token)
        return Document(answer.name, answer.media_type, answer.content)

    async def attachment(self, token: str, attachment_id: str) -> Document:
        """See the port."""
        request = pb.GetAttachmentRequest(attachment_id=attachment_id)
        answer = await asked(self._stub.GetAttachment, request, token)
        return Document(answer.attachment.name, answer.attachment.media_type, answer.content)

    async def agenda(self, token: str, first: date, last: date) -> list[AgendaItem]:
        """See the port."""
        request = pb.ListAgendaRequest(
            first_date=first.isoformat(), last_date=last.isoformat(), page_size=MOST
        )
        found: list[AgendaItem] = []
        while True:
            answer = await asked(self._stub.ListAgenda, request, token)
            found += map(agenda_item, answer.items)
            request.page_token = answer.next_page_token
            if not request.page_token:
                return sorted(found, key=lambda item: (item.day, item.start_ms or 0, item.case_id))


def _moment(epoch_ms: int) -> Timestamp:
    moment = Timestamp()
    moment.FromMilliseconds(epoch_ms)
    return moment
