"""A season with a moved clock, as its user runs it: a platform goes through the whole ladder."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.command import quzhong

pytestmark = pytest.mark.long_run  # three minutes, the longest wait of all

DAYS = 47
"""Warned on the first night; five working days of silence; a week's notice of the talk; fifteen working days
to rectify, with 清明节 among them; seven days observed: the recheck comes in the night after the 47th day."""


@pytest.fixture(scope="module")
def season() -> dict[str, Any]:
    """One run."""
    return quzhong("demo", "--days", str(DAYS), "--exit", "--portal-port", "0", timeout_s=420)


def test_the_strict_platform_goes_up_the_ladder_and_down_again(season: dict[str, Any]) -> None:
    assert [step["to"] for step in season["ladder"]] == [
        "OPEN",
        "WARNED",
        "SUMMONS_PROPOSED",
        "SUMMONS_APPROVED",
        "SUMMONS_SCHEDULED",
        "TALK_HELD",
        "RECTIFYING",
        "RECHECKING",
        "CLOSED",
    ]


def test_each_rung_has_its_letter(season: dict[str, Any]) -> None:
    assert [letter["kind"] for letter in season["letters"]] == [
        "WARNING",
        "SUMMONS",
        "RECTIFICATION",
        "RECHECK",
        "CLOSURE",
    ]


def test_deadlines_are_working_days_of_the_chinese_calendar(season: dict[str, Any]) -> None:
    """2026-04-06 is a day off (清明节): fifteen working days from 2026-03-19 end on 2026-04-10."""
    deadlines = {letter["kind"]: letter["deadline"] for letter in season["letters"]}
    assert deadlines["WARNING"] == "2026-03-10"
    assert deadlines["RECTIFICATION"] == "2026-04-10"


def test_the_recheck_finds_in_the_data_that_riders_rest_now(season: dict[str, Any]) -> None:
    (recheck,) = season["rechecks"]
    assert recheck["outcome"] == "IMPROVED"
    assert recheck["after"] < recheck["before"]
    assert recheck["interval"][1] < 1


def test_policy_and_people_each_did_their_part(season: dict[str, Any]) -> None:
    by = {step["to"]: step["by"] for step in season["ladder"]}
    assert by["WARNED"].startswith("policy:")
    assert by["SUMMONS_PROPOSED"].startswith("policy:")
    assert by["SUMMONS_APPROVED"] == "lubei-official"
    assert by["TALK_HELD"] == "lubei-labour"
    assert by["CLOSED"].startswith("policy:")
    assert {deed["who"] for deed in season["deeds"]} == {"department", "official", "platform"}
