"""Pages over HTTP, with real gRPC behind them."""

from __future__ import annotations

import re

import httpx
import pytest

from kit.errors import StorageUnavailableError
from services.portal.app import PortalServer
from tests.support.fake_suite import data, registry
from tests.support.fake_suite.suite import PLATFORM, REGULATOR, UNION, FakeSuite


def test_every_answer_carries_the_security_headers(regulator: httpx.Client) -> None:
    for path in ("/", "/healthz", "/nowhere", "/static/mark.svg"):
        headers = regulator.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"


def test_no_page_has_inline_scripts_or_styles_or_foreign_addresses(
    regulator: httpx.Client, suite: FakeSuite
) -> None:
    suite.audits.append(data.audit("audit-1", data.at("2026-03-16 20:00")))
    paths = (
        *("/", "/cases", f"/cases/{data.CASE_ID}", "/findings/finding-0000", "/audit", "/nowhere"),
        *("/rules", f"/rules/{registry.DOCUMENT_ID}", f"/consultations/{registry.CONSULTATION_ID}"),
        *("/reports", f"/reports/{registry.GIVEN_ID}", f"/cases/{data.DUTY_CASE_ID}"),
    )
    for path in paths:
        html = regulator.get(path).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
        assert re.findall(r'<script(?! src="/static/)(?! type="application/json")', html) == []
        assert "http://" not in html
        assert "https://" not in html


def test_the_feed_lists_the_newest_alert_first_in_shanghai_time(regulator: httpx.Client) -> None:
    html = regulator.get("/").text
    assert re.findall(r'data-alert-id="alert-(\d+)"', html) == [
        "0006",
        "0005",
        "0004",
        "0003",
        "0002",
        "0001",
    ]
    assert "2026-03-16 11:46:00 北京时间" in html
    assert 'datetime="2026-03-16T11:46:00.000+08:00"' in html
    assert "快达外卖" in html
    assert "路北区" in html


def test_the_filter_is_kept_in_the_address_and_in_the_stream(regulator: httpx.Client) -> None:
    html = regulator.get("/", params={"platform": "suifeng", "severity": "breach", "area": "130200"}).text
    assert re.findall(r'data-alert-id="alert-(\d+)"', html) == ["0004"]
    assert (
        'data-events="/feed/events?area=130200&amp;platform=suifeng&amp;severity=breach&amp;resume=6"' in html
    )
    assert '<option value="suifeng" selected>' in html


def test_older_alerts_are_a_page_that_does_not_change(regulator: httpx.Client, suite: FakeSuite) -> None:
    suite.emit(*(data.alert(number) for number in range(7, 70)))
    first = regulator.get("/").text
    older = re.search(r'href="(/feed\?page_token=\w+)"', first)
    assert older
    second = regulator.get(older[1]).text
    shown = re.findall(r'data-alert-id="([^"]+)"', first) + re.findall(r'data-alert-id="([^"]+)"', second)
    assert len(shown) == len(set(shown)) == 69
    assert "data-events" not in second


def test_an_unknown_severity_is_refused_with_the_ones_there_are(regulator: httpx.Client) -> None:
    answer = regulator.get("/", params={"severity": "awful"})
    assert answer.status_code == 400
    assert "limit_reached" in answer.text


def test_a_case_shows_counts_rate_steps_and_the_whole_letter(regulator: httpx.Client) -> None:
    html = regulator.get(f"/cases/{data.CASE_ID}").text
    assert "<strong>12</strong>" in html
    assert "<strong>9</strong>" in html
    assert "<strong>7</strong>" in html
    assert "七日内每千名在岗劳动者中有 7 人超限" in html
    for line in data.warning().body.zh.split("\n"):
        assert line.strip("　") in html


