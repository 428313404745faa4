"""Replies, files, appeals, agendas and streams of a case: who may say and see what."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import grpc
import pytest

from kit.eventlog.memory import MemoryEventLog
from quzhong.api.events.v1 import findings_pb2 as events
from quzhong.api.notify.v1 import casework_pb2 as pb
from quzhong.api.notify.v1 import notify_pb2
from services.notify.core.attachments import MAX_BYTES
from tests.integration.notify.ladder_suite import DAY, MONDAY, City, moment_ms, running_city, store_of
from tests.integration.notify.notify_suite import eventually, finding, overdue
from tests.support.refusals import Refusal, refusal

PDF = b"%PDF-1.7\n" + b"x" * 100


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with running_city(MemoryEventLog(), tmp_path) as city:
        yield city


def refused(city: City, party: str, method: str, **content: Any) -> Refusal:
    return refusal(lambda: city.act(party, method, **content))


def reply(city: City, party: str = "swift", **content: Any) -> pb.Reply:
    asked = {"notice_id": city.notice_id("WARNING"), "kind": pb.REPLY_KIND_PROGRESS, "text": "正在整改。"}
    answer: pb.ReplyToNoticeResponse = city.act(party, "ReplyToNotice", **{**asked, **content})
    return answer.reply


def test_a_file_is_known_by_its_content_and_served_to_the_parties_only(city: City) -> None:
    attached = reply(city, files=[pb.AttachedFile(name="整改报告.exe", content=PDF)]).attachments[0]
    assert (attached.media_type, attached.bytes) == ("application/pdf", len(PDF))
    for party in ("swift", "tangshan", "li"):
        got = city.act(party, "GetAttachment", attachment_id=attached.attachment_id)
        assert (got.content, got.attachment) == (PDF, attached)
    missing = refused(city, "swift", "GetAttachment", attachment_id="attachment-none")
    for party in ("steady", "lunan", "firm-h", "sun"):
        told = refused(city, party, "GetAttachment", attachment_id=attached.attachment_id)
        assert (told.code, told.reason) == (missing.code, missing.reason)
    for party in ("union", "trade"):
        told = refused(city, party, "GetAttachment", attachment_id=attached.attachment_id)
        assert told.reason == "ROLE_NOT_ALLOWED"


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ([pb.AttachedFile(name="a.pdf", content=PDF)] * 6, "TOO_MANY_FILES"),
        ([pb.AttachedFile(name="a.pdf", content=b"%PDF-" + b"x" * MAX_BYTES)], "FILE_TOO_LARGE"),
        ([pb.AttachedFile(name="a.pdf", content=b"MZ\x90\x00")], "FILE_TYPE_NOT_TAKEN"),
        ([pb.AttachedFile(name="a.pdf")], "FILE_EMPTY"),
        ([pb.AttachedFile(name="a\n.pdf", content=PDF)], "FILE_NAME_INVALID"),
    ],
)
def test_a_file_that_is_not_taken_changes_nothing(
    city: City, files: list[pb.AttachedFile], reason: str
) -> None:
    told = refusal(lambda: reply(city, files=files))
    assert (told.code, told.reason) == (grpc.StatusCode.INVALID_ARGUMENT, reason)
    assert not city.file().replies


def test_the_largest_reply_there_may_be_is_taken(city: City) -> None:
    files = [pb.AttachedFile(name=f"{at}.pdf", content=b"%PDF-" + b"x" * (MAX_BYTES - 5)) for at in range(5)]
    assert [each.bytes for each in reply(city, files=files).attachments] == [MAX_BYTES] * 5


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "字" * 4_001}, "text"),
        ({"kind": 0}, "kind"),
        ({"kind": pb.REPLY_KIND_EXTENSION_ASKED}, "asked_until"),
        ({"kind": pb.REPLY_KIND_EXTENSION_ASKED, "asked_until": "2026-03-16"}, "asked_until"),
        ({"notice_id": "notice-none"}, "notice_id"),
        ({"request_id": "a b"}, "request_id"),
    ],
)
def test_a_reply_that_makes_no_sense_names_its_field(city: City, content: dict[str, Any], field: str) -> None:
    assert refusal(lambda: reply(city, **content)).field == field


def test_only_the_addressee_replies(city: City) -> None:
    assert refusal(lambda: reply(city, "steady")).reason == "NOTICE_NOT_FOUND"
    assert refusal(lambda: reply(city, "firm-h")).reason == "NOTICE_NOT_YOURS"
    assert refusal(lambda: reply(city, "tangshan")).reason == "ROLE_NOT_ALLOWED"


def test_a_firm_replies_in_the_case_of_its_own_duty(city: City) -> None:
    city.notify.say(overdue("firm-h", area="130203"))
    (case,) = (
        city.notify.as_("firm-h")
        .call("ListCases", notify_pb2.ListCasesRequest(rule_id="registry.report-overdue"))
        .cases
    )
    assert case.party_id == "firm-h"
    (notice,) = (
        city.notify.as_("firm-h").call("GetCase", notify_pb2.GetCaseRequest(case_id=case.case_id)).notices
    )
    reply(city, "firm-h", notice_id=notice.notice_id, kind=pb.REPLY_KIND_ANSWER, text="已补报。")
    file = city.notify.as_("firm-h").call("GetCase", notify_pb2.GetCaseRequest(case_id=case.case_id))
    assert file.case.state == notify_pb2.CASE_STATE_ANSWERED
    assert [each.text for each in file.replies] == ["已补报。"]


def test_unions_see_steps_and_talks_and_nothing_of_what_the_parties_say(city: City) -> None:
    reply(city)
    city.act("swift", "AppealFinding", case_id=city.case_id, finding_id="first-0", grounds="数据有误")
    city.propose_by_silence()
    city.approve()
    city.hold(date(2026, 3, 20))
    for party in ("union", "trade", "firm-h"):
        file = city.file(party)
        assert not file.replies
        assert not file.appeals
        assert not file.next_steps
        assert [step.to_state for step in file.steps] == [step.to_state for step in city.file().steps]
        (talk,) = file.talks
        assert not talk.minutes
        assert not talk.commitments
    assert city.file("swift").talks[0].minutes


def test_next_steps_are_the_caller_s_own(city: City) -> None:
    def next_steps(party: str) -> list[str]:
        names = [notify_pb2.CaseTrigger.Name(each) for each in city.file(party).next_steps]
        return [name.removeprefix("CASE_TRIGGER_") for name in names]

    assert next_steps("swift") == ["ANSWERED"]
    assert next_steps("tangshan") == ["TIME_EXTENDED", "SUMMONS_PROPOSED"]
    assert next_steps("admin") == next_steps("auditor") == next_steps("union") == []
    city.propose_by_silence()
    assert next_steps("swift") == next_steps("tangshan") == []
    assert next_steps("li") == ["SUMMONS_APPROVED", "SUMMONS_DECLINED"]


def test_a_finding_set_aside_stands_in_no_case_whatever_revision_comes(city: City) -> None:
    appeal = city.act(
        "swift", "AppealFinding", case_id=city.case_id, finding_id="first-0", grounds="骑手当日未上线"
    ).appeal
    assert (appeal.revision, appeal.state) == (1, pb.FINDING_APPEAL_STATE_FILED)
    again = refused(
        city, "swift", "AppealFinding", case_id=city.case_id, finding_id="first-0", grounds="再诉"
    )
    assert again.reason == "APPEAL_EXISTS"
    before = city.file().case.findings
    assert list(city.file().set_aside_finding_ids) == []
    decided = city.act(
        "tangshan", "DecideFindingAppeal", appeal_id=appeal.appeal_id, uphold=True, reason="核实属实"
    ).appeal
    assert (decided.state, decided.decided_by) == (pb.FINDING_APPEAL_STATE_UPHELD, "tangshan")
    file = city.file()
    assert (file.case.findings, file.case.workers) == (before - 1, before - 1)  # amended with the decision
    assert file.findings[-1].finding_id == "first-0"
    assert file.findings[-1].state == events.FINDING_STATE_STANDS  # of whoever found it
    assert list(file.set_aside_finding_ids) == list(city.file("swift").set_aside_finding_ids) == ["first-0"]
    assert list(city.file("union").set_aside_finding_ids) == []  # nor the findings
    at_ms = moment_ms(MONDAY - 2 * DAY, "12:00")
    city.notify.say(finding("first-0", revision=2, at_ms=at_ms))
    assert city.file().case.findings == before - 1
    told = refused(
        city, "tangshan", "DecideFindingAppeal", appeal_id=appeal.appeal_id, uphold=False, reason="反悔"
    )
    assert told.reason == "APPEAL_DECIDED"


def test_a_rejected_appeal_changes_nothing_and_a_later_revision_may_be_disputed_anew(city: City) -> None:
    content = {"case_id": city.case_id, "finding_id": "first-1", "grounds": "有误"}
    appeal = city.act("swift", "AppealFinding", **content).appeal
    before = city.file().case
    city.act("li", "DecideFindingAppeal", appeal_id=appeal.appeal_id, reason="证据不足")
    assert city.file().case == before
    assert refused(city, "swift", "AppealFinding", **content).reason == "APPEAL_EXISTS"
    city.notify.say(finding("first-1", revision=2, at_ms=moment_ms(MONDAY - 2 * DAY, "12:00")))
    assert city.act("swift", "AppealFinding", **content).appeal.revision == 2


def test_every_finding_set_aside_withdraws_the_case(city: City) -> None:
    for number in range(20):
        appeal = city.act(
            "swift", "AppealFinding", case_id=city.case_id, finding_id=f"first-{number}", grounds="有误"
        ).appeal
        city.act("tangshan", "DecideFindingAppeal", appeal_id=appeal.appeal_id, uphold=True, reason="属实")
    assert city.state == "WITHDRAWN"


@pytest.mark.parametrize(
    ("party", "content", "reason"),
    [
        ("steady", {"finding_id": "first-0"}, "CASE_NOT_FOUND"),
        ("firm-h", {"finding_id": "first-0"}, "CASE_NOT_YOURS"),
        ("swift", {"finding_id": "none"}, "FINDING_NOT_IN_CASE"),
        ("swift", {"finding_id": "first-0", "grounds": ""}, "TEXT_MISSING"),
        ("swift", {"finding_id": "first-0", "case_id": "case-none"}, "CASE_NOT_FOUND"),
    ],
)
def test_an_appeal_that_cannot_be_says_why(
    city: City, party: str, content: dict[str, Any], reason: str
) -> None:
    asked = {"case_id": city.case_id, "grounds": "有误", **content}
    assert refused(city, party, "AppealFinding", **asked).reason == reason


def test_an_appeal_of_elsewhere_is_decided_by_nobody_else(city: City) -> None:
    appeal = city.act(
        "swift", "AppealFinding", case_id=city.case_id, finding_id="first-0", grounds="有误"
    ).appeal
    for party, appeal_id in (("lunan", appeal.appeal_id), ("tangshan", "finding-appeal-none")):
        told = refused(city, party, "DecideFindingAppeal", appeal_id=appeal_id, reason="有误")
        assert told.reason == "APPEAL_NOT_FOUND"


def test_an_agenda_has_what_is_due_in_its_days_a_page_at_a_time(city: City) -> None:
    def agenda(party: str, first: str, last: str, **content: Any) -> list[tuple[str, int]]:
        answer = city.act(party, "ListAgenda", first_date=first, last_date=last, **content)
        return [(item.date, item.kind) for item in answer.items]

    assert agenda("swift", "2026-03-16", "2026-03-16") == [("2026-03-16", pb.AGENDA_KIND_ANSWER_DUE)]
    assert agenda("swift", "2026-03-17", "2026-03-31") == []
    assert agenda("steady", "2026-03-01", "2026-03-31") == []
    assert agenda("lunan", "2026-03-01", "2026-03-31") == []
    city.propose_by_silence()
    assert agenda("li", "2026-03-17", "2026-03-17") == [("2026-03-17", pb.AGENDA_KIND_APPROVAL_AWAITED)]
    city.approve()
    city.send(date(2026, 3, 20))
    assert agenda("swift", "2026-03-20", "2026-03-20") == [("2026-03-20", pb.AGENDA_KIND_TALK)]
    city.on(date(2026, 3, 20), "11:30")
    due = [pb.Commitment(text="修改规则", due_date=day) for day in ("2026-04-01", "2026-03-25")]
    city.act("tangshan", "RecordTalk", case_id=city.case_id, minutes="纪要", commitments=due)
    city.act("tangshan", "OrderRectification", case_id=city.case_id, measures="整改")
    whole = [
        ("2026-03-25", pb.AGENDA_KIND_COMMITMENT_DUE),
        ("2026-04-01", pb.AGENDA_KIND_COMMITMENT_DUE),
        ("2026-04-13", pb.AGENDA_KIND_RECTIFICATION_DUE),
    ]
    assert agenda("tangshan", "2026-03-21", "2026-04-30") == whole
    pages, token = [], ""
    while True:
        answer = city.act(
            "tangshan",
            "ListAgenda",
            first_date="2026-03-21",
            last_date="2026-04-30",
            page_size=1,
            page_token=token,
        )
        pages.append([(item.date, item.kind) for item in answer.items])
        token = answer.next_page_token
        if not token:
            break
    assert pages == [[item] for item in whole]


def test_cases_are_listed_by_state_and_by_department(city: City) -> None:
    def listed(**wish: Any) -> int:
        return len(city.notify.as_("tangshan").call("ListCases", notify_pb2.ListCasesRequest(**wish)).cases)

    warned, opened = notify_pb2.CASE_STATE_WARNED, notify_pb2.CASE_STATE_OPEN
    assert listed(states=[warned]) == listed(states=[warned, opened]) == listed() == 1
    assert listed(states=[opened]) == 0
    assert listed(department_id="tangshan") == 1
    assert listed(department_id="transport") == 0
    told = refusal(lambda: listed(states=[0]))
    assert told.reason == "CASE_STATE_UNKNOWN"


def test_a_watch_of_cases_goes_on_after_its_token_without_a_gap(city: City) -> None:
    def watch(party: str, token: str = "") -> Any:
        request = notify_pb2.WatchCasesRequest(resume_token=token)
        return city.notify.as_(party).call("WatchCases", request, timeout_s=60)

    stream = watch("swift")
    opened, warned = next(stream), next(stream)
    assert (opened.step.trigger, opened.case.state) == (
        notify_pb2.CASE_TRIGGER_FINDING_STANDS,
        notify_pb2.CASE_STATE_OPEN,
    )
    assert warned.case.state == notify_pb2.CASE_STATE_WARNED
    city.propose_by_silence()
    proposed = next(stream)
    assert proposed.case.state == notify_pb2.CASE_STATE_SUMMONS_PROPOSED
    stream.cancel()
    resumed = watch("swift", warned.resume_token)
    assert next(resumed) == proposed
    resumed.cancel()
    told = refusal(lambda: next(watch("swift", "999")))
    assert told.reason == "RESUME_TOKEN_UNKNOWN"


def test_letters_are_files_for_whoever_sees_their_case(city: City) -> None:
    warning = city.notice_id("WARNING")
    for party in ("swift", "tangshan", "union"):  # it counts twenty workers: no cell that a union may not see
        answer = city.act(party, "GetNoticeDocument", notice_id=warning, format=pb.DOCUMENT_FORMAT_PDF)
        assert answer.content.startswith(b"%PDF-")
    assert refused(city, "steady", "GetNoticeDocument", notice_id=warning).reason == "NOTICE_NOT_FOUND"
    told = refused(city, "swift", "GetNoticeDocument", notice_id=warning, format=pb.DOCUMENT_FORMAT_ICALENDAR)
    assert told.reason == "NO_TALK"


def test_acts_of_people_and_batches_are_told_in_one_order_without_a_gap(
    tmp_path: Path, database_url: str
) -> None:
    """On PostgreSQL writers run beside each other; numbers become visible in order all the same."""
    with running_city(MemoryEventLog(), tmp_path, store=store_of(database_url)) as city:
        watched: list[notify_pb2.Alert] = []
        request = notify_pb2.WatchAlertsRequest()
        stream = city.notify.as_("tangshan").call("WatchAlerts", request, timeout_s=60)
        watcher = Thread(target=lambda: collect(stream, watched))
        watcher.start()
        with ThreadPoolExecutor(4) as threads:
            replies = [
                threads.submit(reply, city, text=f"进展 {number}", request_id=f"reply-{number}")
                for number in range(12)
            ]
            for number in range(12):
                at_ms = moment_ms(MONDAY - DAY, "12:00")
                city.notify.say(finding(f"beside-{number}", at_ms=at_ms), settle=False)
            assert len({each.result().reply_id for each in replies}) == 12
        city.on(MONDAY, "10:01")

        def listed() -> list[str]:
            """All there are by now: findings still come in."""
            request = notify_pb2.ListAlertsRequest(page_size=1_000)
            alerts = city.notify.as_("tangshan").call("ListAlerts", request).alerts
            return [each.alert_id for each in reversed(alerts)]

        eventually(lambda: [each.alert_id for each in list(watched)] == listed(), 40)
        stream.cancel()
        watcher.join()


def collect(stream: Any, into: list[notify_pb2.Alert]) -> None:
    try:
        for message in stream:
            into.append(message.alert)
    except grpc.RpcError:
        pass  # cancelled
