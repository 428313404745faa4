"""What changed in a revision, in the reader's words."""

from __future__ import annotations

import pytest

from services.portal.core.language import Language, LocalText
from services.portal.core.names import Names
from services.portal.presenter import Voice
from services.portal.texts import Texts

NAMES = Names(
    platforms={"swift": LocalText("迅达外卖", "Swift Delivery"), "steady": LocalText("稳行外卖", "Steady")},
    areas={"130203": LocalText("路北区", "Lubei")},
)
CHINESE, ENGLISH = (Voice(Texts(language)) for language in Language)


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ("severity: PROMPT → BREACH", "级别：临近上限 → 超限", "Severity: Limit near → Breach"),
        ("state: STANDS → WITHDRAWN", "状态：有效 → 已撤销", "State: Stands → Withdrawn"),
        (
            "limit_time: none → 2026-03-16T03:31:00.500000+00:00",
            "到达上限：无 → 2026-03-16 11:31:00",
            "Limit reached: none → 2026-03-16 11:31:00",
        ),
        (
            "measured: 3:59:59.500000 → 1 day, 2:00:05",
            "连续接单：3 小时 59 分钟 59 秒 → 26 小时 5 秒",
            "Continuous work: 3 h 59 min 59 s → 26 h 5 s",
        ),
        ("open: True → False", "仍在持续：是 → 否", "Still going on: yes → no"),
        (
            "platform_ids: swift → steady, swift",
            "涉及平台：迅达外卖 → 稳行外卖、迅达外卖",
            "Platforms: Swift Delivery → Steady, Swift Delivery",
        ),
        ("area_code: 130203 → 130299", "地区：路北区 → 130299", "Area: Lubei → 130299"),
        ("counter: 7 → 8 intervals of work", "计时段数：7 → 8", "Steps of the counter: 7 → 8"),
        (
            "event_ids: 3 added, 1 removed",
            "依据的事件：新增 3 个，移除 1 个",
            "Events it rests on: 3 added, 1 removed",
        ),
        ("event_ids: late swift/e9", "迟到事件：swift/e9", "Late event: swift/e9"),
        ("event_ids: late, and 4 more", "另有 4 个迟到事件", "Late events: 4 more"),
        ("declared: 1260 → 1380", "申报标准：21 分钟 → 23 分钟", "Declared: 21 min → 23 min"),
        ("attainment: 0.083 → 0.4", "达成率：8.3% → 40%", "Attainment: 8.3% → 40%"),
    ],
)
def test_a_known_change_is_told_in_words(change: str, zh: str, en: str) -> None:
    assert CHINESE.change(NAMES, change) == zh
    assert ENGLISH.change(NAMES, change) == en


@pytest.mark.parametrize(
    "change",
    [
        "pack_version: it reaches no tier by the rules of now",
        "verdict: WITHIN_MIDDLE, declared 1260",
        "mood: good → bad",
        "event_ids: something else",
        "",
    ],
)
def test_a_change_that_is_not_known_is_shown_as_it_came(change: str) -> None:
    assert CHINESE.change(NAMES, change) == change


def test_a_value_that_is_not_of_its_kind_is_shown_as_it_came() -> None:
    assert CHINESE.change(NAMES, "measured: much → more") == "连续接单：much → more"
    assert CHINESE.change(NAMES, "severity: PROMPT → AWFUL") == "级别：临近上限 → AWFUL"
    assert CHINESE.change(NAMES, "event_time: 2026-03-16 → x") == "认定时刻：2026-03-16 → x"