def test_a_finding_shows_its_spell_trace_citation_and_events(regulator: httpx.Client) -> None:
    html = regulator.get(f"/cases/{data.CASE_ID}").text
    finding = re.search(
        r'<article class="finding card" id="finding-finding-0000".*?</article>', html, re.DOTALL
    )
    assert finding
    assert "4 小时 31 分钟" in finding[0]
    assert "2026-03-16 12:09:00" in finding[0]
    assert finding[0].count('<path class="excess"') == 2
    assert '<td class="num">4:31:00</td>' in finding[0]
    assert "外卖平台服务管理基本要求" in finding[0]
    assert "kuaida/acc-0-0" in finding[0]
    assert "快达外卖、随风到家" in re.sub("<[^>]+>", "", finding[0])
    assert "<li>连续接单：4 小时 2 分钟 → 4 小时 31 分钟</li>" in finding[0]


def test_of_a_finding_whose_worker_is_erased_the_page_says_so_and_links_nowhere(
    regulator: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = data.case_files()
    erased = files[data.CASE_ID].findings[0]
    erased.worker_id, erased.changes[:] = "0f1e2d3c4b5a6978", ["worker_id: erased"]
    erased.ClearField("working_time")
    monkeypatch.setattr(data, "case_files", lambda: files)
    html = regulator.get(f"/cases/{data.CASE_ID}").text
    finding = re.search(
        r'<article class="finding card" id="finding-finding-0000".*?</article>', html, re.DOTALL
    )
    assert finding
    assert "应劳动者本人要求，其数据及相关证据已删除" in finding[0]
    assert "外卖平台服务管理基本要求" in finding[0]
    assert re.search(r">2026-03-16</time>", finding[0])
    for gone in ("0f1e2d3c4b5a6978", "worker_id", "/findings/finding-0000", "12:09"):
        assert gone not in finding[0]
    assert "/findings/finding-0001" in html


def test_a_breach_that_goes_on_is_stated_as_of_the_moment_its_limit_was_passed(
    regulator: httpx.Client,
) -> None:
    html = regulator.get(f"/cases/{data.CASE_ID}").text
    finding = re.search(r'id="finding-finding-0003".*?</article>', html, re.DOTALL)
    assert finding
    assert "已于 12:01 超过上限" in finding[0]
    assert "以上数字截至上限被超过之时（12:01）" in finding[0]
    assert "恰好到达上限" not in finding[0]


def test_a_union_is_told_why_figures_of_few_workers_are_not_shown(visitor: httpx.Client) -> None:
    visitor.get("/sign-in", params={"token": UNION})
    pages = [visitor.get(path).text for path in ("/cases", f"/cases/{data.CASE_ID}")]
    for html in pages:
        assert "样本过小，不予显示" in html
        assert "不足 10 名劳动者" in html
        assert not re.search(r"<(dd|td|h3|li|p)[^>]*>\s*</\1>", html)
    for trace in ("<strong>12</strong>", "<strong>9</strong>", "9 人", "7 人", "finding-0000", "无在岗数据"):
        assert trace not in pages[1]
    assert "涉及劳动者个人的认定不予显示" in pages[1]


def test_an_audit_finding_shows_its_figures(regulator: httpx.Client) -> None:
    html = regulator.get(f"/cases/{data.AUDIT_CASE_ID}").text
    for figure in ("21 分钟", "8.3%", "7.1%–9.6%", "33 分钟", "32.4–33.7 分钟", "30.8–35.3 分钟", "22 分钟"):
        assert figure in html
    assert "低于可行下限" in html
    assert "5 公里以上（含）" in html
    assert "5000-" not in html


def test_without_an_audit_the_page_says_so_and_offers_to_run_one(regulator: httpx.Client) -> None:
    html = regulator.get("/audit").text
    assert "还没有审计" in html
    assert 'action="/audit/run"' in html


def test_running_an_audit_needs_the_key_of_the_own_form(regulator: httpx.Client, suite: FakeSuite) -> None:
    answer = regulator.post("/audit/run", data={"area": "130200", "form_key": "0" * 64})
    assert answer.status_code == 403
    assert suite.audits == []


def test_an_audit_that_was_run_is_shown(regulator: httpx.Client, suite: FakeSuite) -> None:
    key = re.search(r'name="form_key" value="(\w+)"', regulator.get("/audit").text)
    assert key
    answer = regulator.post("/audit/run", data={"area": "130200", "form_key": key[1], "request_id": "r-1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/audit?area=130200")
    html = regulator.get("/audit?area=130200").text
    assert "最严算法" in html
    assert "低于可行下限" in html
    assert "样本过小，不予显示" in html
    assert '"declared": 21.0' in html


def test_the_newest_of_several_audits_is_shown_if_no_area_is_named(
    regulator: httpx.Client, suite: FakeSuite
) -> None:
    suite.audits += [
        data.audit("a", data.at("2026-03-17 08:00")),
        data.audit("b", data.at("2026-03-16 08:00")),
    ]
    assert "2026-03-17 08:00:00" in regulator.get("/audit").text


def test_a_platform_may_not_run_an_audit(visitor: httpx.Client) -> None:
    visitor.get("/sign-in", params={"token": PLATFORM})
    key = re.search(r'name="form_key" value="(\w+)"', visitor.get("/audit").text)
    assert key
    answer = visitor.post("/audit/run", data={"form_key": key[1]})
    assert answer.status_code == 403
    assert "ROLE_NOT_ALLOWED" in answer.text
    assert "您以“平台企业”身份登录，此操作仅限" in answer.text
    assert "监管部门" in answer.text
    assert "quzhong.api" not in answer.text
    assert "regulator" not in answer.text


@pytest.mark.parametrize("token", [REGULATOR, UNION, PLATFORM])
def test_every_role_reads_alerts_cases_and_audits(visitor: httpx.Client, token: str) -> None:
    visitor.get("/sign-in", params={"token": token})
    assert [visitor.get(path).status_code for path in ("/feed", "/cases", "/audit")] == [200, 200, 200]


def test_english_is_remembered_once_asked_for(regulator: httpx.Client) -> None:
    assert '<html lang="zh-CN">' in regulator.get("/").text
    asked = regulator.get("/", params={"lang": "en"})
    assert '<html lang="en">' in asked.text
    assert asked.headers["content-language"] == "en"
    assert "Live alerts" in regulator.get("/").text
    assert "More than 4 h of continuous order-taking" in regulator.get("/").text
    assert '<html lang="zh-CN">' in regulator.get("/", params={"lang": "zh-CN"}).text


def test_a_case_that_is_not_there_is_a_page_with_a_way_out(regulator: httpx.Client) -> None:
    answer = regulator.get("/cases/nope")
    assert answer.status_code == 404
    assert "没有案件 nope" in answer.text
    assert 'href="/"' in answer.text


def test_programs_get_problem_json(regulator: httpx.Client) -> None:
    answer = regulator.get("/cases/nope", headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["reason"], body["field"], body["instance"]) == (
        404,
        "NOT_FOUND",
        "case_id",
        "/cases/nope",
    )


def test_a_method_that_is_not_allowed_keeps_its_status(regulator: httpx.Client) -> None:
    answer = regulator.delete("/cases", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


def test_a_wrong_parameter_is_named(regulator: httpx.Client) -> None:
    answer = regulator.get("/audit", params={"version": "new"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["field"]) == (400, "version")


def test_a_service_in_trouble_is_unavailable_with_a_time_to_retry(
    regulator: httpx.Client, suite: FakeSuite
) -> None:
    suite.fault = StorageUnavailableError("no space on /srv/data", zh="磁盘已满：/srv/data")
    answer = regulator.get("/cases")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert "暂时无法读写" in answer.text
    assert "/srv/data" not in answer.text, "where the store is is for the log alone"


def test_a_suite_that_is_away_is_unavailable_while_the_portal_is_healthy(
    regulator: httpx.Client, suite: FakeSuite
) -> None:
    suite.break_off()
    assert regulator.get("/").status_code == 503
    assert regulator.get("/healthz").json() == {"status": "SERVING"}


def test_an_address_in_use_is_named(portal: PortalServer) -> None:
    from services.portal.settings import PortalSettings

    port = int(portal.url.rpartition(":")[2])
    with pytest.raises(OSError, match=f"127.0.0.1:{port}: is another instance running there"):
        PortalServer(PortalSettings(portal_port=port))
