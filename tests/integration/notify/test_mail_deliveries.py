"""E-mail through a real SMTP server: taken, refused for now and for good, dropped, away and back."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from icalendar import Calendar
from pydantic import SecretStr

from kit.storage.store import Store
from quzhong.api.notify.v1 import casework_pb2
from quzhong.api.notify.v1 import delivery_pb2 as pb
from services.notify.adapters.casework_rows import talk_values
from services.notify.adapters.casework_tables import TALKS
from services.notify.adapters.rows import notice_values
from services.notify.adapters.tables import NOTICES
from services.notify.core.alerts import AlertKind
from services.notify.core.findings import Place
from services.notify.core.letters import Notice, NoticeKind
from services.notify.core.talks import Talk, TalkState
from services.notify.core.text import Text
from tests.integration.notify.delivery_suite import alert, delivering, eventually, open_case
from tests.support.certificates import Authority
from tests.support.mail_relay import MailRelay

SENDER, READER = "alerts@quzhong.example", "duty@rsj.example"


@pytest.fixture
def relay() -> Iterator[MailRelay]:
    relay = MailRelay()
    relay.start()
    yield relay
    relay.stop()


def by(relay: MailRelay, **more: Any) -> dict[str, Any]:
    """Settings that name the relay."""
    return {
        "notify_smtp_host": "127.0.0.1",
        "notify_smtp_port": relay.port,
        "notify_smtp_security": "none",
        "notify_smtp_sender": SENDER,
    } | more


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content


def test_an_alert_arrives_in_chinese_and_another_in_english_as_text_and_html(
    tmp_path: Path, relay: MailRelay
) -> None:
    contact = "help@quzhong.example"
    with delivering(tmp_path, **by(relay, notify_smtp_contact=contact)) as running:
        made = running.subscribe(READER, channel=pb.CHANNEL_EMAIL).subscription
        running.subscribe("en@rsj.example", channel=pb.CHANNEL_EMAIL, language=casework_pb2.LANGUAGE_EN)
        running.tell(alert(1, title="新增问题线索"))
        eventually(lambda: len(relay.taken) == 2)
        eventually(lambda: {each.state for each in running.deliveries()} == {pb.DELIVERY_STATE_DELIVERED})
        receipt = running.deliveries(subscription_id=made.subscription_id)[0]
        assert (receipt.message_id, receipt.last_status, receipt.attempts) == ("alert-1", 250, 1)
    zh, en = sorted(relay.taken, key=lambda mail: mail["Content-Language"], reverse=True)
    assert zh["To"] == READER
    assert zh["Subject"] == "【取中】新增问题线索 1"
    assert zh["From"].addresses[0].addr_spec == SENDER
    assert zh["Message-ID"] == f"<{receipt.delivery_id}.alert-1@quzhong.example>"
    assert zh["Reply-To"] == contact
    assert zh["List-Unsubscribe"] == f"<mailto:{contact}?subject=unsubscribe%20{made.subscription_id}>"
    assert zh["Auto-Submitted"] == "auto-generated"
    assert "swift单位" in text_of(zh)
    assert "2026-03-16 12:00（北京时间）" in text_of(zh)
    assert '<html lang="zh-CN">' in text_of(zh, "html")
    assert en["Subject"] == "[Quzhong] Case opened 1"
    assert "2026-03-16 12:00 (UTC+08:00, Shanghai)" in text_of(en)
    assert all(max(raw) < 128 for raw in relay.raw)  # for relays without 8BITMIME


def test_a_title_with_line_breaks_and_markup_makes_no_header_and_no_markup(
    tmp_path: Path, relay: MailRelay
) -> None:
    with delivering(tmp_path, **by(relay)) as running:
        running.subscribe(READER, channel=pb.CHANNEL_EMAIL)
        running.tell(alert(1, title="甲\r\nBcc: all@evil.example\r\n\r\n<script>x</script>\u2028乙"))
        eventually(lambda: relay.taken)
    (mail,) = relay.taken
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("【取中】甲  Bcc: all@evil.example")
    assert "<script>" not in text_of(mail, "html")
    assert "&lt;script&gt;" in text_of(mail, "html")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "duty",
        "@rsj.example",
        "duty@",
        "duty@localhost",
        "duty@rsj.example\r\nBcc: all@evil.example",
        "duty@rsj.example,all@evil.example",
        "Duty <duty@rsj.example>",
        '"a b"@rsj.example',
        "duty@[127.0.0.1]",
        "值班@rsj.example",
        "duty..x@rsj.example",
        "d" * 65 + "@rsj.example",
        "d@" + "a." * 126 + "example",
    ],
)
def test_what_is_no_plain_mailbox_is_refused_at_registration(
    tmp_path: Path, relay: MailRelay, address: str
) -> None:
    with delivering(tmp_path, **by(relay)) as running:
        with pytest.raises(grpc.RpcError) as refused:
            running.subscribe(address, channel=pb.CHANNEL_EMAIL)
        assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
        assert not running.call("tangshan", "ListSubscriptions", pb.ListSubscriptionsRequest()).subscriptions


def test_without_a_relay_nobody_can_subscribe_to_mail(tmp_path: Path) -> None:
    with delivering(tmp_path) as running, pytest.raises(grpc.RpcError) as refused:
        running.subscribe(READER, channel=pb.CHANNEL_EMAIL)
    assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert "QUZHONG_NOTIFY_SMTP_HOST" in str(refused.value.details())


def test_refused_for_now_it_is_tried_again_and_is_the_same_mail(tmp_path: Path, relay: MailRelay) -> None:
    relay.recipients = ["450 4.2.1 greylisted"]
    relay.messages = ["452 4.3.1 no room now"]
    with delivering(tmp_path, **by(relay)) as running:
        running.subscribe(READER, channel=pb.CHANNEL_EMAIL)
        running.tell(alert(1))
        eventually(lambda: running.deliveries()[0].state == pb.DELIVERY_STATE_DELIVERED)
        assert running.deliveries()[0].attempts == 3
        assert running.entered()[-3:] == ["delivery.later", "delivery.later", "delivery.delivered"]
    assert len(relay.taken) == 1


def test_refused_for_good_it_is_given_up_and_the_next_one_still_goes(
    tmp_path: Path, relay: MailRelay
) -> None:
    relay.recipients = ["550 5.1.1 no such mailbox"]
    with delivering(tmp_path, **by(relay)) as running:
        running.subscribe(READER, channel=pb.CHANNEL_EMAIL)
        running.tell(alert(1), alert(2))
        eventually(lambda: relay.taken)
        eventually(running.part.idle)
        second, first = running.deliveries()
        assert (first.state, first.attempts, first.last_status) == (pb.DELIVERY_STATE_GIVEN_UP, 1, 550)
        assert "no such mailbox" in first.last_error
        assert second.state == pb.DELIVERY_STATE_DELIVERED


def test_dropped_before_the_answer_it_comes_again_under_the_same_message_id(
    tmp_path: Path, relay: MailRelay
) -> None:
    relay.messages = ["drop"]
    with delivering(tmp_path, **by(relay)) as running:
        running.subscribe(READER, channel=pb.CHANNEL_EMAIL)
        running.tell(alert(1))
        eventually(lambda: running.deliveries()[0].state == pb.DELIVERY_STATE_DELIVERED)
    first, second = relay.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert relay.raw[0] == relay.raw[1]


def test_a_relay_that_is_away_for_days_loses_no_mail_and_blames_no_subscriber(
    tmp_path: Path, relay: MailRelay
) -> None:
    relay.stop()
    with delivering(tmp_path, **by(relay)) as running:
        running.subscribe(READER, channel=pb.CHANNEL_EMAIL)
        running.tell(alert(1))
        eventually(lambda: running.deliveries()[0].attempts >= 12)
        running.move(days=6)
        eventually(lambda: running.deliveries()[0].attempts >= 20)
        (waiting,) = running.deliveries()
        assert (waiting.state, waiting.last_status) == (pb.DELIVERY_STATE_WAITING, 0)
        assert "ConnectionRefusedError" in waiting.last_error
        assert (running.subscription().disabled, running.subscription().consecutive_failures) == (False, 0)
        relay.start()
        eventually(lambda: running.deliveries()[0].state == pb.DELIVERY_STATE_DELIVERED)
    assert len(relay.taken) == 1


@pytest.fixture
def protected(tmp_path: Path) -> Iterator[tuple[MailRelay, Path]]:
    """A relay with STARTTLS and a login, and the file of its authority."""
    authority = Authority(tmp_path, "mail-ca")
    issued = authority.issue("relay")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(issued.certificate, issued.key)
    relay = MailRelay(tls=context, login=("quzhong", "s3cret"))
    relay.start()
    with ExitStack() as stack:
        stack.callback(relay.stop)
        yield relay, authority.certificate


def test_it_signs_in_over_starttls_and_a_wrong_password_is_our_own_trouble(
    tmp_path: Path, protected: tuple[MailRelay, Path]
) -> None:
    relay, ca = protected
    shown = {
        "notify_smtp_host": "localhost",
        "notify_smtp_security": "starttls",
        "notify_smtp_user": "quzhong",
        "notify_smtp_ca": ca,
    }
    with delivering(tmp_path / "1", **by(relay, **shown, notify_smtp_password=SecretStr("s3cret"))) as right:
        right.subscribe(READER, channel=pb.CHANNEL_EMAIL)
        right.tell(alert(1))
        eventually(lambda: right.deliveries()[0].state == pb.DELIVERY_STATE_DELIVERED)
    with delivering(tmp_path / "2", **by(relay, **shown, notify_smtp_password=SecretStr("old"))) as wrong:
        wrong.subscribe(READER, channel=pb.CHANNEL_EMAIL)
        wrong.tell(alert(1))
        eventually(lambda: wrong.deliveries()[0].attempts)
        assert wrong.deliveries()[0].last_status == 535
        assert wrong.subscription().consecutive_failures == 0
    assert relay.logins[0]
    assert not any(relay.logins[1:])


def test_a_relay_whose_certificate_nobody_vouches_for_gets_nothing(
    tmp_path: Path, protected: tuple[MailRelay, Path]
) -> None:
    relay, _ = protected
    with delivering(
        tmp_path, **by(relay, notify_smtp_host="localhost", notify_smtp_security="starttls")
    ) as running:
        running.subscribe(READER, channel=pb.CHANNEL_EMAIL)
        running.tell(alert(1))
        eventually(lambda: running.deliveries()[0].attempts)
        assert "CERTIFICATE_VERIFY_FAILED" in running.deliveries()[0].last_error
    assert relay.taken == []


def test_a_summons_brings_its_letter_and_an_invitation_that_calendars_read(
    tmp_path: Path, relay: MailRelay
) -> None:
    at_ms = 1_773_633_600_000
    with delivering(tmp_path, **by(relay)) as running:
        running.subscribe(READER, channel=pb.CHANNEL_EMAIL)
        summoned(running.store, at_ms)
        running.tell(alert(1, kind=AlertKind.SUMMONS_SENT, at_ms=at_ms))
        eventually(lambda: relay.taken, 60)
    letter, invitation = relay.taken[0].iter_attachments()
    assert letter.get_content_type() == "application/pdf"
    assert letter.get_content().startswith(b"%PDF-")
    assert invitation.get_content_type() == "text/calendar"
    assert invitation.get_param("method") == "REQUEST"
    assert invitation.get_content_charset() == "utf-8"
    calendar = Calendar.from_ical(invitation.get_content())
    assert isinstance(calendar, Calendar)
    assert calendar["METHOD"] == "REQUEST"
    (event,) = calendar.events
    assert event["UID"] == "talk-1"
    assert isinstance(event.start, datetime)
    assert event.start.timestamp() * 1000 == TALK.start_ms


def test_a_union_gets_no_letter_that_counts_few_workers(tmp_path: Path, relay: MailRelay) -> None:
    at_ms = 1_773_633_600_000
    with delivering(tmp_path, **by(relay)) as running:
        running.subscribe(READER, "union", channel=pb.CHANNEL_EMAIL)
        summoned(running.store, at_ms, workers=3)
        running.tell(alert(1, kind=AlertKind.SUMMONS_SENT, at_ms=at_ms))
        eventually(lambda: relay.taken)
    assert list(relay.taken[0].iter_attachments()) == []


TALK = Talk(
    talk_id="talk-1",
    case_id="case-1",
    state=TalkState.SCHEDULED,
    start_ms=1_774_229_400_000,
    end_ms=1_774_236_600_000,
    place="市人社局 302 会议室",
    department_ids=("tangshan",),
    attendees="法定代表人",
    approved_by="tangshan",
)


def summoned(store: Store, at_ms: int, *, workers: int = 0) -> None:
    """A case with a summons that went out at a moment, as the rows say it."""
    notice = replace(SUMMONS, create_time_ms=at_ms, workers=workers)
    with store.transaction() as connection:
        open_case(connection, "case-1")
        connection.execute(sa.insert(TALKS), talk_values(TALK))
        connection.execute(sa.insert(NOTICES), notice_values(notice) | {"position": 1})


SUMMONS = Notice(
    notice_id="notice-1",
    kind=NoticeKind.SUMMONS,
    case_id="case-1",
    place=Place("swift", "r1", "130202"),
    title=Text("约谈通知书", "Summons for talks"),
    body=Text("请贵单位按时参加约谈。", "Please attend the talk."),
    workers=0,
    citations=(Text("唐人社字〔2022〕1号 二.14", "Article 2.14"),),
    policy_id="p",
    policy_version="1",
    create_time_ms=0,
    signed_by="tangshan",
    talk_id="talk-1",
)
