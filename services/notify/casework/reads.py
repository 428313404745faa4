"""What ``CaseworkService`` lets callers read: attachments, letters as files, agendas, absences."""

from __future__ import annotations

from kit.errors import InvalidArgumentError, NotFoundError, PermissionDeniedError
from kit.grpc.paging import page_key, page_size, page_token
from kit.security.caller import Caller, current_caller
from quzhong.api.notify.v1 import casework_pb2 as pb
from services.notify.audiences import audience_of, sees_place
from services.notify.casework.fields import day_of
from services.notify.casework.messages import absence_message, agenda_message, attachment_message
from services.notify.casework.notice_documents import NoticeDocuments
from services.notify.casework.ports import CaseworkReading
from services.notify.casework.refusals import notice_not_found
from services.notify.casework.rights import Rights, hears_both_sides
from services.notify.core.cases import Case
from services.notify.core.privacy import too_few

AGENDA_DAYS = 366
"""As the contract says."""


class Reads:
    """One answer an RPC; nothing of it changes anything."""

    def __init__(self, reading: CaseworkReading, documents: NoticeDocuments, rights: Rights) -> None:
        self._reading = reading
        self._documents = documents
        self._rights = rights

    def attachment(self, request: pb.GetAttachmentRequest) -> pb.GetAttachmentResponse:
        """``GetAttachment``."""
        caller = self._rights.widened(current_caller())
        kept = self._reading.attachment(request.attachment_id)
        case = None if kept is None else self._reading.case(kept.case_id)
        if kept is None or case is None or not _is_party(caller, case):
            raise NotFoundError(
                f"attachment_id: no attachment {request.attachment_id[:80]!r} that you may see",
                zh=f"attachment_id：没有您可以查看的附件 {request.attachment_id[:80]!r}",
                field="attachment_id",
                reason="ATTACHMENT_NOT_FOUND",
            )
        return pb.GetAttachmentResponse(attachment=attachment_message(kept.attachment), content=kept.content)

    def document(self, request: pb.GetNoticeDocumentRequest) -> pb.GetNoticeDocumentResponse:
        """``GetNoticeDocument``."""
        caller = self._rights.widened(current_caller())
        notice = self._reading.notice(request.notice_id)
        if notice is None or not sees_place(caller, notice.place):
            raise notice_not_found(request.notice_id)
        if not caller.sees_workers and too_few(notice.workers):
            raise PermissionDeniedError(
                f"notice_id: {notice.notice_id} counts fewer than 10 workers; you see aggregates only",
                zh=f"notice_id：文书 {notice.notice_id} 涉及的劳动者不足 10 名；您只能查看汇总数据",
                field="notice_id",
                reason="SUPPRESSED",
            )
        talk = self._reading.talk(notice.talk_id) if notice.talk_id else None
        # As hears_both_sides says it of a case.
        told = caller.sees_workers or caller.party_id == notice.place.party_id
        file = self._documents.render(notice, talk, request.format, request.language, told=told)
        return pb.GetNoticeDocumentResponse(name=file.name, media_type=file.media_type, content=file.content)

    def agenda(self, request: pb.ListAgendaRequest) -> pb.ListAgendaResponse:
        """``ListAgenda``."""
        first, last = day_of("first_date", request.first_date), day_of("last_date", request.last_date)
        if not 0 <= (last - first).days < AGENDA_DAYS:
            raise InvalidArgumentError(
                f"last_date: {last} is before {first}, or the span has more than {AGENDA_DAYS} days",
                zh=f"last_date：{last} 早于 {first}，或者跨度超过 {AGENDA_DAYS} 天",
                field="last_date",
                reason="SPAN_INVALID",
            )
        size = page_size(request.page_size)
        after = page_key(request.page_token, str, int, str, int)
        items = self._reading.agenda(audience_of(current_caller()), first, last)
        page = [item for item in items if after is None or item.key > after][: size + 1]
        more = page_token(*page[size - 1].key) if len(page) > size else ""
        return pb.ListAgendaResponse(items=map(agenda_message, page[:size]), next_page_token=more)

    def absences(self, request: pb.ListAbsencesRequest) -> pb.ListAbsencesResponse:
        """``ListAbsences``."""
        size = page_size(request.page_size)
        key = page_key(request.page_token, str, str)
        after = None if key is None else (day_of("page_token", str(key[0])), str(key[1]))
        absences = self._reading.absences(after, size + 1)
        more = ""
        if len(absences) > size:
            last = absences[size - 1]
            more = page_token(last.first.isoformat(), last.official_id)
        return pb.ListAbsencesResponse(absences=map(absence_message, absences[:size]), next_page_token=more)


def _is_party(caller: Caller, case: Case) -> bool:
    return sees_place(caller, case.place) and hears_both_sides(caller, case)
