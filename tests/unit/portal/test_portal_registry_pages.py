"""Pages of declared rules and employment reports over HTTP, with real gRPC behind them."""

from __future__ import annotations

import re

import httpx
import pytest

from quzhong.api.registry.v1 import reports_pb2
from services.portal.core.reports import FIGURES
from tests.support.fake_suite import data, registry
from tests.support.fake_suite.suite import FakeSuite
from tests.unit.portal.page_text import form_of, text_of


def test_the_figures_are_those_of_the_contract_in_its_order() -> None:
    assert list(FIGURES) == [field.name for field in reports_pb2.EmploymentFigures.DESCRIPTOR.fields]


def test_rules_are_listed_with_what_holds_and_how_it_was_settled(regulator: httpx.Client) -> None:
    shown = text_of(regulator.get("/rules"))
    assert "抽成规则 抽成比例 快达外卖 唐山市 外卖配送 第 2 版（共 2 版） 现行" in shown
    assert "2026-03-10 00:00 9 天 经协商达成" in shown


def test_a_version_is_compared_with_the_one_before_provision_by_provision(regulator: httpx.Client) -> None:
    shown = text_of(regulator.get(f"/rules/{registry.DOCUMENT_ID}"))
    assert "每单最高抽成 commission.most 新增 无 3.00 元" in shown
    assert "抽成比例 commission.rate 修改 18.5% 15%" in shown
    assert "夜间加收 night.surcharge 删除 是 无" in shown
    assert "删除： 第二条 夜间加收。" in shown


def test_the_first_version_has_nothing_to_be_compared_with(regulator: httpx.Client) -> None:
    shown = text_of(regulator.get(f"/rules/{registry.DOCUMENT_ID}", params={"version": 1}))
    assert "没有可比较的上一版" in shown
    assert "已被取代" in shown


def test_programs_read_the_same_as_the_contract_s_json(regulator: httpx.Client) -> None:
    every = regulator.get("/rules.json", headers={"Accept": "application/json"})
    assert [each["version"] for each in every.json()["documents"]] == [1, 2]
    one = regulator.get(f"/rules/{registry.DOCUMENT_ID}/document.json", params={"version": 1})
    assert one.headers["content-type"] == "application/json"
    assert one.json()["fields"][0]["number"] == 0.185


@pytest.mark.parametrize("path", ["/rules/none", "/rules/none/document.json", "/reports/none"])
def test_what_there_is_not_is_not_found(regulator: httpx.Client, path: str) -> None:
    assert regulator.get(path).status_code == 404


def test_a_version_there_is_not_is_not_found(regulator: httpx.Client) -> None:
    assert regulator.get(f"/rules/{registry.DOCUMENT_ID}", params={"version": 9}).status_code == 404


def test_an_unknown_kind_of_rules_is_refused_with_those_there_are(regulator: httpx.Client) -> None:
    answer = regulator.get("/rules", params={"kind": "tea"}, headers={"Accept": "*/*"})
    assert answer.status_code == 400
    assert "commission" in answer.json()["detail"]


def test_what_is_late_stands_first_and_says_by_how_much(regulator: httpx.Client) -> None:
    shown = text_of(regulator.get("/reports"))
    assert "有 2 份报告逾期未报送。" in shown
    assert re.search(r"2025 年第 3 季度 快达外卖 .*?逾期 已逾期 \d+ 天 尚无", shown)
    assert shown.index("2025 年第 3 季度") < shown.index("2026 年第 1 季度")
    assert "退回要求：请补充职业伤害保障人数" in shown


def test_a_returned_report_says_what_was_asked_for(regulator: httpx.Client) -> None:
    shown = text_of(regulator.get(f"/reports/{registry.RETURNED_ID}"))
    assert "请补充职业伤害保障人数" in shown
    assert "须说明 比上季度增加 60% 说明：旺季招募" in shown
    assert "本季已支付报酬 1,234,567.00 元" in shown
    assert "伤害事件数 0" in shown
    assert "参加工伤保险人数 未填" in shown


def test_a_report_is_acknowledged(regulator: httpx.Client, suite: FakeSuite) -> None:
    path = f"/reports/{registry.GIVEN_ID}"
    form = form_of(regulator.get(path).text, f"{path}/acknowledge")
    assert regulator.post(f"{path}/acknowledge", data=form).status_code == 303
    assert suite.reports[1].state == reports_pb2.REPORT_STATE_ACKNOWLEDGED


def test_a_report_is_received_with_a_form_of_ours_only(regulator: httpx.Client, suite: FakeSuite) -> None:
    path = f"/reports/{registry.GIVEN_ID}"
    for action in ("acknowledge", "return"):
        assert regulator.post(f"{path}/{action}", data={"version": "1"}).status_code == 403
    assert suite.reports[1].state == reports_pb2.REPORT_STATE_SUBMITTED


def test_a_duty_is_told_in_words_on_its_case_and_in_the_feed(
    regulator: httpx.Client, suite: FakeSuite
) -> None:
    shown = text_of(regulator.get(f"/cases/{data.DUTY_CASE_ID}"))
    assert "用工报告逾期未报送 责任单位 快达外卖 报送期限 2025-10-22 报告 2025 年第 3 季度" in shown
    assert "证照已过期 责任单位 快达外卖 有效期至 2026-02-28 证照编号 L-0042" in shown
    assert "期限：2025-10-21 → 2025-10-22" in shown
    suite.emit(data.alert(7, rule_id=data.DUTY_RULE, title=("用工报告逾期", "Overdue")))
    feed = text_of(regulator.get("/"))
    assert "逾期 用工报告逾期 新认定 快达外卖 · 路北区 · 用工报告逾期未报送" in feed
