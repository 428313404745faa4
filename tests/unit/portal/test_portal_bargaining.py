"""A negotiator's pages over HTTP, with real gRPC behind them."""

from __future__ import annotations

import time

import httpx
import pytest

from quzhong.api.algo_audit.v1 import appeals_pb2, consultation_pb2
from tests.support.fake_suite import bargaining
from tests.support.fake_suite.suite import PLATFORM, UNION, FakeSuite
from tests.unit.portal.page_text import form_of, text_of

ONE = {"audit": "audit-1", "platform": "kuaida", "cohort": "3000-5000", "service": "1", "unit": "s"}
ROOM = f"/consultations/{bargaining.OPEN_ID}"


@pytest.fixture
def union(visitor: httpx.Client, suite: FakeSuite) -> httpx.Client:
    suite.audits += [bargaining.full_audit(), bargaining.orders_audit()]
    visitor.get("/sign-in", params={"token": UNION})
    return visitor


def as_platform(visitor: httpx.Client) -> httpx.Client:
    visitor.cookies.clear()
    visitor.get("/sign-in", params={"token": PLATFORM})
    return visitor


def send(visitor: httpx.Client, page: str, action: str, **typed: str) -> httpx.Response:
    form = form_of(visitor.get(page).text, action)
    return visitor.post(action, data=form | typed)


def test_thresholds_stand_against_the_middle_by_metric(union: httpx.Client) -> None:
    shown = text_of(union.get("/thresholds"))
    assert "快达外卖 · 3–5 公里 最严算法 低于可行下限 21 分钟" in shown
    assert "30.4–35.8 分钟 P50 33 分钟（32.3–33.7 分钟） 可行下限 22 分钟" in shown
    assert "样本过小，不予显示" in shown
    assert "P50 31 单/天（≥ 30 单/天）" in shown
    assert "已申报、尚未审计" in shown
    assert "抽成比例 18.5%" in shown


def test_what_is_filtered_and_sorted_by_stands_in_the_address(union: httpx.Client) -> None:
    page = union.get("/thresholds", params={"platform": "wenbu", "verdict": "laxer", "sort": "workers"})
    shown = text_of(page)
    assert "快达外卖 ·" not in shown
    assert '<option value="wenbu" selected>' in page.text
    assert 'href="/thresholds?platform=wenbu&amp;verdict=laxer&amp;sort=attainment"' in page.text
    assert "没有符合条件的标准" in text_of(
        union.get("/thresholds", params={"verdict": "stricter", "platform": "wenbu"})
    )


def test_one_threshold_tells_what_another_would_do_and_how_it_came_to_be(union: httpx.Client) -> None:
    shown = text_of(union.get("/thresholds/one", params=ONE | {"threshold": "33"}))
    assert "33 分钟 居中" in shown
    assert "约 1,190 单，共 2,380 单" in shown
    assert "714.00 元（−600.00 元）" in shown
    assert "每 30 天变化 −1.7 分钟" in shown
    assert "第 2 版 23 分钟 2026-01-05 经协商达成" in shown
    assert "订单实际执行：20 分钟；其中 34% 的订单严于申报。" in shown


def test_without_a_cohort_the_gravest_threshold_of_the_newest_audit_is_shown(union: httpx.Client) -> None:
    assert "3–5 公里 · 唐山市" in text_of(union.get("/thresholds/one"))


def test_a_cohort_too_small_to_be_shown_has_no_what_if(union: httpx.Client) -> None:
    page = union.get("/thresholds/one", params=ONE | {"cohort": "5000-inf"})
    assert "样本过小" in text_of(page)
    assert 'id="slider"' not in page.text


def test_the_slider_is_answered_in_time_with_figures_in_words(union: httpx.Client) -> None:
    spent = []
    for _ in range(5):
        start = time.perf_counter()
        answer = union.get("/thresholds/what-if.json", params=ONE | {"threshold": "20"})
        spent.append(time.perf_counter() - start)
    told = answer.json()
    assert told["verdict"] == "strictest"
    assert told["belowFloor"] is True
    assert told["texts"]["orders"] == "约 2,240 单，共 2,380 单"
    assert answer.headers["cache-control"] == "no-store"
    assert min(spent) < 0.2


