"""Casework scripted: one case that has climbed the whole ladder, and acts that are written down."""

# ruff: noqa: N802 (RPCs have the names the contract gives them)

from __future__ import annotations

from typing import Any

from google.protobuf.message import Message

from kit.errors import FailedPreconditionError, NotFoundError
from kit.security.caller import Role, current_caller
from quzhong.api.events.v1 import findings_pb2 as findings_pb
from quzhong.api.notify.v1 import casework_pb2 as pb
from quzhong.api.notify.v1 import casework_pb2_grpc, notify_pb2
from tests.support.fake_suite import data

LADDER_CASE_ID = "case-1adde7"
ILLEGAL_CASE_ID = "case-illegal"
"""Whatever is asked in it is a step its state does not allow."""
PDF = b"%PDF-1.7 scripted"
ICS = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"

_DEPARTMENT = (
    notify_pb2.CASE_TRIGGER_SUMMONS_SENT,
    notify_pb2.CASE_TRIGGER_TALK_HELD,
    notify_pb2.CASE_TRIGGER_TALK_MOVED,
    notify_pb2.CASE_TRIGGER_ORDER_ISSUED,
    notify_pb2.CASE_TRIGGER_TIME_EXTENDED,
    notify_pb2.CASE_TRIGGER_SUMMONS_PROPOSED,
    notify_pb2.CASE_TRIGGER_SUMMONS_APPROVED,
    notify_pb2.CASE_TRIGGER_SUMMONS_DECLINED,
    notify_pb2.CASE_TRIGGER_SUMMONS_CANCELLED,
    notify_pb2.CASE_TRIGGER_ESCALATED,
    notify_pb2.CASE_TRIGGER_CLOSED,
)
"""More than any state allows at once, so that every form is on the page."""


def ladder_case() -> notify_pb2.Case:
    return notify_pb2.Case(
        case_id=LADDER_CASE_ID,
        platform_id="kuaida",
        rule_id=data.RULE,
        area_code="130203",
        state=notify_pb2.CASE_STATE_RECTIFYING,
        title=data.both("连续工作时间超限", "Continuous work beyond the limit"),
        findings=31,
        workers=24,
        rate_per_thousand=18.7,
        create_time=data.moment(data.at("2026-03-02 11:43")),
        update_time=data.moment(data.at("2026-03-16 17:00")),
        severity=findings_pb.SEVERITY_BREACH,
        deadline="2026-04-10",
        openings=1,
        department_ids=["tangshan-hrss"],
    )


def ladder_file() -> notify_pb2.GetCaseResponse:
    """As the caller sees it: whoever supervises may take steps, the platform may answer."""
    supervises = current_caller().role is Role.REGULATOR
    return notify_pb2.GetCaseResponse(
        case=ladder_case(),
        findings=[
            data.working_time_finding(7, ((0, 90), (95, 180), (190, 262))),
            data.working_time_finding(8, ((0, 110), (118, 248))),
        ],
        set_aside_finding_ids=["finding-0008"],
        notices=[_notice(kind, day) for kind, day in _LETTERS],
        steps=[_step(*step) for step in _STEPS],
        next_steps=_DEPARTMENT if supervises else (notify_pb2.CASE_TRIGGER_ANSWERED,),
        replies=[
            pb.Reply(
                reply_id="reply-1",
                case_id=LADDER_CASE_ID,
                notice_id="notice-order",
                kind=pb.REPLY_KIND_EXTENSION_ASKED,
                text="系统改造需要联调，申请延期一周。\n附测试计划。",
                attachments=[
                    pb.Attachment(
                        attachment_id="attachment-1",
                        name="测试计划.pdf",
                        media_type="application/pdf",
                        bytes=18_432,
                        sha256="0" * 64,
                    )
                ],
                asked_until="2026-04-17",
                actor="kuaida",
                create_time=data.moment(data.at("2026-03-16 09:30")),
            ),
            pb.Reply(
                reply_id="reply-2",
                case_id=LADDER_CASE_ID,
                notice_id="notice-warning",
                kind=pb.REPLY_KIND_ANSWER,
                text="已核查。",
                actor="kuaida",
                late=True,
                create_time=data.moment(data.at("2026-03-12 18:00")),
            ),
        ],
        talks=[
            pb.Talk(
                talk_id="talk-1",
                case_id=LADDER_CASE_ID,
                state=pb.TALK_STATE_HELD,
                start_time=data.moment(data.at("2026-03-16 10:00")),
                end_time=data.moment(data.at("2026-03-16 11:00")),
                place="唐山市人社局 301 会议室",
                department_ids=["tangshan-hrss"],
                attendees="平台负责人、算法负责人",
                approved_by="tangshan-hrss",
                sequence=1,
                minutes="平台承认派单规则未保障骑手休息，\n承诺限期改正。",
                commitments=[
                    pb.Commitment(text="连续接单满 4 小时即停止推送订单 20 分钟。", due_date="2026-03-20")
                ],
            )
        ],
        rechecks=[
            pb.Recheck(
                recheck_id="recheck-1",
                case_id=LADDER_CASE_ID,
                before=_observed("2026-02-24", "2026-03-02", 24),
                after=_observed("2026-03-09", "2026-03-15", 19),
                ratio=0.79,
                ratio_low=0.43,
                ratio_high=1.44,
                confidence=0.95,
                outcome=pb.RECHECK_OUTCOME_NOT_SHOWN,
                reason=data.both(
                    "比值 0.79（95% 置信区间 0.43–1.44）：未见改善。",
                    "Ratio 0.79 (95 % interval 0.43–1.44): no improvement shown.",
                ),
                create_time=data.moment(data.at("2026-03-16 02:00")),
            )
        ],
        appeals=[
            pb.FindingAppeal(
                appeal_id="appeal-1",
                case_id=LADDER_CASE_ID,
                finding_id="finding-0007",
                revision=1,
                state=pb.FINDING_APPEAL_STATE_FILED,
                grounds="该劳动者中途已下线休息 30 分钟。",
                actor="kuaida",
                create_time=data.moment(data.at("2026-03-16 12:00")),
            )
        ],
    )


