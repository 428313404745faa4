"""The page of a finding judged again, over HTTP with real gRPC behind it; and its drawing."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from quzhong.api.workhours.v1 import workhours_pb2
from services.portal.adapters.decode_explained import explanation, timeline
from services.portal.core.explanations import LONGEST_MS, window_around
from services.portal.core.timeline_chart import timeline_chart
from tests.support.fake_suite import data, explained
from tests.support.fake_suite.suite import PLATFORM, UNION

HOUR_MS = data.HOUR_MS
SHOWN = explanation(explained.explanation(explained.findings()[explained.STANDS], own=""))


def test_the_page_says_whether_the_finding_still_stands_and_what_differs(regulator: httpx.Client) -> None:
    html = regulator.get(f"/findings/{explained.STANDS}").text
    assert "仍然成立" in html
    assert "<li>连续接单：4 小时 31 分钟 → 4 小时 33 分钟</li>" in html
    assert "此处按现行 1.1.0 版重新判定" in html
    assert "已知 4 小时 50 分钟，未知 20 分钟（未知不等于休息）" in html
    assert "第 1 次更正" in html
    assert "cn-food-delivery-2025 1.1.0" in html


def test_a_finding_whose_ground_is_gone_stands_no_longer(regulator: httpx.Client) -> None:
    html = regulator.get(f"/findings/{explained.GONE}").text
    assert "不再成立" in html
    assert "按现行规则，这一时段未达到任何级别" in html
    assert "<li>级别：超限 → 无</li>" in html


def test_supervision_sees_the_workers_time_on_every_platform(regulator: httpx.Client) -> None:
    html = regulator.get(f"/findings/{explained.STANDS}").text
    assert html.count('<text class="axis lane"') == 4  # two platforms, drawn wide and narrow
    assert html.count('<line class="offer"') == 2
    assert "连续接单不超过 4 小时" in html
    assert "未报告结束" in html


def test_a_platform_sees_its_own_events_and_no_timeline(visitor: httpx.Client) -> None:
    visitor.get("/sign-in", params={"token": PLATFORM})
    answer = visitor.get(f"/findings/{explained.STANDS}")
    assert answer.status_code == 200
    assert "日志中的事件（2 个）" in answer.text
    assert "劳动者时间线" not in answer.text


def test_a_union_may_not_see_it(visitor: httpx.Client) -> None:
    visitor.get("/sign-in", params={"token": UNION})
    answer = visitor.get(f"/findings/{explained.STANDS}")
    assert answer.status_code == 403
    assert "ROLE_NOT_ALLOWED" in answer.text


def test_only_findings_about_a_worker_lead_to_it(regulator: httpx.Client) -> None:
    html = regulator.get(f"/cases/{data.CASE_ID}").text
    assert f'href="/findings/{explained.STANDS}?case={data.CASE_ID}"' in html
    assert 'href="/findings/' not in regulator.get(f"/cases/{data.AUDIT_CASE_ID}").text
    assert "重新核算 →" not in regulator.get(f"/findings/{explained.STANDS}").text


def test_a_finding_that_is_not_there_is_a_page_with_a_way_out(regulator: httpx.Client) -> None:
    answer = regulator.get("/findings/nope")
    assert answer.status_code == 404
    assert "没有认定 nope" in answer.text


def test_the_way_back_stays_on_the_portal(regulator: httpx.Client) -> None:
    html = regulator.get(f"/findings/{explained.STANDS}", params={"case": "//evil.example/'\"><script>"}).text
    assert 'href="/cases///evil.example' in html
    assert "<script>" not in html


def test_it_is_there_in_english(regulator: httpx.Client) -> None:
    html = regulator.get(f"/findings/{explained.STANDS}", params={"lang": "en"}).text
    assert "Still stands" in html
    assert "unknown is not rest" in html


def test_the_window_is_the_stretch_with_an_hour_on_both_sides() -> None:
    start, end = data.at("2026-03-16 06:30"), data.at("2026-03-16 12:40") + 20 * data.MINUTE_MS + HOUR_MS
    assert window_around(SHOWN) == (start, end)
    assert SHOWN.again is not None
    later = replace(SHOWN, again=replace(SHOWN.again, period_end_ms=end + 90 * 24 * HOUR_MS))
    assert window_around(later) == (start, start + LONGEST_MS)
    assert window_around(replace(SHOWN, finding=replace(SHOWN.finding, evidence=None))) is None


@pytest.mark.parametrize("width", [760, 320])
def test_the_drawing_keeps_within_its_frame(width: float) -> None:
    window = window_around(SHOWN)
    assert window is not None
    request = workhours_pb2.GetWorkerTimelineRequest(worker_id=SHOWN.finding.worker_id)
    drawn = timeline(explained.timeline(request), *window)
    narrowed = replace(drawn, start_ms=drawn.start_ms + 2 * HOUR_MS)  # work began before it
    for each in (drawn, narrowed):
        chart = timeline_chart(each, SHOWN.finding.event_time_ms, width=width)
        assert [lane.platform_id for lane in chart.lanes] == ["kuaida", "suifeng"]
        bars = [bar for lane in chart.lanes for bar in (*lane.bars, *lane.open_bars)]
        assert len(bars) == 7
        assert all(chart.left <= bar.x and bar.x + bar.width <= width - chart.left + 0.5 for bar in bars)
        assert chart.bottom < chart.height
        assert chart.mark_x is not None
        assert chart.left < chart.mark_x < width - chart.left
    assert timeline_chart(drawn, window[1] + 1, width=width).mark_x is None
