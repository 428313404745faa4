"""What the one a case is about says: replies to notices, with files; and what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from kit.errors import InvalidArgumentError, PermissionDeniedError
from services.notify.audiences import sees_place
from services.notify.casework.acts import Act, Casework
from services.notify.casework.fields import day_of, spoken
from services.notify.casework.refusals import notice_not_found
from services.notify.casework.rights import is_about
from services.notify.core import attachments, ladder
from services.notify.core.alerts import Alert, AlertKind
from services.notify.core.cases import Case
from services.notify.core.findings import Severity
from services.notify.core.identifiers import stable_id
from services.notify.core.letters import Notice, NoticeKind
from services.notify.core.replies import Attachment, Reply, ReplyKind
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState, Trigger

_AWAITED = {
    (NoticeKind.WARNING, CaseState.WARNED),
    (NoticeKind.RECTIFICATION, CaseState.RECTIFYING),
}
"""Notices whose deadline is the case's while it is in the state: it may have been moved since."""

_ALERTS = {
    ReplyKind.ANSWER: Text("企业提交答复：", "Reply: "),
    ReplyKind.PROGRESS: Text("企业报告整改进展：", "Progress reported: "),
    ReplyKind.EXTENSION_ASKED: Text("企业申请延期：", "More time asked for: "),
}


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as it was sent."""

    name: str
    content: bytes


class Replying:
    """The use case of ``ReplyToNotice``."""

    def __init__(self, casework: Casework) -> None:
        self._casework = casework

    def reply(
        self,
        act: Act,
        notice_id: str,
        kind: int,
        text: str,
        files: Sequence[GivenFile],
        asked_until: str,
    ) -> Reply:
        """Keep a reply. An answer to a warning in time moves its case; a late one changes nothing."""
        said = _kind(kind)
        words = spoken("text", text, required=said is not ReplyKind.ACKNOWLEDGEMENT, with_files=True)
        notice = act.book.notice(notice_id)
        if notice is None or not notice.case_id or not sees_place(act.caller, notice.place):
            raise notice_not_found(notice_id)
        case = self._casework.case(act, notice.case_id)
        if not is_about(act.caller, case):
            raise PermissionDeniedError(
                f"notice_id: {notice_id[:80]!r} is addressed to another party; only that one replies",
                zh=f"notice_id：{notice_id[:80]} 不是发给您的；只有收件单位可以答复",
                field="notice_id",
                reason="NOTICE_NOT_YOURS",
            )
        latest = act.book.latest_notice(case.case_id, notice.kind)
        awaited = (notice.kind, case.state) in _AWAITED and latest == notice
        deadline = case.deadline if awaited else notice.deadline
        attached = checked_files(files, notice_id, number := act.book.replies(notice_id))
        reply = Reply(
            reply_id=stable_id("reply", notice_id, number),
            case_id=case.case_id,
            notice_id=notice_id,
            kind=said,
            text=words,
            actor=act.caller.party_id,
            create_time_ms=act.turn.now_ms,
            attachments=attached,
            asked_until=_asked(said, asked_until, deadline),
            late=deadline is not None and act.turn.today > deadline,
        )
        act.book.add_reply(reply, [file.content for file in files])
        answers = notice.kind is NoticeKind.WARNING and said is ReplyKind.ANSWER and awaited
        if answers and not reply.late:
            self._answered(act, case, notice)
        elif said in _ALERTS:
            act.turn.alerts.append(_alert(case, reply))
        return reply

    def _answered(self, act: Act, case: Case, notice: Notice) -> None:
        rule = self._casework.rule(case)
        today = act.turn.today
        moved = self._casework.climbing.take(
            act.turn,
            case,
            Trigger.ANSWERED,
            Text("企业已在期限内答复警示函。", "The warning was answered in time."),
            actor=act.caller.party_id,
            term=ladder.observation_term(rule.ladder, today),
            watched_from=ladder.day_after(today),
        )
        act.book.save_case(moved)


def checked_files(files: Sequence[GivenFile], notice_id: str, reply: int) -> tuple[Attachment, ...]:
    """The attachments that files make.

    Raises:
        InvalidArgumentError: TOO_MANY_FILES, FILE_TOO_LARGE, FILE_EMPTY, FILE_NAME_INVALID or
            FILE_TYPE_NOT_TAKEN, naming the file.
    """
    if len(files) > attachments.MAX_FILES:
        raise InvalidArgumentError(
            f"files: {len(files)}; {attachments.MAX_FILES} at most to one reply, send the rest in another",
            zh=f"files：共 {len(files)} 个；每次答复最多 {attachments.MAX_FILES} 个，其余请另行提交",
            field="files",
            reason="TOO_MANY_FILES",
        )
    return tuple(_attachment(file, at, notice_id, reply) for at, file in enumerate(files))


def _attachment(file: GivenFile, at: int, notice_id: str, reply: int) -> Attachment:
    field, shown = f"files[{at}]", file.name[:80]
    if (
        not file.name.strip()
        or len(file.name) > attachments.MAX_NAME_CHARACTERS
        or not file.name.isprintable()
    ):
        most = attachments.MAX_NAME_CHARACTERS
        raise InvalidArgumentError(
            f"{field}.name: {shown!r} is not 1–{most} printable characters",
            zh=f"{field}.name：{shown!r} 应为 1–{most} 个可显示字符",
            field=f"{field}.name",
            reason="FILE_NAME_INVALID",
        )
    if not file.content:
        raise InvalidArgumentError(
            f"{field}: {shown!r} is empty",
            zh=f"{field}：文件 {shown} 没有内容",
            field=field,
            reason="FILE_EMPTY",
        )
    if len(file.content) > attachments.MAX_BYTES:
        raise InvalidArgumentError(
            f"{field}: {shown!r} has {len(file.content)} bytes; {attachments.MAX_BYTES} at most (2 MiB)",
            zh=f"{field}：文件 {shown} 有 {len(file.content)} 字节；"
            f"最多 {attachments.MAX_BYTES} 字节（2 MiB）",
            field=field,
            reason="FILE_TOO_LARGE",
        )
    media_type = attachments.media_type(file.name, file.content)
    if media_type is None:
        raise InvalidArgumentError(
            f"{field}: the content of {shown!r} is no PDF, PNG, JPEG, CSV, XLSX or plain text",
            zh=f"{field}：文件 {shown} 的内容不是 PDF、PNG、JPEG、CSV、XLSX 或者纯文本",
            field=field,
            reason="FILE_TYPE_NOT_TAKEN",
        )
    digest = sha256(file.content).hexdigest()
    attachment_id = stable_id("attachment", notice_id, reply, at, digest)
    return Attachment(attachment_id, file.name.strip(), media_type, len(file.content), digest)


def _kind(kind: int) -> ReplyKind:
    try:
        return ReplyKind(kind)
    except ValueError as error:
        raise InvalidArgumentError(
            f"kind: {kind} is none; say whether it acknowledges, answers, reports progress or asks for time",
            zh=f"kind：{kind} 无效；请说明是签收、答复、报告进展还是申请延期",
            field="kind",
            reason="REPLY_KIND_MISSING",
        ) from error


def _asked(kind: ReplyKind, asked_until: str, deadline: date | None) -> date | None:
    if kind is not ReplyKind.EXTENSION_ASKED:
        return None
    day = day_of("asked_until", asked_until)
    if deadline is None or day <= deadline:
        until = "-" if deadline is None else deadline.isoformat()
        raise InvalidArgumentError(
            f"asked_until: {day} is not later than the deadline ({until})",
            zh=f"asked_until：{day} 不晚于现有期限（{until}）",
            field="asked_until",
            reason="DEADLINE_OUT_OF_RANGE",
        )
    return day


def _alert(case: Case, reply: Reply) -> Alert:
    prefix = _ALERTS[reply.kind]
    return Alert(
        alert_id=stable_id("alert", "reply", reply.reply_id),
        kind=AlertKind.CASE_CHANGED,
        severity=case.tally.severity or Severity.BREACH,
        place=case.place,
        title=Text(prefix.zh + case.title.zh, prefix.en + case.title.en),
        event_time_ms=reply.create_time_ms,
        create_time_ms=reply.create_time_ms,
        case_id=case.case_id,
    )
