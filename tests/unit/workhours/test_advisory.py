"""What platforms are advised, out of the revisions of a finding."""

from __future__ import annotations

from dataclasses import replace

from services.workhours.core.advisory import Advisory, AdvisoryKind, advisories
from services.workhours.core.finding import Finding, FindingState
from services.workhours.core.verdict import Severity

MINUTE = 60_000
HOUR = 60 * MINUTE
PROMPT = Finding(
    finding_id="f1",
    rule_id="pack.rule",
    pack_id="pack",
    pack_version="1.0.0",
    worker_id="w1",
    severity=Severity.PROMPT,
    platform_id="swift",
    area_code="130203",
    tier_at_ms=3 * HOUR + 30 * MINUTE,
    spell_start_ms=0,
    stated_until_ms=3 * HOUR + 30 * MINUTE,
    open=True,
    watermark_ms=3 * HOUR + 31 * MINUTE,
    measured_ms=3 * HOUR + 30 * MINUTE,
    limit_ms=4 * HOUR,
    limit_at_ms=None,
    no_push_start_ms=None,
    no_push_end_ms=None,
    platform_ids=("steady", "swift"),
    event_ids=(),
    counter=(),
)
BREACH = replace(
    PROMPT, revision=2, severity=Severity.BREACH, tier_at_ms=4 * HOUR, watermark_ms=4 * HOUR + MINUTE
)
RESTING = replace(
    BREACH,
    revision=3,
    no_push_start_ms=4 * HOUR + 10 * MINUTE,
    no_push_end_ms=4 * HOUR + 30 * MINUTE,
    watermark_ms=4 * HOUR + 12 * MINUTE,
)
OVER = replace(RESTING, revision=4, open=False, watermark_ms=5 * HOUR)


def kinds(told: list[Advisory]) -> dict[str, AdvisoryKind]:
    return {each.platform_id: each.advice.kind for each in told}


def both(kind: AdvisoryKind) -> dict[str, AdvisoryKind]:
    return {"steady": kind, "swift": kind}


def test_a_prompt_tells_every_platform_of_the_stretch_how_much_is_left() -> None:
    told = advisories(None, PROMPT)
    assert kinds(told) == both(AdvisoryKind.MINUTES_LEFT)
    assert {each.advice.minutes_left_ms for each in told} == {30 * MINUTE}
    assert told[0].text.zh.startswith("距上限还剩 30 分钟")
    assert told[0].text.en.startswith("30 min left before the limit")


def test_no_platform_is_told_of_another() -> None:
    for each in advisories(None, PROMPT):
        (other,) = {"steady", "swift"} - {each.platform_id}
        assert other not in repr(each)


def test_at_the_limit_no_minute_is_left() -> None:
    reached = replace(
        PROMPT, revision=2, severity=Severity.LIMIT_REACHED, measured_ms=4 * HOUR, tier_at_ms=4 * HOUR
    )
    told = advisories(PROMPT, reached)
    assert kinds(told) == both(AdvisoryKind.LIMIT_REACHED)
    assert {each.advice.minutes_left_ms for each in told} == {0}


def test_a_breach_stops_the_pushing_and_the_completion_gives_it_its_window() -> None:
    assert kinds(advisories(PROMPT, BREACH)) == both(AdvisoryKind.NO_PUSH)
    told = advisories(BREACH, RESTING)
    assert kinds(told) == both(AdvisoryKind.NO_PUSH)
    assert {each.advice.no_push_end_ms for each in told} == {4 * HOUR + 30 * MINUTE}


def test_what_is_over_or_withdrawn_is_cleared_once() -> None:
    assert kinds(advisories(RESTING, OVER)) == both(AdvisoryKind.CLEARED)
    assert advisories(OVER, replace(OVER, revision=5, measured_ms=5 * HOUR)) == []
    withdrawn = replace(PROMPT, revision=2, state=FindingState.WITHDRAWN)
    assert kinds(advisories(PROMPT, withdrawn)) == both(AdvisoryKind.CLEARED)
    assert advisories(OVER, replace(OVER, revision=5, state=FindingState.WITHDRAWN)) == []


def test_a_window_that_is_still_ahead_holds_although_the_stretch_is_over() -> None:
    over = replace(OVER, watermark_ms=4 * HOUR + 29 * MINUTE)
    assert advisories(RESTING, over) == []
    assert kinds(advisories(None, over)) == both(AdvisoryKind.NO_PUSH)


def test_what_is_over_when_it_is_first_heard_of_is_no_advice() -> None:
    assert advisories(None, OVER) == []


def test_a_revision_that_changes_no_advice_tells_nothing() -> None:
    assert advisories(PROMPT, replace(PROMPT, revision=2, area_code="130202", changes=("…",))) == []


def test_a_platform_that_joins_is_told_and_one_that_leaves_is_cleared() -> None:
    told = advisories(PROMPT, replace(PROMPT, revision=2, platform_ids=("quick", "swift")))
    assert kinds(told) == {"quick": AdvisoryKind.MINUTES_LEFT, "steady": AdvisoryKind.CLEARED}


def test_ids_are_the_same_for_the_same_and_differ_by_revision_and_platform() -> None:
    everything = [*advisories(None, PROMPT), *advisories(PROMPT, BREACH), *advisories(BREACH, RESTING)]
    ids = [each.advisory_id for each in everything]
    assert len(set(ids)) == len(ids) == 6
    assert advisories(PROMPT, BREACH) == advisories(PROMPT, BREACH)
