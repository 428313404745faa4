"""Versions of declared rules at a moment, and their values in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.core.figures import provision
from services.portal.core.language import Language, LocalText
from services.portal.core.rules import (
    DAY_MS,
    Line,
    RuleDocument,
    RuleKind,
    Service,
    Standing,
    histories,
    history,
    lines_of_difference,
)

ONE = RuleDocument(
    "kuaida.pay.130200.parcel",
    1,
    "kuaida",
    RuleKind.PAY,
    "130200",
    Service.PARCEL,
    LocalText(),
    (),
    "",
    effective_ms=0,
    create_ms=0,
    consultation_id="",
)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=7), st.integers(0, 7))
def test_what_holds_is_what_walking_through_time_says(begins: list[int], now: int) -> None:
    versions = [replace(ONE, version=n, effective_ms=begin) for n, begin in enumerate(begins, 1)]
    holds = {}
    for moment in range(8):
        begun = [one for one in versions if one.effective_ms <= moment]
        # The staircase: the later step lies above the earlier, of equal ones the higher version.
        holds[moment] = sorted(begun, key=lambda one: (one.effective_ms, one.version))[-1] if begun else None
    found = history(reversed(versions), now)
    assert found.in_force == holds[now]
    for one in versions:
        ahead = {id(holds[moment]) for moment in range(now + 1, 8)}
        if one == holds[now]:
            assert found.standing(one) is Standing.IN_FORCE
        elif id(one) in ahead:
            assert found.standing(one) is Standing.COMING
        else:
            assert found.standing(one) is Standing.SUPERSEDED
    nexts = [holds[moment] for moment in range(now + 1, 8) if holds[moment] not in (holds[now], None)]
    assert found.coming == (nexts[0] if nexts else None)


def test_a_document_that_never_held_is_shown_by_what_is_coming() -> None:
    coming = replace(ONE, effective_ms=5)
    assert history([coming], 0).shown is coming


def test_a_document_without_versions_is_none() -> None:
    with pytest.raises(ValueError, match="version"):
        history([], 0)


def test_versions_are_gathered_by_document() -> None:
    other = replace(ONE, document_id="a")
    found = histories([ONE, other, replace(ONE, version=2)], 0)
    assert [len(each.versions) for each in found] == [1, 2]


@pytest.mark.parametrize(
    ("effective_ms", "days"), [(7 * DAY_MS, 7), (7 * DAY_MS - 1, 6), (0, 0), (-DAY_MS, 0)]
)
def test_notice_is_told_in_whole_days(effective_ms: int, days: int) -> None:
    assert replace(ONE, effective_ms=effective_ms).notice_days == days


@pytest.mark.parametrize(
    ("value", "unit", "chinese", "english"),
    [
        (0.1851, "share", "18.51%", "18.51%"),
        (1250, "fen", "12.50 元", "¥12.50"),
        (0.5, "fen", "0.005 元", "¥0.005"),
        (1800, "seconds", "30 分钟", "30 min"),
        (1800.5, "s", "1800.5 秒", "1800.5 s"),
        (3, "次", "3 次", "3 次"),
        (2.5, "", "2.5", "2.5"),
    ],
)
def test_a_provision_is_told_exactly(value: float, unit: str, chinese: str, english: str) -> None:
    assert provision(value, unit, Language.CHINESE) == chinese
    assert provision(value, unit, Language.ENGLISH) == english


def test_lines_of_a_difference_say_what_they_are() -> None:
    assert lines_of_difference(["--- ", "+++ ", "@@ -1 +1 @@", "-a", "+b", " c"]) == [
        (Line.GAP, "@ -1 +1 @@"),
        (Line.REMOVED, "a"),
        (Line.ADDED, "b"),
        (Line.SAME, "c"),
    ]