_LETTERS = (("WARNING", "2026-03-03"), ("SUMMONS", "2026-03-11"), ("RECTIFICATION", "2026-03-16"))
_STEPS = (
    ("OPEN", "2026-03-02", "有认定成立的超限情形。", "A finding stands."),
    ("WARNED", "2026-03-03", "每千人 18.7 名，超过警示标准。", "18.7 in a thousand: above the standard."),
    ("SUMMONS_PROPOSED", "2026-03-11", "截至2026年3月10日未作答复。", "Not answered by 2026-03-10."),
    ("TALK_HELD", "2026-03-16", "约谈如期举行。", "The talk was held."),
    ("RECTIFYING", "2026-03-16", "责令限期整改。", "Ordered to rectify."),
)


def _notice(kind: str, day: str) -> notify_pb2.Notice:
    name = {"WARNING": "warning", "SUMMONS": "summons", "RECTIFICATION": "order"}[kind]
    letter = data.warning()
    letter.notice_id = f"notice-{name}"
    letter.kind = notify_pb2.NoticeKind.Value(f"NOTICE_KIND_{kind}")
    letter.case_id = LADDER_CASE_ID
    letter.create_time.CopyFrom(data.moment(data.at(f"{day} 09:00")))
    letter.deadline = "2026-04-10" if kind == "RECTIFICATION" else ""
    letter.signed_by = "tangshan-hrss"
    return letter


def _step(state: str, day: str, zh: str, en: str) -> notify_pb2.CaseStep:
    return notify_pb2.CaseStep(
        step_time=data.moment(data.at(f"{day} 09:00")),
        to_state=notify_pb2.CaseState.Value(f"CASE_STATE_{state}"),
        actor="tangshan-hrss",
        reason=data.both(zh, en),
        clause=data.both("唐人社字〔2022〕1号第二部分第14条", "唐人社字〔2022〕1号, part 2, item 14"),
    )


def _observed(first: str, last: str, workers: int) -> pb.Observed:
    return pb.Observed(
        first_date=first,
        last_date=last,
        workers=workers,
        active=1284,
        rate_per_thousand=round(1000 * workers / 1284, 1),
    )


