"""The HTTP API: the values of the pages as JSON, part by part, asked again, and replied to."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from quzhong.api.notify.v1 import casework_pb2
from services.portal.app import PortalServer
from services.portal.core.language import Language
from services.portal.web import TOKEN_COOKIE, Reader
from tests.support.fake_suite import bargaining
from tests.support.fake_suite.suite import PLATFORM, REGULATOR, FakeSuite

REPLY = {"kind": "answer", "text": "已整改", "files": [{"name": "说明.txt", "content": "5bey5pW05pS5"}]}


@pytest.fixture
def program(portal: PortalServer) -> Iterator[httpx.Client]:
    """A regulator's."""
    headers = {"authorization": f"Bearer {REGULATOR}"}
    with httpx.Client(base_url=portal.url, headers=headers, trust_env=False) as client:
        yield client


@pytest.fixture
def browser(portal: PortalServer) -> Iterator[httpx.Client]:
    """A platform's, with its cookie."""
    with httpx.Client(base_url=portal.url, cookies={TOKEN_COOKIE: PLATFORM}, trust_env=False) as client:
        yield client


def test_a_case_is_told_field_by_field(program: httpx.Client) -> None:
    found = program.get("/api/v1/cases/case-7d1f0c").json()
    assert found["case"]["state"] == "warned"
    assert found["case"]["create_time"] == "2026-03-16T03:43:00Z"
    evidence = found["findings"][0]["evidence"]
    assert evidence["kind"] == "working_time"
    assert (evidence["limit_ms"], evidence["limit_time"]) == (14_400_000, "2026-03-16T04:09:00Z")
    assert found["steps"][-1]["to_state"] == "warned"


def test_an_audit_has_its_rows_and_figures(program: httpx.Client, suite: FakeSuite) -> None:
    suite.audits.append(bargaining.full_audit())
    listed = program.get("/api/v1/audits").json()["audits"]
    assert "cohorts" not in listed[0]
    audit = program.get(f"/api/v1/audits/{listed[0]['audit_id']}").json()
    drawn = [row for row in audit["cohorts"] if row["figures"]]
    assert {"within_middle", "strictest"} & {row["verdict"] for row in drawn}
    assert drawn[0]["figures"]["p50_interval"]["low"] <= drawn[0]["figures"]["p50"]


def test_the_next_part_has_its_address_in_link(program: httpx.Client) -> None:
    ids, address = [], "/api/v1/alerts?page_size=1&platform_id=kuaida"
    while address:
        answer = program.get(address)
        ids += [alert["alert_id"] for alert in answer.json()["alerts"]]
        address = answer.links["next"]["url"] if "next" in answer.links else ""
        assert not address or "platform_id=kuaida" in address
    whole = program.get("/api/v1/alerts?platform_id=kuaida").json()["alerts"]
    assert len(ids) > 1
    assert ids == [alert["alert_id"] for alert in whole]


