"""What mails say: text and simple HTML in the subscriber's language, and the letters that went out.

``Message-ID`` is made of the delivery's id and the message's, the same at every attempt, so that a mail that
arrives twice is known as one. Headers are set through ``email.message.EmailMessage`` under the SMTP policy,
which encodes them and refuses line breaks; titles are freed of control characters before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from services.notify.core.alerts import Alert, AlertKind
from services.notify.core.deliveries import DisabledBody
from services.notify.core.digests import DigestBody
from services.notify.core.findings import SHANGHAI, Severity
from services.notify.core.identifiers import stable_id
from services.notify.core.text import Language, Text
from services.notify.delivery.ports import DueDelivery, EnclosedFile
from services.notify.ports import Names

_POLICY = SMTP.clone(cte_type="7bit")
"""Every relay takes it, whether or not it offers 8BITMIME (RFC 6152)."""

_SEVERITIES = {
    Severity.PROMPT: Text("提示", "prompt"),
    Severity.LIMIT_REACHED: Text("达到上限", "limit reached"),
    Severity.BREACH: Text("超限", "breach"),
}

_KINDS = {
    AlertKind.FINDING: Text("认定", "findings"),
    AlertKind.FINDING_AMENDED: Text("认定更正", "findings amended"),
    AlertKind.CASE_OPENED: Text("新增问题线索", "cases opened"),
    AlertKind.WARNING_SENT: Text("发出警示函", "warnings sent"),
    AlertKind.CASE_WITHDRAWN: Text("问题线索撤销", "cases withdrawn"),
    AlertKind.CASE_ANSWERED: Text("平台答复", "warnings answered"),
    AlertKind.SUMMONS_PROPOSED: Text("拟约谈", "summonses proposed"),
    AlertKind.SUMMONS_APPROVED: Text("批准约谈", "summonses approved"),
    AlertKind.SUMMONS_SENT: Text("发出约谈通知书", "summonses sent"),
    AlertKind.TALK_HELD: Text("完成约谈", "talks held"),
    AlertKind.FAILED_TO_APPEAR: Text("未到场", "failures to appear"),
    AlertKind.RECTIFICATION_ORDERED: Text("责令限期整改", "orders to rectify"),
    AlertKind.RECHECK_BEGUN: Text("开始复查", "rechecks begun"),
    AlertKind.CASE_CLOSED: Text("结案", "cases closed"),
    AlertKind.CASE_ESCALATED: Text("联合处置", "cases escalated"),
    AlertKind.CASE_CHANGED: Text("案件变更", "cases changed"),
    AlertKind.COMMENDED: Text("表扬通报", "commendations"),
    AlertKind.COMMENDED: Text("表扬通报", "commendations"),
}


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Whom mails come from."""

    sender: str
    """Mailbox of the ``From`` header."""
    contact: str = ""
    """Mailbox that somebody reads: ``Reply-To``, and where to write to unsubscribe; empty: none."""


class _Content(NamedTuple):
    subject: str
    lines: Sequence[str]
    """Paragraphs."""
    rows: Sequence[Sequence[str]] = ()
    """Of a table under them."""


def mail_of(
    due: DueDelivery, names: Names, letterbox: Letterbox, files: Sequence[EnclosedFile] = ()
) -> EmailMessage:
    """The mail, the same at every attempt."""
    language = due.subscription.language
    content = _content(due, names, language)
    mail = EmailMessage(policy=_POLICY)
    mail["Subject"] = _plain(content.subject)
    name = "取中监管预警" if language is Language.ZH_CN else "Quzhong alerts"
    mail["From"] = Address(name, addr_spec=letterbox.sender)
    mail["To"] = Address(addr_spec=due.subscription.address)
    mail["Date"] = datetime.fromtimestamp(due.create_time_ms / 1000, tz=SHANGHAI)
    domain = letterbox.sender.rpartition("@")[2]
    mail["Message-ID"] = f"<{due.delivery_id}.{due.message_id}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence note is wanted in reply
    if letterbox.contact:
        mail["Reply-To"] = Address(addr_spec=letterbox.contact)
        subject = quote(f"unsubscribe {due.subscription.subscription_id}")
        mail["List-Unsubscribe"] = f"<mailto:{letterbox.contact}?subject={subject}>"
    foot = _foot(due.subscription.subscription_id, language)
    # Base64 whatever the language: no line of a title can be taken for a boundary.
    mail.set_content(_text(content, foot), cte="base64")
    mail.add_alternative(_html(content, foot, language), subtype="html", cte="base64")
    for file in files:
        _enclose(mail, file)
    mail["Content-Language"] = "zh-CN" if language is Language.ZH_CN else "en"
    for number, part in enumerate(each for each in mail.walk() if each.is_multipart()):
        part.set_boundary(stable_id("part", due.delivery_id, due.message_id, number))
    return mail


def _enclose(mail: EmailMessage, file: EnclosedFile) -> None:
    main, _, sub = file.media_type.partition("/")
    if file.method:  # RFC 6047: the invitation's method stands in the type as well
        mail.add_attachment(
            file.content.decode(), subtype=sub, charset="utf-8", cte="base64", filename=file.name
        )
        part = list(mail.iter_attachments())[-1]
        part.set_param("method", file.method)
    else:
        mail.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)


