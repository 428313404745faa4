"""What people do in a case, over HTTP: the next lawful step, replies, disputes, letters, the agenda."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from kit.clock import show
from quzhong.api.notify.v1 import casework_pb2 as pb
from services.portal.app import PortalServer
from tests.support.fake_suite.casework import ICS, ILLEGAL_CASE_ID, LADDER_CASE_ID, PDF
from tests.support.fake_suite.suite import PLATFORM, UNION, FakeSuite

CASE = f"/cases/{LADDER_CASE_ID}"


@pytest.fixture
def platform(portal: PortalServer) -> Iterator[httpx.Client]:
    headers = {"Accept": "text/html"}
    with httpx.Client(base_url=portal.url, headers=headers, trust_env=False) as client:
        assert client.get("/sign-in", params={"token": PLATFORM}).status_code == 303
        yield client


def form_key(client: httpx.Client) -> str:
    found = re.search(r'name="form_key" value="([^"]+)"', client.get(CASE).text)
    assert found
    return found[1]


def post(client: httpx.Client, path: str, **fields: Any) -> httpx.Response:
    return client.post(path, data={"form_key": form_key(client), "request_id": "r-1", **fields})


def test_a_department_finds_the_steps_that_are_lawful_now(regulator: httpx.Client) -> None:
    html = regulator.get(CASE).text
    actions = set(re.findall(rf'action="{CASE}/([^"]+)"', html))
    assert {"summons", "talk/record", "talk/move", "order", "extension"} <= actions
    assert {f"steps/{name}" for name in ("propose", "approve", "decline", "cancel", "close")} <= actions
    assert f"{CASE}/reply" not in html
    assert "没有须由您办理的事项" not in html


def test_a_platform_may_answer_and_dispute_and_nothing_else(platform: httpx.Client) -> None:
    html = platform.get(CASE).text
    actions = set(re.findall(rf'action="{CASE}/([^"]+)"', html))
    assert actions == {"reply", "findings/finding-0007/appeal"}


def test_a_finding_that_was_set_aside_says_so_and_cannot_be_disputed_again(platform: httpx.Client) -> None:
    html = platform.get(CASE).text
    assert html.count("该认定经异议已予撤销") == 1
    assert html.index('id="finding-finding-0008"') < html.index("该认定经异议已予撤销")
    assert "findings/finding-0008/appeal" not in html


def test_a_union_is_shown_no_form(portal: PortalServer) -> None:
    with httpx.Client(base_url=portal.url, headers={"Accept": "text/html"}, trust_env=False) as client:
        client.get("/sign-in", params={"token": UNION})
        assert f'action="{CASE}' not in client.get(CASE).text


def test_a_summons_names_day_and_place_in_shanghai_and_who_joins(
    regulator: httpx.Client, suite: FakeSuite
) -> None:
    answer = post(
        regulator,
        f"{CASE}/summons",
        day="2026-03-23",
        start="10:00",
        end="11:30",
        place=" 301 会议室 ",
        attendees="平台负责人",
        joint=["tangshan-transport", "tangshan-emergency"],
    )
    assert (answer.status_code, answer.headers["location"]) == (303, CASE)
    (asked,) = suite.acts
    assert isinstance(asked, pb.SendSummonsRequest)
    assert show(asked.start_time.ToMilliseconds()) == "2026-03-23 10:00:00 CST"
    assert show(asked.end_time.ToMilliseconds()) == "2026-03-23 11:30:00 CST"
    assert (asked.place, asked.attendees) == ("301 会议室", "平台负责人")
    assert list(asked.joint_department_ids) == ["tangshan-transport", "tangshan-emergency"]
    assert (asked.case_id, asked.request_id) == (LADDER_CASE_ID, "r-1")


@pytest.mark.parametrize(("day", "start"), [("", "10:00"), ("2026-13-01", "10:00"), ("2026-03-23", "soon")])
def test_what_is_no_day_or_time_is_refused_and_named(
    regulator: httpx.Client, suite: FakeSuite, day: str, start: str
) -> None:
    answer = post(regulator, f"{CASE}/summons", day=day, start=start, end="11:00", place="x", attendees="y")
    assert answer.status_code == 400
    assert "2026-04-01" in answer.text
    assert suite.acts == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("propose", pb.ProposeSummonsRequest),
        ("approve", pb.ApproveSummonsRequest),
        ("decline", pb.DeclineSummonsRequest),
        ("cancel", pb.CancelSummonsRequest),
        ("escalate", pb.EscalateCaseRequest),
        ("close", pb.CloseCaseRequest),
    ],
)
def test_each_step_with_a_reason_calls_its_own_rpc(
    regulator: httpx.Client, suite: FakeSuite, name: str, kind: type
) -> None:
    assert post(regulator, f"{CASE}/steps/{name}", reason=" 事由 ").status_code == 303
    (asked,) = suite.acts
    assert isinstance(asked, kind)
    assert asked.reason == "事由"  # type: ignore[attr-defined]


def test_a_step_of_another_name_is_refused(regulator: httpx.Client, suite: FakeSuite) -> None:
    assert post(regulator, f"{CASE}/steps/punish", reason="x").status_code == 400
    assert suite.acts == []


def test_minutes_keep_the_commitments_that_were_filled_in(regulator: httpx.Client, suite: FakeSuite) -> None:
    post(
        regulator,
        f"{CASE}/talk/record",
        appeared="yes",
        minutes="纪要",
        commitment=["停止推送", "", "报送情况"],
        due=["2026-03-30", "2026-04-01", ""],
    )
    (asked,) = suite.acts
    assert isinstance(asked, pb.RecordTalkRequest)
    assert [(each.text, each.due_date) for each in asked.commitments] == [
        ("停止推送", "2026-03-30"),
        ("报送情况", ""),
    ]
    assert not asked.failed_to_appear


def test_refused_time_has_no_day(regulator: httpx.Client, suite: FakeSuite) -> None:
    post(regulator, f"{CASE}/extension", grant="no", until="2026-04-17", reason="理由不足")
    (asked,) = suite.acts
    assert isinstance(asked, pb.DecideExtensionRequest)
    assert (asked.until, asked.reason) == ("", "理由不足")


def test_a_reply_carries_its_files(platform: httpx.Client, suite: FakeSuite) -> None:
    fields = {
        "form_key": form_key(platform),
        "notice_id": "notice-order",
        "kind": "answer",
        "text": "已改正。",
        "asked_until": "2026-04-17",
    }
    files = [
        ("files", ("计划.pdf", b"%PDF-1.7", "application/pdf")),
        ("files", ("表.csv", b"a,b", "text/csv")),
    ]
    assert platform.post(f"{CASE}/reply", data=fields, files=files).status_code == 303
    (asked,) = suite.acts
    assert isinstance(asked, pb.ReplyToNoticeRequest)
    assert (asked.notice_id, asked.kind, asked.text) == ("notice-order", pb.REPLY_KIND_ANSWER, "已改正。")
    assert [(each.name, each.content) for each in asked.files] == [
        ("计划.pdf", b"%PDF-1.7"),
        ("表.csv", b"a,b"),
    ]
    assert asked.asked_until == ""  # only who asks for time names a day
    assert asked.request_id


def test_disputes_are_filed_and_decided(
    platform: httpx.Client, regulator: httpx.Client, suite: FakeSuite
) -> None:
    post(platform, f"{CASE}/findings/finding-0007/appeal", grounds="已下线")
    post(regulator, f"{CASE}/appeals/appeal-1", uphold="yes", reason="属实")
    filed, decided = suite.acts
    assert isinstance(filed, pb.AppealFindingRequest)
    assert isinstance(decided, pb.DecideFindingAppealRequest)
    assert (filed.finding_id, filed.grounds) == ("finding-0007", "已下线")
    assert (decided.appeal_id, decided.uphold, decided.reason) == ("appeal-1", True, "属实")


@pytest.mark.parametrize(
    "path", ["steps/close", "summons", "talk/move", "talk/record", "order", "extension", "reply", "appeals/a"]
)
def test_a_form_that_was_not_made_for_the_reader_does_nothing(
    regulator: httpx.Client, suite: FakeSuite, path: str
) -> None:
    fields = {"form_key": "forged", "day": "2026-03-23", "start": "10:00", "end": "11:00", "reason": "x"}
    assert regulator.post(f"{CASE}/{path}", data=fields).status_code == 403
    assert suite.acts == []


def test_an_unlawful_step_is_told_with_its_reason_and_a_way_back(regulator: httpx.Client) -> None:
    answer = post(regulator, f"/cases/{ILLEGAL_CASE_ID}/steps/close", reason="x")
    assert answer.status_code == 409
    assert "ILLEGAL_STEP" in answer.text
    assert "本案处于“已警示”" in answer.text


def test_a_letter_is_a_pdf_in_the_readers_language(regulator: httpx.Client) -> None:
    zh = regulator.get("/notices/notice-warning/letter.pdf")
    assert (zh.content, zh.headers["content-type"]) == (PDF, "application/pdf")
    assert zh.headers["content-disposition"].endswith("%E8%AD%A6%E7%A4%BA%E5%87%BD-zh.pdf")
    en = regulator.get("/notices/notice-warning/letter.pdf?lang=en")
    assert en.headers["content-disposition"].endswith("-en.pdf")
    assert "no-store" in zh.headers["cache-control"]


def test_an_invitation_is_a_calendar_file(regulator: httpx.Client) -> None:
    answer = regulator.get("/notices/notice-summons/invitation.ics")
    assert answer.content == ICS
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["content-disposition"].startswith("attachment")


def test_an_attachment_never_runs_in_the_readers_browser(regulator: httpx.Client) -> None:
    answer = regulator.get("/attachments/attachment-1")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "<" not in answer.headers["content-disposition"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/attachments/other", "/notices/other/letter.pdf"])
def test_what_is_not_there_is_not_found(regulator: httpx.Client, path: str) -> None:
    assert regulator.get(path).status_code == 404


def test_the_agenda_shows_approvals_first_and_days_in_order(regulator: httpx.Client) -> None:
    html = regulator.get("/agenda?day=2026-03-20").text
    assert (
        html.index("待批准") < html.index("2026-03-10") < html.index("2026-03-16") < html.index("2026-04-10")
    )
    assert "10:00" in html
    assert "/agenda?day=2026-02-20" in html
    assert "/agenda?day=2026-04-17" in html


@pytest.mark.parametrize("day", ["soon", "1999-12-31", "2100-01-01", "2026-02-30"])
def test_an_agenda_around_no_day_is_refused(regulator: httpx.Client, day: str) -> None:
    assert regulator.get("/agenda", params={"day": day}).status_code == 400


def test_the_newest_letter_is_open_and_earlier_ones_folded(regulator: httpx.Client) -> None:
    html = regulator.get(CASE).text
    order, summons = html.index('id="notice-notice-order"'), html.index('id="notice-notice-summons"')
    assert order < html.index('<details class="earlier-letter">') < summons
