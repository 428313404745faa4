"""Typical cases tell what happened and identify nobody; the list of good conduct says by what standard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.notify.core.findings import Place
from services.notify.core.good_conduct import Conduct, GoodConductStandard, is_good, merits
from services.notify.core.recheck import Observed, Outcome, Recheck
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState
from services.notify.core.typical_cases import History, typical_cases

WARNED = date(2026, 3, 3)
WAY = (
    (WARNED - timedelta(days=1), CaseState.OPEN),
    (WARNED, CaseState.WARNED),
    (WARNED + timedelta(days=8), CaseState.SUMMONS_PROPOSED),
    (WARNED + timedelta(days=9), CaseState.SUMMONS_APPROVED),
    (WARNED + timedelta(days=10), CaseState.SUMMONS_SCHEDULED),
    (WARNED + timedelta(days=16), CaseState.TALK_HELD),
    (WARNED + timedelta(days=17), CaseState.RECTIFYING),
    (WARNED + timedelta(days=40), CaseState.RECHECKING),
    (WARNED + timedelta(days=48), CaseState.CLOSED),
)
RECHECK = Recheck(
    "recheck-1",
    "case-1",
    Observed(date(2026, 2, 24), date(2026, 3, 2), 37, 1234),
    Observed(date(2026, 4, 13), date(2026, 4, 19), 7, 1300),
    0.18,
    0.07,
    0.41,
    0.95,
    Outcome.IMPROVED,
    Text("", ""),
    0,
)
HISTORY = History(
    place=Place("swift-express", "cn-food-delivery-2025.continuous-work", "130203"),
    title=Text("连续工作时间超限", "continuous work beyond the limit"),
    city=Text("唐山市", "Tangshan"),
    platforms_in_city=3,
    warned_workers=37,
    way=WAY,
    recheck=RECHECK,
)


def test_story_tells_the_way_in_bands_and_names_nobody() -> None:
    (told,) = typical_cases([HISTORY])
    assert told.story.zh == (
        "唐山市某平台存在“连续工作时间超限”问题，涉及数十名劳动者，主管部门予以警示；"
        "两周之内，主管部门发出约谈通知；一个月之内，主管部门约谈该平台；一个月之内，主管部门责令限期整改；"
        "2 个月之内，进入复查；2 个月之内，经复查已改善，予以结案；发生率下降四分之三以上。"
    )
    for told_of in (told.story.zh, told.story.en, told.title.zh):
        for given_away in ("swift", "130203", "路北", "37", "1234", "2026", "30.0", "0.18"):
            assert given_away not in told_of


def test_two_cases_of_like_kind_read_alike_whoever_they_are_of() -> None:
    other = replace(
        HISTORY,
        place=Place("another", HISTORY.place.rule_id, "130229"),
        warned_workers=52,
        recheck=replace(RECHECK, ratio=0.22),
        way=tuple((day + timedelta(days=61), state) for day, state in WAY),
    )
    assert typical_cases([other]) == typical_cases([HISTORY])


@pytest.mark.parametrize(
    "changed",
    [
        {"platforms_in_city": 2},
        {"warned_workers": 9},
        {"warned_workers": 1},
        {"place": Place("swift", "registry.report-overdue", "130200", "firm-c")},
        {"way": WAY[:-1]},
        {"way": ((WARNED, CaseState.OPEN), (WARNED, CaseState.WITHDRAWN))},
        {"way": ()},
    ],
)
def test_case_that_would_give_somebody_away_or_is_not_at_its_end_is_not_told(
    changed: dict[str, object],
) -> None:
    assert typical_cases([replace(HISTORY, **changed)]) == []  # type: ignore[arg-type]


def test_case_about_standards_is_told_without_workers() -> None:
    (told,) = typical_cases([replace(HISTORY, warned_workers=0, recheck=None)])
    assert "劳动者" not in told.story.zh
    assert "由主管部门予以结案" in told.story.zh  # no recheck, no claim of one


def test_of_one_rule_only_the_case_that_went_furthest_is_told_and_of_all_at_most_three() -> None:
    warned = replace(
        HISTORY,
        way=(*WAY[:2], (WARNED + timedelta(days=20), CaseState.CLOSED)),
        warned_workers=400,
        recheck=None,
    )
    assert typical_cases([warned, HISTORY]) == typical_cases([HISTORY])
    many = [
        replace(HISTORY, place=Place("swift", f"rule-{number}", "130203"), title=Text(f"问题{number}", "x"))
        for number in range(5)
    ]
    assert len(typical_cases(many)) == 3


STANDARD = GoodConductStandard(
    least_active_workers=30, least_active_days_a_month=20, most_workers_per_thousand=2.0
)
GOOD = Conduct(
    "steady",
    months=3,
    active_workers=1000,
    active_days=60,
    workers=2,
    warnings=0,
    duties=0,
    standards=0,
)


def test_platform_at_the_standard_is_on_the_list() -> None:
    assert is_good(GOOD, STANDARD)


@pytest.mark.parametrize(
    "changed",
    [
        {"workers": 3},
        {"warnings": 1},
        {"duties": 1},
        {"standards": 1},
        {"active_days": 59},
        {"active_workers": 29, "workers": 0},
    ],
)
def test_platform_below_any_part_of_the_standard_is_not(changed: dict[str, int]) -> None:
    assert not is_good(replace(GOOD, **changed), STANDARD)  # type: ignore[arg-type]


def test_merits_tell_the_standard_and_not_how_many_workers_had_a_finding() -> None:
    assert merits(GOOD, STANDARD) == merits(replace(GOOD, workers=0, active_workers=1999), STANDARD)
    assert "在岗日不少于 60 日" in merits(GOOD, STANDARD).zh