def _content(due: DueDelivery, names: Names, language: Language) -> _Content:
    match due.body:
        case Alert():
            return _of_alert(due.body, names, language)
        case DigestBody():
            return _of_digest(due.body, names, language)
        case DisabledBody():
            return _of_disabled(due.body, language)


def _of_alert(alert: Alert, names: Names, language: Language) -> _Content:
    zh = language is Language.ZH_CN
    title = _in(alert.title, language)
    heads = ("平台 地区 规则 级别 时间" if zh else "Platform Area Rule Severity Time").split()
    values = (
        _in(names.platform(alert.place.platform_id), language),
        _in(names.area(alert.place.area_code), language),
        alert.place.rule_id,
        _in(_SEVERITIES[alert.severity], language),
        _moment(alert.event_time_ms, language),
    )
    rows = [*zip(heads, values, strict=True)]
    if alert.case_id:
        rows.append(("案件" if zh else "Case", alert.case_id))
    return _Content(f"【取中】{title}" if zh else f"[Quzhong] {title}", [title], rows)


def _of_digest(digest: DigestBody, names: Names, language: Language) -> _Content:
    zh = language is Language.ZH_CN
    subject = f"【取中】预警汇总：{digest.alerts} 条" if zh else f"[Quzhong] Digest: {digest.alerts} alerts"
    lines = [
        f"截至 {_moment(digest.create_time_ms, language)}，共 {digest.alerts} 条："
        if zh
        else f"Up to {_moment(digest.create_time_ms, language)}, {digest.alerts} alerts:"
    ]
    for (kind, severity), count in digest.counts.items():
        name, grade = _in(_KINDS[kind], language), _in(_SEVERITIES[severity], language)
        lines.append(f"{name}（{grade}）：{count}" if zh else f"{name} ({grade}): {count}")
    if left := digest.alerts - len(digest.listed):
        lines.append(
            f"以下列出最重的 {len(digest.listed)} 条，其余 {left} 条请在门户查看。"
            if zh
            else f"The gravest {len(digest.listed)} follow; the portal has the other {left}."
        )
    rows = [
        (
            _moment(alert.event_time_ms, language),
            _in(names.platform(alert.place.platform_id), language),
            _in(names.area(alert.place.area_code), language),
            _in(alert.title, language),
        )
        for alert in digest.listed
    ]
    return _Content(subject, lines, rows)


def _of_disabled(body: DisabledBody, language: Language) -> _Content:
    if language is Language.ZH_CN:
        return _Content(
            "【取中】一个订阅已停用",
            [
                "贵单位的一个订阅已停用，此后的预警不再发往该地址。",
                "修复接收端后，请用 UpdateSubscription 重新启用；停用期间的预警可在门户查看。",
            ],
            [("订阅", body.subscription_id), ("地址", body.address), ("原因", body.reason)],
        )
    return _Content(
        "[Quzhong] A subscription was disabled",
        [
            "One of your subscriptions was disabled: alerts go to its address no more.",
            "Mend the receiver, then enable it by UpdateSubscription. What is raised meanwhile stands in the "
            "portal.",
        ],
        [("Subscription", body.subscription_id), ("Address", body.address), ("Reason", body.reason)],
    )


def _foot(subscription_id: str, language: Language) -> str:
    if language is Language.ZH_CN:
        return (
            f"本邮件由取中系统按订阅 {subscription_id} 自动发送；"
            "更改或退订请用 UpdateSubscription、DeleteSubscription。"
        )
    return (
        f"Sent by Quzhong for subscription {subscription_id}; change or end it by UpdateSubscription and "
        "DeleteSubscription."
    )


def _text(content: _Content, foot: str) -> str:
    rows = ["  ".join(map(_plain, row)) for row in content.rows]
    return "\n".join([*map(_plain, content.lines), "", *rows, "", "-- ", foot, ""])


def _html(content: _Content, foot: str, language: Language) -> str:
    lines = "".join(f"<p>{escape(_plain(line))}</p>" for line in content.lines)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(_plain(cell))}</td>" for cell in row) + "</tr>" for row in content.rows
    )
    table = f'<table cellpadding="4">{rows}</table>' if rows else ""
    tag = "zh-CN" if language is Language.ZH_CN else "en"
    return (
        f'<!DOCTYPE html><html lang="{tag}"><head><meta charset="utf-8"></head>'
        f"<body>{lines}{table}<hr><p><small>{escape(foot)}</small></p></body></html>"
    )


def _in(text: Text, language: Language) -> str:
    return text.zh if language is Language.ZH_CN else text.en


def _moment(epoch_ms: int, language: Language) -> str:
    moment = datetime.fromtimestamp(epoch_ms / 1000, tz=UTC).astimezone(SHANGHAI)
    if language is Language.ZH_CN:
        return f"{moment:%Y-%m-%d %H:%M}（北京时间）"
    return f"{moment:%Y-%m-%d %H:%M} (UTC+08:00, Shanghai)"


def _plain(text: str) -> str:
    """On one line: what a platform calls itself must not begin a header, or a line, of its own."""
    return "".join(
        " " if unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") else each for each in text
    ).strip()
