"""Figures as people read them, and letters line by line."""

from __future__ import annotations

import pytest

from services.portal.core import figures
from services.portal.core.cases import Place, lines_of_letter
from services.portal.core.language import Language, LocalText

ZH, EN = Language.CHINESE, Language.ENGLISH
MINUTE_MS = 60_000


@pytest.mark.parametrize(
    ("milliseconds", "zh", "en"),
    [
        (0, "0 秒", "0 s"),
        (59_999, "59 秒", "59 s"),
        (MINUTE_MS, "1 分钟", "1 min"),
        (240 * MINUTE_MS - 1, "3 小时 59 分钟", "3 h 59 min"),
        (240 * MINUTE_MS, "4 小时", "4 h"),
        (271 * MINUTE_MS, "4 小时 31 分钟", "4 h 31 min"),
    ],
)
def test_durations_are_rounded_down_to_the_minute(milliseconds: int, zh: str, en: str) -> None:
    assert figures.duration(milliseconds, ZH) == zh
    assert figures.duration(milliseconds, EN) == en


@pytest.mark.parametrize(
    ("hours", "zh", "en"),
    [(47, "47 小时", "47 h"), (48, "2 天", "2 d"), (6_220, "259 天 4 小时", "259 d 4 h")],
)
def test_what_came_days_late_is_told_in_days(hours: int, zh: str, en: str) -> None:
    assert figures.lag(hours * 60 * MINUTE_MS, ZH) == zh
    assert figures.lag(hours * 60 * MINUTE_MS, EN) == en


@pytest.mark.parametrize(
    ("cohort", "zh", "en"),
    [
        ("0-1000", "0–1 公里", "0–1 km"),
        ("1500-3000", "1.5–3 公里", "1.5–3 km"),
        ("5000-", "5 公里以上（含）", "5 km and over"),
        ("night", "night", "night"),
    ],
)
def test_a_distance_band_is_told_in_kilometres(cohort: str, zh: str, en: str) -> None:
    assert figures.distance_band(cohort, ZH) == zh
    assert figures.distance_band(cohort, EN) == en


def test_clock_counts_hours_beyond_a_day() -> None:
    assert figures.clock((26 * 3600 + 125) * 1000) == "26:02:05"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0%"), (0.0001, "<0.1%"), (0.083, "8.3%"), (0.5, "50%"), (0.99996, ">99.9%"), (1, "100%")],
)
def test_a_share_that_is_not_quite_all_or_none_is_not_shown_as_such(value: float, shown: str) -> None:
    assert figures.share(value) == shown


def test_seconds_of_a_metric_are_read_as_minutes() -> None:
    assert figures.measure(1_710, "s", ZH) == "28.5 分钟"
    assert figures.measure(0.5, "share", ZH) == "50%"
    assert figures.measure(12, "orders/day", EN) == "12 orders/day"


def test_a_text_that_lacks_one_language_is_shown_in_the_other() -> None:
    assert LocalText(zh="超限").to(EN) == "超限"
    assert LocalText(en="breach").to(ZH) == "breach"


@pytest.mark.parametrize(
    ("tag", "language"), [("zh", ZH), ("zh-CN", ZH), ("ZH_Hans", ZH), ("en-GB", EN), ("fr", None), ("", None)]
)
def test_language_tags(tag: str, language: Language | None) -> None:
    assert Language.of(tag) is language


def test_a_chinese_letter_has_opening_text_and_closing() -> None:
    lines = lines_of_letter("编号：1\n某平台：\n　　正文一。\n　　正文二。\n主管部门\n2026年3月16日")
    assert [place for place, _ in lines] == [Place.OPENING] * 2 + [Place.TEXT] * 2 + [Place.CLOSING] * 2
    assert lines[2][1] == "正文一。"


def test_a_letter_without_indents_is_all_text() -> None:
    assert {place for place, _ in lines_of_letter("No. 1\nTo whom:\nBody.")} == {Place.TEXT}
