"""The page of a duty, and a platform's standing, over HTTP with real gRPC behind them."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest

from quzhong.api.notify.v1 import notify_pb2
from services.portal.adapters import decode_cases
from tests.support.fake_suite import data
from tests.support.fake_suite.suite import PLATFORM
from tests.unit.portal.page_text import text_of

OVERDUE, LICENCE = (f"{rule_id}/{subject_id}" for rule_id, subject_id, _ in data.DUTIES)


def test_a_late_report_says_whose_it_is_since_when_and_what_ends_it(regulator: httpx.Client) -> None:
    shown = text_of(regulator.get(f"/duties/{quote(OVERDUE, safe='')}"))
    assert "责任单位 快达外卖 当前状态 逾期 起始时间 2025-10-23 00:00" in shown
    assert "报送期限 2025-10-22" in shown
    assert "依据 唐人社字〔2022〕1号 二.2 如何终结 报送该份报告" in shown
    assert "本版变更 期限：2025-10-21 → 2025-10-22" in shown


def test_a_licence_that_ended_is_ended_by_its_renewal(regulator: httpx.Client) -> None:
    shown = text_of(regulator.get(f"/duties/{quote(LICENCE, safe='')}"))
    assert "有效期至 2026-02-28" in shown
    assert "证照编号 L-0042" in shown
    assert "如何终结 在登记处更新该证照的有效期后" in shown


def test_a_finding_about_a_duty_leads_to_its_own_page(regulator: httpx.Client) -> None:
    answer = regulator.get(f"/findings/{quote(OVERDUE, safe='')}", params={"case": data.DUTY_CASE_ID})
    assert answer.status_code == 303
    there = regulator.get(answer.headers["location"])
    assert f'href="/cases/{data.DUTY_CASE_ID}"' in there.text
    case = regulator.get(f"/cases/{data.DUTY_CASE_ID}").text
    assert f'href="/duties/{OVERDUE}?case={data.DUTY_CASE_ID}"' in case


def test_who_owes_the_report_is_led_to_its_form(visitor: httpx.Client, regulator: httpx.Client) -> None:
    path = f"/duties/{quote(OVERDUE, safe='')}"
    form = 'href="/reports/form?platform=kuaida&amp;area=130200&amp;quarter=2025Q3"'
    assert form not in regulator.get(path).text
    visitor.get("/sign-in", params={"token": PLATFORM})
    assert form in visitor.get(path).text


@pytest.mark.parametrize("finding_id", ["registry.report-overdue/none", "no-finding"])
def test_a_duty_there_is_not_is_not_found(regulator: httpx.Client, finding_id: str) -> None:
    assert regulator.get(f"/duties/{quote(finding_id, safe='')}").status_code == 404


def test_a_platform_s_standing_has_what_to_do_first(visitor: httpx.Client) -> None:
    visitor.get("/sign-in", params={"token": PLATFORM})
    shown = text_of(visitor.get("/standing"))
    assert "逾期报告 2 待报送报告 0 在办案件 3 现行规则 1" in shown
    assert shown.index("2025 年第 3 季度") < shown.index("2025 年第 4 季度")
    assert "2026 年第 1 季度" not in shown
    assert "连续工作时间超限 路北区" in shown


def test_a_case_about_a_duty_tells_whose_it_is() -> None:
    assert decode_cases.case(notify_pb2.Case(platform_id="kuaida", party_id="firm-a")).party_id == "firm-a"
