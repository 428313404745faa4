"""Letters, invitations and minutes as files, asked for over the socket by those they are for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from icalendar import Calendar

from kit.clock import system_clock
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import REGISTRY
from kit.security import tokens
from kit.security.caller import Role
from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.notify.v1 import casework_pb2 as pb
from quzhong.api.notify.v1 import casework_pb2_grpc, notify_pb2
from quzhong.api.registry.v1 import registry_pb2
from tests.integration.notify.notify_suite import (
    RunningNotify,
    activity,
    finding,
    prepared,
    running_notify,
)
from tests.support.refusals import refusal

DAY_MS = 86_400_000
OFFICIAL = "wang-jianguo"


class Desk:
    """Notify with one case that was warned, and a clock that the test moves."""

    def __init__(self, notify: RunningNotify, shift: list[int]) -> None:
        self.notify = notify
        self._shift = shift
        self._numbers = itertools.count()
        self._channel = grpc.insecure_channel(notify.host.address)
        self._stub = casework_pb2_grpc.CaseworkServiceStub(self._channel)
        notify.say(activity(200), *(finding(f"f{number}") for number in range(4)))
        listed = notify.as_("tangshan").call("ListCases", notify_pb2.ListCasesRequest())
        self.case_id = listed.cases[0].case_id

    def close(self) -> None:
        self._channel.close()

    def act(self, party: str, method: str, request: Any) -> Any:
        if "request_id" in request.DESCRIPTOR.fields_by_name:
            request.request_id = f"r-{next(self._numbers)}"
        metadata = [("authorization", f"Bearer {self.notify.tokens[party]}")]
        return getattr(self._stub, method)(request, metadata=metadata, timeout=20)

    def now_ms(self) -> int:
        return system_clock() + self._shift[0]

    def pass_days(self, days: int) -> None:
        self._shift[0] += days * DAY_MS

    def notices(self) -> list[notify_pb2.Notice]:
        request = notify_pb2.GetCaseRequest(case_id=self.case_id)
        return list(self.notify.as_("tangshan").call("GetCase", request).notices)

    def document(self, party: str, notice_id: str, format: int = 0, language: int = 0) -> Any:
        request = pb.GetNoticeDocumentRequest(
            notice_id=notice_id,
            format=pb.DocumentFormat.ValueType(format),
            language=pb.Language.ValueType(language),
        )
        return self.act(party, "GetNoticeDocument", request)

    def approve(self) -> None:
        self.act(
            "tangshan", "ProposeSummons", pb.ProposeSummonsRequest(case_id=self.case_id, reason="情节严重。")
        )
        self.act(OFFICIAL, "ApproveSummons", pb.ApproveSummonsRequest(case_id=self.case_id, reason="同意。"))

    def span(self, days: int) -> Any:
        start = datetime.fromtimestamp(self.now_ms() // 1000, UTC) + timedelta(days=days)
        return {"start_time": start, "end_time": start + timedelta(hours=1)}

    def summon(self) -> str:
        """The number of the summons to a talk in 20 days."""
        request = pb.SendSummonsRequest(
            case_id=self.case_id, place='#import "x"; $\n301 室, 三楼', **self.span(20)
        )
        notice_id: str = self.act("tangshan", "SendSummons", request).notice_id
        return notice_id


def register_official(log: MemoryEventLog) -> str:
    token = tokens.issue()
    official = registry_pb2.Party(
        party_id=OFFICIAL,
        role=registry_pb2.Role.ValueType(Role.OFFICIAL),
        name=events.LocalText(zh="王建国", en="Wang Jianguo"),
        area_codes=["130200"],
        department_id="tangshan",
    )
    credential = registry_pb2.Credential(
        credential_id=token.credential_id, party_id=OFFICIAL, secret_sha256=token.secret_sha256
    )
    entries = (
        registry_pb2.DirectoryEntry(party=official),
        registry_pb2.DirectoryEntry(credential=credential),
    )
    log.append([NewRecord(REGISTRY.name, entry.SerializeToString(), key=b"entity") for entry in entries])
    return token.token


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    log, shift = MemoryEventLog(), [0]
    given = prepared(log)
    given[OFFICIAL] = register_official(log)
    with running_notify(log, tmp_path, given, clock=lambda: system_clock() + shift[0]) as running:
        desk = Desk(running, shift)
        try:
            yield desk
        finally:
            desk.close()


def event_of(document: Any) -> tuple[str, Any]:
    """METHOD and the event of an invitation."""
    read: Any = Calendar.from_ical(document.content)
    (event,) = read.walk("VEVENT")
    return str(read["METHOD"]), event


def test_a_warning_is_had_as_pdf_by_the_platform_and_by_who_supervises_it(desk: Desk) -> None:
    (warning,) = desk.notices()
    chinese = desk.document("swift", warning.notice_id)
    assert chinese.content.startswith(b"%PDF-")
    assert (chinese.name, chinese.media_type) == (f"{warning.notice_id}-zh-CN.pdf", "application/pdf")
    assert desk.document("tangshan", warning.notice_id, pb.DOCUMENT_FORMAT_PDF, pb.LANGUAGE_ZH_CN) == chinese
    english = desk.document("swift", warning.notice_id, language=pb.LANGUAGE_EN)
    assert english.content.startswith(b"%PDF-")
    assert english.name.endswith("-en.pdf")


def test_who_may_not_read_it_gets_none(desk: Desk) -> None:
    (warning,) = desk.notices()
    number = warning.notice_id
    assert refusal(lambda: desk.document("steady", number)).code is grpc.StatusCode.NOT_FOUND
    assert refusal(lambda: desk.document("tangshan", "notice-unknown")).code is grpc.StatusCode.NOT_FOUND
    hidden = refusal(lambda: desk.document("union", number))
    assert (hidden.code, hidden.reason) == (grpc.StatusCode.PERMISSION_DENIED, "SUPPRESSED")


@pytest.mark.parametrize(
    ("format", "language", "reason"),
    [
        (pb.DOCUMENT_FORMAT_ICALENDAR, 0, "NO_TALK"),
        (pb.DOCUMENT_FORMAT_MINUTES, 0, "NO_TALK"),
        (77, 0, "FORMAT_UNKNOWN"),
        (0, 77, "LANGUAGE_UNKNOWN"),
    ],
)
def test_what_a_warning_cannot_be_had_as_is_refused_with_the_reason(
    desk: Desk, format: int, language: int, reason: str
) -> None:
    (warning,) = desk.notices()
    assert refusal(lambda: desk.document("swift", warning.notice_id, format, language)).reason == reason


def test_an_invitation_keeps_its_uid_while_the_talk_is_moved_and_cancelled(desk: Desk) -> None:
    desk.approve()
    first = desk.summon()
    assert desk.document("swift", first).content.startswith(b"%PDF-")
    method, asked = event_of(desk.document("swift", first, pb.DOCUMENT_FORMAT_ICALENDAR))
    assert (method, asked["SEQUENCE"], str(asked["STATUS"])) == ("REQUEST", 0, "CONFIRMED")
    assert asked["ORGANIZER"].params["CN"] == "唐山市人社局"

    desk.act(
        "tangshan", "MoveTalk", pb.MoveTalkRequest(case_id=desk.case_id, reason="改期。", **desk.span(25))
    )
    second = next(each.notice_id for each in desk.notices() if each.talk_id and each.notice_id != first)
    method, moved = event_of(desk.document("swift", second, pb.DOCUMENT_FORMAT_ICALENDAR))
    assert (method, str(moved["UID"]), moved["SEQUENCE"]) == ("REQUEST", str(asked["UID"]), 1)
    assert moved["DTSTART"].dt > asked["DTSTART"].dt

    desk.act("tangshan", "CancelSummons", pb.CancelSummonsRequest(case_id=desk.case_id, reason="取消。"))
    called_off = next(
        each for each in desk.notices() if each.kind == notify_pb2.NOTICE_KIND_SUMMONS_CANCELLED
    )
    for notice_id in (called_off.notice_id, first, second):
        method, gone = event_of(desk.document("swift", notice_id, pb.DOCUMENT_FORMAT_ICALENDAR))
        assert (method, str(gone["UID"]), gone["SEQUENCE"]) == ("CANCEL", str(asked["UID"]), 2)
        assert str(gone["STATUS"]) == "CANCELLED"


def test_minutes_are_had_once_the_talk_is_recorded(desk: Desk) -> None:
    desk.approve()
    summons = desk.summon()
    early = refusal(lambda: desk.document("swift", summons, pb.DOCUMENT_FORMAT_MINUTES))
    assert (early.code, early.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "TALK_NOT_RECORDED")
    desk.pass_days(21)
    desk.act(
        "tangshan",
        "RecordTalk",
        pb.RecordTalkRequest(
            case_id=desk.case_id,
            minutes="通报情况。",
            commitments=[pb.Commitment(text="上线强制停推功能", due_date="2099-01-04")],
        ),
    )
    minutes = desk.document("swift", summons, pb.DOCUMENT_FORMAT_MINUTES)
    assert minutes.content.startswith(b"%PDF-")
    assert minutes.name.startswith("minutes-talk-")
    assert minutes.name.endswith("-zh-CN.pdf")
    other = refusal(lambda: desk.document("union", summons, pb.DOCUMENT_FORMAT_MINUTES))
    assert other.code is grpc.StatusCode.PERMISSION_DENIED