def test_what_is_no_number_is_refused_by_name(union: httpx.Client) -> None:
    answer = union.get(
        "/thresholds/what-if.json", params=ONE | {"threshold": "soon"}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json()["field"] == "threshold"


def test_groups_and_pay_are_held_against_their_marks(union: httpx.Client) -> None:
    shown = text_of(union.get("/thresholds/groups"))
    assert "快达外卖 · 自主经营 差异过大 用工形式 240 31% 最优群体 48% 0.65" in shown
    assert "0.70–∞" in shown
    assert "低于最低工资 420 24.50 元/小时" in shown
    assert "未提供从业时长" in shown


def test_consultations_are_listed_with_the_yearly_duty_above(union: httpx.Client) -> None:
    shown = text_of(union.get("/consultations"))
    assert "稳步同城 ：已逾期，期限为 2026-01-31 · 尚未协商过" in shown
    assert "快达外卖 · 配送时长（接单至送达） 唐山市 协商中 时间预估与路线规划" in shown
    assert "抽成比例" not in text_of(union.get("/consultations", params={"state": "open"}))


def test_a_union_opens_a_consultation_from_a_threshold(union: httpx.Client, suite: FakeSuite) -> None:
    answer = send(
        union,
        "/consultations/new?platform=kuaida&metric=daily_orders&area=130200",
        "/consultations",
        platform="kuaida",
        topic="hours_and_rest",
        metric="daily_orders",
        area="130200",
        detail="service",
        first_day="2026-02-01",
        last_day="2026-02-28",
    )
    assert answer.status_code == 303
    opened = suite.consultations.kept[answer.headers["location"].rpartition("/")[2]]
    assert opened.union_id == "tangshan-union"
    assert opened.period_end_time == bargaining.full_audit().period_end_time
    assert "双方均尚未提出方案" in text_of(union.get(answer.headers["location"]))


def test_a_second_consultation_on_the_same_leads_to_the_first_and_keeps_what_was_typed(
    union: httpx.Client,
) -> None:
    answer = send(
        union,
        "/consultations/new",
        "/consultations",
        platform="kuaida",
        topic="time_and_routing",
        metric="delivery_time",
        area="130200",
        text="请放宽",
    )
    assert answer.status_code == 409
    assert f'href="{ROOM}"' in answer.text
    assert ">请放宽</textarea>" in answer.text


def test_the_room_shows_both_sides_offers_with_what_each_would_do(union: httpx.Client) -> None:
    shown = text_of(union.get(ROOM))
    assert "工会 方案 1" in shown
    assert "外卖配送 · 3–5 公里： 33 分钟" in shown
    assert "达成率 50% 约 1,190 单、150 人未达标 罚款 714.00 元" in shown
    assert "接受方案 2" in shown
    platforms = text_of(as_platform(union).get(ROOM))
    assert "最新方案由己方提出" in platforms
    assert "接受方案 2" not in platforms


def test_who_is_no_side_reads_along_and_has_no_buttons(regulator: httpx.Client) -> None:
    page = regulator.get(ROOM)
    assert "双方最新方案" in text_of(page)
    assert f'action="{ROOM}/' not in page.text


def test_an_offer_is_made_by_bands_in_minutes(union: httpx.Client, suite: FakeSuite) -> None:
    answer = send(
        union,
        ROOM,
        f"{ROOM}/offers",
        **{"value.1.3000-5000": "30", "effective": "2026-05-01", "text": "折中"},
    )
    assert answer.status_code == 303
    offer = suite.consultations.kept[bargaining.OPEN_ID].offers[-1]
    assert offer.side == consultation_pb2.SIDE_UNION
    assert [(each.distance_start_m, each.distance_end_m, each.value) for each in offer.thresholds] == [
        (3_000, 5_000, 1_800)
    ]


@pytest.mark.parametrize(
    ("value", "refusal"), [("15", "低于可行下限"), ("soon", "不是数字"), ("", "共 0 个标准")]
)
def test_a_refused_offer_says_why_and_keeps_what_was_typed(
    union: httpx.Client, value: str, refusal: str
) -> None:
    answer = send(
        union,
        ROOM,
        f"{ROOM}/offers",
        **{"value.1.3000-5000": value, "effective": "2026-05-01", "text": "折中"},
    )
    assert refusal in text_of(answer, 400)
    assert f'name="value.1.3000-5000" inputmode="decimal" autocomplete="off" value="{value}"' in answer.text
    assert ">折中</textarea>" in answer.text


def test_accepting_the_other_sides_offer_is_the_agreement(union: httpx.Client) -> None:
    answer = send(union, ROOM, f"{ROOM}/accept", text="")
    assert answer.status_code == 303
    shown = text_of(union.get(ROOM))
    assert "已达成一致 生效日期 2026-04-01" in shown
    assert f"{ROOM}/offers" not in union.get(ROOM).text
    again = union.post(f"{ROOM}/accept", data=form_of(union.get("/consultations/new").text, "/consultations"))
    assert "该协商已结束" in text_of(again, 409)


def test_a_side_ends_without_agreement_and_says_why(union: httpx.Client) -> None:
    assert send(union, ROOM, f"{ROOM}/fail", text="分歧过大").status_code == 303
    assert "分歧过大" in text_of(union.get(ROOM))


@pytest.mark.parametrize(
    ("kind", "media_type", "shown"),
    [
        ("pdf", "application/pdf", "inline"),
        ("csv", "application/zip", "attachment"),
        ("parquet", "application/vnd.apache.parquet", "attachment"),
    ],
)
def test_the_pack_is_a_file_in_either_language(
    union: httpx.Client, kind: str, media_type: str, shown: str
) -> None:
    for language, name in (("zh-CN", b"LANGUAGE_ZH"), ("en", b"LANGUAGE_EN")):
        answer = union.get(f"{ROOM}/pack/{kind}", params={"lang": language})
        assert answer.headers["content-type"] == media_type
        assert answer.headers["content-disposition"].startswith(shown)
        assert answer.content == name
    assert union.get(f"{ROOM}/pack/doc").status_code == 400


def test_appeals_are_filed_under_a_pseudonym_and_one_at_a_time(union: httpx.Client, suite: FakeSuite) -> None:
    assert "待答复 逾期 15.00 元 2026-03-17" in text_of(union.get("/appeals"))
    typed = {
        "platform": "kuaida",
        "worker": bargaining.WORKER,
        "order": "kd-7",
        "penalty": "7.50",
        "grounds": "雨天",
    }
    answer = send(union, "/appeals", "/appeals", **typed)
    assert answer.status_code == 303
    appeal = suite.appeals.kept[answer.headers["location"].rpartition("/")[2]]
    assert (appeal.penalty_fen, appeal.filed_by) == (750, "tangshan-union")
    again = send(union, "/appeals", "/appeals", **typed)
    assert "该罚款已有未答复的申诉" in text_of(again, 409)
    assert 'value="7.50"' in again.text
    wrong = send(union, "/appeals", "/appeals", **typed | {"penalty": "much"})
    assert "不是以元计的金额" in text_of(wrong, 400)


def test_the_platform_answers_an_appeal(union: httpx.Client, suite: FakeSuite) -> None:
    path = f"/appeals/{bargaining.APPEAL_ID}"
    assert "提交答复" not in text_of(union.get(path))
    answer = send(as_platform(union), path, f"{path}/reply", outcome="upheld", text="已退还")
    assert answer.status_code == 303
    assert suite.appeals.kept[bargaining.APPEAL_ID].state == appeals_pb2.APPEAL_STATE_UPHELD
    assert "平台答复 罚款已撤销 已退还" in text_of(union.get(path))


@pytest.mark.parametrize(
    "action",
    ["/consultations", f"{ROOM}/offers", f"{ROOM}/accept", f"{ROOM}/fail", "/appeals", "/appeals/x/reply"],
)
def test_a_form_of_a_foreign_site_changes_nothing(union: httpx.Client, action: str) -> None:
    assert union.post(action, data={"form_key": "guess", "number": "2"}).status_code == 403
