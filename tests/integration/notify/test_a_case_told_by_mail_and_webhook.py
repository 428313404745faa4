"""Steps of a real case, told the whole way: from the ladder over the queue to a real SMTP server, with letter
and invitation enclosed, and to a real HTTP server, signed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import grpc
import pytest
from icalendar import Calendar
from standardwebhooks import Webhook

from kit.eventlog.memory import MemoryEventLog
from quzhong.api.notify.v1 import casework_pb2, delivery_pb2_grpc
from quzhong.api.notify.v1 import delivery_pb2 as pb
from tests.integration.notify.delivery_suite import Receiver
from tests.integration.notify.ladder_suite import DAY, MONDAY, City, moment_ms, running_city
from tests.integration.notify.notify_suite import activity, eventually, finding
from tests.support.mail_relay import MailRelay

OFFICE, COMPANY = "duty@rsj.example", "compliance@swift.example"
TALK = date(2026, 3, 24)


@dataclass
class Told:
    """A city in which a department and a platform have their mail, and the department a program too."""

    city: City
    relay: MailRelay
    receiver: Receiver
    secret: str

    def mails(self, to: str) -> list[EmailMessage]:
        return [mail for mail in self.relay.taken if mail["To"] == to]

    def all_is_delivered(self) -> bool:
        return self.city.notify.unit.drained() and len(self.mails(OFFICE)) == len(self.receiver.received)


def subscribe(city: City, party: str, address: str, **wish: Any) -> pb.CreateSubscriptionResponse:
    with grpc.insecure_channel(city.notify.host.address) as channel:
        request = pb.CreateSubscriptionRequest(request_id=address, address=address, **wish)
        metadata = (("authorization", f"Bearer {city.notify.tokens[party]}"),)
        answer: pb.CreateSubscriptionResponse = delivery_pb2_grpc.DeliveryServiceStub(
            channel
        ).CreateSubscription(request, metadata=metadata, timeout=10)
        return answer


@contextmanager
def served(relay: MailRelay, receiver: Receiver) -> Iterator[None]:
    relay.start()
    try:
        yield
    finally:
        relay.stop()
        receiver.close()


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    relay, receiver = MailRelay(), Receiver()
    with (
        served(relay, receiver),
        running_city(
            MemoryEventLog(),
            tmp_path,
            notify_smtp_host="127.0.0.1",
            notify_smtp_port=relay.port,
            notify_smtp_security="none",
            notify_smtp_sender="alerts@quzhong.example",
        ) as city,
    ):
        subscribe(city, "tangshan", OFFICE, channel=pb.CHANNEL_EMAIL)
        subscribe(city, "swift", COMPANY, channel=pb.CHANNEL_EMAIL, language=casework_pb2.LANGUAGE_EN)
        made = subscribe(city, "tangshan", receiver.url, channel=pb.CHANNEL_WEBHOOK)
        yield Told(city, relay, receiver, made.secret)


def enclosed(mail: EmailMessage) -> dict[str, bytes]:
    """Content by media type; a text by its bytes."""
    files: dict[str, bytes] = {}
    for part in mail.iter_attachments():
        content = part.get_content()
        files[part.get_content_type()] = content.encode() if isinstance(content, str) else content
    return files


def invitation(mail: EmailMessage) -> tuple[str, Any]:
    """Its method and its event."""
    calendar = Calendar.from_ical(enclosed(mail)["text/calendar"])
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


def last_of(told: Told, to: str, act: Callable[[], Any]) -> EmailMessage:
    """The mail that an act brings about."""
    before = len(told.mails(to))
    act()
    eventually(lambda: len(told.mails(to)) == before + 1)
    return told.mails(to)[-1]


def test_a_summons_reaches_both_sides_with_letter_and_invitation_and_is_moved_and_cancelled(
    told: Told,
) -> None:
    city = told.city
    city.propose_by_silence()
    city.approve()
    eventually(told.all_is_delivered)

    sent = last_of(told, COMPANY, lambda: city.send(TALK))
    assert enclosed(sent)["application/pdf"].startswith(b"%PDF-")
    method, event = invitation(sent)
    assert (method, event["SEQUENCE"]) == ("REQUEST", 0)
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2026, 3, 24, 2, 0, tzinfo=UTC)
    assert "会议室" in event["LOCATION"]

    start, end = (moment_ms(TALK + DAY, clock) for clock in ("14:00", "15:00"))
    request = casework_pb2.MoveTalkRequest()
    request.start_time.FromMilliseconds(start)
    request.end_time.FromMilliseconds(end)
    moved = last_of(
        told,
        COMPANY,
        lambda: city.act(
            "tangshan",
            "MoveTalk",
            case_id=city.case_id,
            start_time=request.start_time,
            end_time=request.end_time,
            reason="会议室占用",
        ),
    )
    again = invitation(moved)
    assert (again[0], again[1]["UID"], again[1]["SEQUENCE"]) == ("REQUEST", event["UID"], 1)
    assert enclosed(moved)["application/pdf"] != enclosed(sent)["application/pdf"]

    cancelled = last_of(
        told,
        COMPANY,
        lambda: city.act("tangshan", "CancelSummons", case_id=city.case_id, reason="另行安排"),
    )
    ended = invitation(cancelled)
    assert (ended[0], ended[1]["UID"], ended[1]["SEQUENCE"]) == ("CANCEL", event["UID"], 2)
    eventually(told.all_is_delivered)
    assert {mail["Content-Language"] for mail in told.mails(COMPANY)} == {"en"}
    assert {mail["Content-Language"] for mail in told.mails(OFFICE)} == {"zh-CN"}


def test_a_warning_comes_with_its_letter_and_once(told: Told) -> None:
    city = told.city
    day = MONDAY - 2 * DAY
    city.notify.say(
        activity(1_000, platform="steady", day=day.isoformat()),
        *(finding(f"s{n}", platform="steady", at_ms=moment_ms(day, "12:00")) for n in range(20)),
    )
    eventually(told.all_is_delivered)
    subjects = [mail["Subject"] for mail in told.mails(OFFICE)]
    (warning,) = [mail for mail in told.mails(OFFICE) if "警示" in mail["Subject"]]
    assert enclosed(warning)["application/pdf"].startswith(b"%PDF-")
    assert len(subjects) == len({mail["Message-ID"] for mail in told.mails(OFFICE)})
    assert told.mails(COMPANY) == []  # another platform's


def test_every_webhook_of_a_ladder_is_signed_and_told_once(told: Told) -> None:
    city = told.city
    city.propose_by_silence()
    city.approve()
    city.hold(TALK)
    city.act("tangshan", "OrderRectification", case_id=city.case_id)
    eventually(told.all_is_delivered)
    kinds = []
    for headers, body, status, _ in told.receiver.received:
        assert status == 204
        signed_at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        signature = Webhook(told.secret).sign(headers["webhook-id"], signed_at, body.decode())
        assert signature in headers["webhook-signature"].split(" ")
        event = json.loads(body)
        assert event["specversion"] == "1.0"
        kinds.append(event["type"])
    assert len({headers["webhook-id"] for headers, *_ in told.receiver.received}) == len(kinds)
    assert kinds == [
        "quzhong.alert.summons_proposed",
        "quzhong.alert.summons_approved",
        "quzhong.alert.summons_sent",
        "quzhong.alert.talk_held",
        "quzhong.alert.rectification_ordered",
    ]