def test_what_is_unchanged_is_not_sent_again(program: httpx.Client, suite: FakeSuite) -> None:
    first = program.get("/api/v1/alerts")
    assert first.headers["cache-control"] == "private, no-cache"
    assert {"authorization", "cookie"} <= {each.strip().lower() for each in first.headers["vary"].split(",")}
    tag = first.headers["etag"]
    again = program.get("/api/v1/alerts", headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    suite.alerts.pop()
    changed = program.get("/api/v1/alerts", headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


def test_what_is_sent_compressed_has_another_tag(program: httpx.Client) -> None:
    plain = program.get("/api/v1/cases/case-7d1f0c", headers={"accept-encoding": "identity"})
    packed = program.get("/api/v1/cases/case-7d1f0c", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert packed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize(
    ("address", "field", "told"),
    [
        ("/api/v1/alerts?least_severity=grave", "least_severity", "least_severity：'grave' 不可用；应为 "),
        (
            "/api/v1/alerts?area_code=Tangshan",
            "area_code",
            "area_code：'Tangshan' 不可用；应符合格式 ^([0-9]{6})?$",
        ),
        ("/api/v1/cases?page_size=1001", "page_size", "page_size：'1001' 不可用；应不大于 1000"),
        ("/api/v1/cases?page_size=many", "page_size", "page_size：'many' 不可用；应为整数"),
        (
            "/api/v1/workers/w/timeline?start_time=2026-03-16&end_time=2026-03-17T00:00:00Z",
            "start_time",
            "start_time：'2026-03-16' 不可用；应为带时区的时刻，如 2026-03-02T08:00:00+08:00",
        ),
        (
            "/api/v1/audits/a/what-if?platform_id=kuaida&cohort=x&threshold=nan",
            "threshold",
            "threshold：'nan' 不可用；应为有限的数字",
        ),
        ("/api/v1/audits/a/what-if?platform_id=kuaida&threshold=1", "cohort", "cohort：缺失；请填写"),
    ],
)
def test_a_field_that_is_wrong_is_named_with_what_it_should_be(
    program: httpx.Client, address: str, field: str, told: str
) -> None:
    answer = program.get(address)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["field"], problem["reason"], problem["status"]) == (field, "INVALID_ARGUMENT", 400)
    assert problem["detail"].startswith(told), problem["detail"]


def test_refusals_are_told_in_english_on_request(program: httpx.Client) -> None:
    answer = program.get("/api/v1/cases/no-such-case?lang=en")
    assert answer.status_code == 404
    assert answer.headers["content-language"] == "en"
    assert answer.json()["detail"].isascii()


def test_a_reply_goes_to_the_notice_with_its_files_and_its_key(
    browser: httpx.Client, suite: FakeSuite
) -> None:
    answer = browser.post(
        "/api/v1/notices/notice-1/replies",
        json=REPLY,
        headers={"authorization": f"Bearer {PLATFORM}", "idempotency-key": "reply-1"},
    )
    assert answer.status_code == 201
    (asked,) = suite.acts
    assert isinstance(asked, casework_pb2.ReplyToNoticeRequest)
    assert (asked.request_id, asked.notice_id, asked.kind) == (
        "reply-1",
        "notice-1",
        casework_pb2.REPLY_KIND_ANSWER,
    )
    assert (asked.files[0].name, asked.files[0].content.decode()) == ("说明.txt", "已整改")


def test_a_finding_is_disputed(browser: httpx.Client, suite: FakeSuite) -> None:
    answer = browser.post(
        "/api/v1/cases/case-7d1f0c/disputes",
        json={"finding_id": "workhours/a b/1", "grounds": "已停推"},
        headers={"authorization": f"Bearer {PLATFORM}", "idempotency-key": "dispute-1"},
    )
    assert answer.status_code == 201
    (asked,) = suite.acts
    assert isinstance(asked, casework_pb2.AppealFindingRequest)
    assert (asked.case_id, asked.finding_id, asked.grounds) == ("case-7d1f0c", "workhours/a b/1", "已停推")


@pytest.mark.parametrize("key", ["", "wrong", Reader(REGULATOR, Language.CHINESE).form_key])
def test_a_cookie_alone_changes_nothing(browser: httpx.Client, suite: FakeSuite, key: str) -> None:
    headers = {"idempotency-key": "reply-2"} | ({"form-key": key} if key else {})
    answer = browser.post("/api/v1/notices/notice-1/replies", json=REPLY, headers=headers)
    assert (answer.status_code, answer.json()["reason"]) == (403, "FORM_KEY_WRONG")
    assert suite.acts == []


def test_a_cookie_with_the_key_of_the_reader_s_forms_will_do(browser: httpx.Client, suite: FakeSuite) -> None:
    headers = {"idempotency-key": "reply-3", "form-key": Reader(PLATFORM, Language.CHINESE).form_key}
    answer = browser.post("/api/v1/notices/notice-1/replies", json=REPLY, headers=headers)
    assert answer.status_code == 201
    assert len(suite.acts) == 1


@pytest.mark.parametrize("key", [None, "with blank", "x" * 65])
def test_a_write_needs_a_key_of_its_own(browser: httpx.Client, suite: FakeSuite, key: str | None) -> None:
    headers = {"authorization": f"Bearer {PLATFORM}"} | ({"idempotency-key": key} if key else {})
    answer = browser.post("/api/v1/notices/notice-1/replies", json=REPLY, headers=headers)
    assert (answer.status_code, answer.json()["field"]) == (400, "Idempotency-Key")
    assert suite.acts == []


@pytest.mark.parametrize(
    "said",
    [
        REPLY | {"kind": {}},
        REPLY | {"kind": "shout"},
        REPLY | {"kind": 1},
        REPLY | {"files": [{"name": "x", "content": "no base64"}]},
        REPLY | {"more": 1},
        [],
    ],
)
def test_a_reply_that_makes_no_sense_is_refused(
    browser: httpx.Client, suite: FakeSuite, said: object
) -> None:
    headers = {"authorization": f"Bearer {PLATFORM}", "idempotency-key": "reply-4"}
    answer = browser.post("/api/v1/notices/notice-1/replies", json=said, headers=headers)
    assert (answer.status_code, answer.json()["reason"]) == (400, "INVALID_ARGUMENT")
    assert suite.acts == []


def test_half_a_character_is_refused(browser: httpx.Client, suite: FakeSuite) -> None:
    headers = {"authorization": f"Bearer {PLATFORM}", "idempotency-key": "reply-5"}
    headers["content-type"] = "application/json"
    said = rb'{"kind": "answer", "text": "\ud800"}'
    answer = browser.post("/api/v1/notices/notice-1/replies", content=said, headers=headers)
    assert (answer.status_code, answer.json()["field"]) == (400, "text")
    assert suite.acts == []


def test_files_are_saved_and_never_shown(program: httpx.Client) -> None:
    answer = program.get("/api/v1/attachments/attachment-1")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_documents_are_published_for_everybody(portal: PortalServer) -> None:
    with httpx.Client(base_url=portal.url, trust_env=False) as nobody:
        openapi = nobody.get("/docs/openapi.json")
        assert openapi.json()["openapi"].startswith("3.1")
        assert nobody.get("/docs/asyncapi.json").json()["asyncapi"] == "3.0.0"
        tag = {"if-none-match": openapi.headers["etag"]}
        assert nobody.get("/docs/openapi.json", headers=tag).status_code == 304
        for language, word in (("zh-CN", "签收、答复文书"), ("en", "Acknowledge a notice")):
            page = nobody.get("/docs", params={"lang": language}, headers={"accept": "text/html"}).text
            assert word in page
            assert "/api/v1/notices/{notice_id}/replies" in page
            topics = nobody.get("/docs/topics", params={"lang": language}, headers={"accept": "text/html"})
            assert "quzhong.api.events.v1.WorkSessionColumns" in topics.text


HOW_TO = Path(__file__).parents[3] / "docs/how-to/use-the-http-api.md"


@pytest.mark.parametrize("page", [HOW_TO, HOW_TO.with_suffix(".zh-CN.md")], ids=["en", "zh"])
def test_what_the_how_to_asks_is_answered(program: httpx.Client, page: Path) -> None:
    text = page.read_text("utf-8")
    asked = re.findall(r'"\$PORTAL(/api/v1/[^"]*)"', text)
    assert len(asked) >= 5
    for address in asked:
        assert program.get(address).status_code == (400 if "many" in address else 200), address


def test_the_how_to_turns_pages(portal: PortalServer, program: httpx.Client) -> None:
    script = re.findall(r"```python\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)[0]
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env={"PORTAL": portal.url, "TOKEN": REGULATOR, "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines()[0].startswith("case-7d1f0c warned ")