class Casework(casework_pb2_grpc.CaseworkServiceServicer):
    """``acts`` has what was asked, in order."""

    def __init__(self, acts: list[Message]) -> None:
        self._acts = acts

    def _note(self, request: Any) -> None:
        if getattr(request, "case_id", "") == ILLEGAL_CASE_ID:
            raise FailedPreconditionError(
                "case_id: the case is WARNED, where this step is not lawful",
                zh="case_id：本案处于“已警示”，不能办理此步骤",
                field="case_id",
                reason="ILLEGAL_STEP",
            )
        self._acts.append(request)

    def ReplyToNotice(self, request: pb.ReplyToNoticeRequest, context: Any) -> pb.ReplyToNoticeResponse:
        self._note(request)
        return pb.ReplyToNoticeResponse()

    def AppealFinding(self, request: pb.AppealFindingRequest, context: Any) -> pb.AppealFindingResponse:
        self._note(request)
        return pb.AppealFindingResponse()

    def DecideFindingAppeal(
        self, request: pb.DecideFindingAppealRequest, context: Any
    ) -> pb.DecideFindingAppealResponse:
        self._note(request)
        return pb.DecideFindingAppealResponse()

    def ProposeSummons(self, request: pb.ProposeSummonsRequest, context: Any) -> pb.ProposeSummonsResponse:
        self._note(request)
        return pb.ProposeSummonsResponse()

    def ApproveSummons(self, request: pb.ApproveSummonsRequest, context: Any) -> pb.ApproveSummonsResponse:
        self._note(request)
        return pb.ApproveSummonsResponse()

    def DeclineSummons(self, request: pb.DeclineSummonsRequest, context: Any) -> pb.DeclineSummonsResponse:
        self._note(request)
        return pb.DeclineSummonsResponse()

    def SendSummons(self, request: pb.SendSummonsRequest, context: Any) -> pb.SendSummonsResponse:
        self._note(request)
        return pb.SendSummonsResponse()

    def MoveTalk(self, request: pb.MoveTalkRequest, context: Any) -> pb.MoveTalkResponse:
        self._note(request)
        return pb.MoveTalkResponse()

    def CancelSummons(self, request: pb.CancelSummonsRequest, context: Any) -> pb.CancelSummonsResponse:
        self._note(request)
        return pb.CancelSummonsResponse()

    def RecordTalk(self, request: pb.RecordTalkRequest, context: Any) -> pb.RecordTalkResponse:
        self._note(request)
        return pb.RecordTalkResponse()

    def OrderRectification(
        self, request: pb.OrderRectificationRequest, context: Any
    ) -> pb.OrderRectificationResponse:
        self._note(request)
        return pb.OrderRectificationResponse()

    def DecideExtension(self, request: pb.DecideExtensionRequest, context: Any) -> pb.DecideExtensionResponse:
        self._note(request)
        return pb.DecideExtensionResponse()

    def EscalateCase(self, request: pb.EscalateCaseRequest, context: Any) -> pb.EscalateCaseResponse:
        self._note(request)
        return pb.EscalateCaseResponse()

    def CloseCase(self, request: pb.CloseCaseRequest, context: Any) -> pb.CloseCaseResponse:
        self._note(request)
        return pb.CloseCaseResponse()

    def GetNoticeDocument(
        self, request: pb.GetNoticeDocumentRequest, context: Any
    ) -> pb.GetNoticeDocumentResponse:
        if not request.notice_id.startswith("notice-"):
            raise NotFoundError("notice_id: there is none such", zh="没有这份文书", field="notice_id")
        if request.format == pb.DOCUMENT_FORMAT_ICALENDAR:
            return pb.GetNoticeDocumentResponse(name="约谈.ics", media_type="text/calendar", content=ICS)
        language = "en" if request.language == pb.LANGUAGE_EN else "zh"
        return pb.GetNoticeDocumentResponse(
            name=f"警示函-{language}.pdf", media_type="application/pdf", content=PDF
        )

    def GetAttachment(self, request: pb.GetAttachmentRequest, context: Any) -> pb.GetAttachmentResponse:
        if request.attachment_id != "attachment-1":
            raise NotFoundError("attachment_id: none", zh="没有这个附件", field="attachment_id")
        return pb.GetAttachmentResponse(
            attachment=pb.Attachment(
                attachment_id="attachment-1", name='"><script>.txt', media_type="text/html"
            ),
            content=b"<script>alert(1)</script>",
        )

    def SetAbsence(self, request: pb.SetAbsenceRequest, context: Any) -> pb.SetAbsenceResponse:
        self._note(request)
        return pb.SetAbsenceResponse()

    def ListAbsences(self, request: pb.ListAbsencesRequest, context: Any) -> pb.ListAbsencesResponse:
        return pb.ListAbsencesResponse()

    def ListAgenda(self, request: pb.ListAgendaRequest, context: Any) -> pb.ListAgendaResponse:
        def item(kind: str, day: str, **more: Any) -> pb.AgendaItem:
            return pb.AgendaItem(
                kind=pb.AgendaKind.Value(f"AGENDA_KIND_{kind}"),
                case_id=LADDER_CASE_ID,
                platform_id="kuaida",
                area_code="130203",
                title=ladder_case().title,
                date=day,
                **more,
            )

        every = [
            item("RECTIFICATION_DUE", "2026-04-10"),
            item(
                "TALK",
                "2026-03-16",
                start_time=data.moment(data.at("2026-03-16 10:00")),
                place="301 会议室",
            ),
            item("APPROVAL_AWAITED", request.first_date),
            item("ANSWER_DUE", "2026-03-10"),
        ]
        shown = [each for each in every if request.first_date <= each.date <= request.last_date]
        return pb.ListAgendaResponse(items=shown)
