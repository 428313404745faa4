"""The kit's judges: a flawless integration passes; each fault fails its scenario and no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.conformance.faults import Fault, FaultPlan
from cli.conformance.judges import judge
from cli.conformance.judges.nobody import NOBODY_CONNECTED
from cli.conformance.observed import Advice, Event, Fate, Observed, Outage, Submission, Warned, Watch
from cli.conformance.script import offers_of, rows_of, script, steps_of, workers_of
from kit.conformance import SCENARIOS

BEGIN_MS = 1_773_630_000_000
SCRIPT = script("swift", outage_s=2.0)


def event_of(row: dict[str, Any], **changes: Any) -> Event:
    at_s = row.get("true_at_s", row["at_s"])
    event = Event(
        row["event_id"],
        row["worker_id"],
        row["order_id"],
        BEGIN_MS + at_s * 1_000,
        row["kind"],
        distance_m=row.get("distance_m"),
    )
    return replace(event, **changes)


def one(event: Event, request_id: str = "", fate: Fate = Fate.ANSWERED, **more: Any) -> Submission:
    return Submission(BEGIN_MS, request_id or f"r-{event.event_id}-{event.version}", (event,), fate, **more)


def flawless() -> Observed:
    """What arrives of an integration that does everything as it is asked."""
    submissions: list[Submission] = []
    kept: list[Event] = []
    for scenario in SCENARIOS:
        for row in rows_of(SCRIPT, scenario.scenario_id):
            event = event_of(row)
            kept.append(event)
            if "true_at_s" in row:
                ahead = replace(event, event_ms=BEGIN_MS + row["at_s"] * 1_000)
                submissions.append(one(ahead, "skewed", rejected={0: "EVENT_TIME_IN_FUTURE"}))
            submissions.append(one(event))
        for offer in offers_of(SCRIPT, scenario.scenario_id):
            fresh = offer["candidates"][1]
            given = event_of({**offer["row"], "event_id": f"{offer['order_id']}-{fresh}", "worker_id": fresh})
            submissions.append(one(given))
            kept.append(given)
    for step, fate in zip(steps_of(SCRIPT, "duplicates"), (Fate.CUT_AFTER, Fate.CUT_BEFORE), strict=True):
        first = next(each for each in submissions if each.events[0].event_id == step["rows"][0]["event_id"])
        submissions.insert(submissions.index(first), replace(first, fate=fate))
    first_fix, second_fix = (
        event for event in kept if event.event_id in ("fix-1", "fix-2") and event.version == 0
    )
    kept += [
        replace(first_fix, version=1, distance_m=2_450),
        replace(second_fix, version=1, deleted=True),
    ]
    advice = []
    for scenario_id, kind in (("advisories", "LIMIT_REACHED"), ("no_push", "NO_PUSH")):
        tired = offers_of(SCRIPT, scenario_id)[0]["candidates"][0]
        advice.append(Advice(BEGIN_MS, tired, kind, f"token-{scenario_id}"))
    return Observed(
        tuple(submissions),
        tuple(kept),
        (Watch(BEGIN_MS - 1, ""), Watch(BEGIN_MS + 2_500, "token-no_push")),
        tuple(advice),
        Outage(BEGIN_MS + 500, BEGIN_MS + 2_500),
        frozenset(),
        (Warned("notice-1", True, ("ACKNOWLEDGEMENT",)),),
    )


def failed(observed: Observed) -> list[str]:
    return [verdict.scenario_id for verdict in judge(SCRIPT, observed) if not verdict.passed]


def test_who_does_everything_as_asked_passes() -> None:
    assert failed(flawless()) == []


def test_who_does_nothing_passes_nothing() -> None:
    assert failed(Observed()) == [scenario.scenario_id for scenario in SCENARIOS]


def test_nobody_who_came_is_told_so_and_nothing_else() -> None:
    assert [verdict.findings for verdict in judge(SCRIPT, Observed())] == [(NOBODY_CONNECTED,)] * len(
        SCENARIOS
    )


def test_who_comes_and_plays_nothing_is_told_so_and_not_that_events_were_lost() -> None:
    told = {
        verdict.scenario_id: " ".join(finding.en for finding in verdict.findings)
        for verdict in judge(SCRIPT, Observed(calls=1))
    }
    assert not [each for each in told.values() if "never arrived" in each]
    assert {each for each, words in told.items() if "the scenario was not played" in words} == {
        "duplicates", "late_events", "corrections", "clock_skew", "outage", "notice",
    }  # fmt: skip


def _without_resend(observed: Observed) -> Observed:
    cut = {each.request_id for each in observed.submissions if each.fate is not Fate.ANSWERED}
    kept = tuple(
        each for each in observed.submissions if each.request_id not in cut or each.fate is not Fate.ANSWERED
    )
    return replace(observed, submissions=kept)


def _resent_under_another_id(observed: Observed) -> Observed:
    cut = {each.request_id for each in observed.submissions if each.fate is not Fate.ANSWERED}
    return replace(
        observed,
        submissions=tuple(
            replace(each, request_id="fresh")
            if each.request_id in cut and each.fate is Fate.ANSWERED
            else each
            for each in observed.submissions
        ),
    )


def _doubled(observed: Observed) -> Observed:
    copy = next(event for event in observed.kept if event.event_id.startswith("dup-"))
    return replace(observed, kept=(*observed.kept, replace(copy, event_id="again")))


def _lost(prefix: str) -> Callable[[Observed], Observed]:
    def lose(observed: Observed) -> Observed:
        gone = next(event for event in observed.kept if event.event_id.startswith(prefix))
        return replace(observed, kept=tuple(each for each in observed.kept if each is not gone))

    return lose


def _restamped(observed: Observed) -> Observed:
    """Everything that is late bears the moment it was sent."""
    return replace(
        observed,
        kept=tuple(
            replace(event, event_ms=BEGIN_MS) if event.event_id.startswith("late-") else event
            for event in observed.kept
        ),
    )


def _changed(event_id: str, **changes: Any) -> Callable[[Observed], Observed]:
    def change(observed: Observed) -> Observed:
        return replace(
            observed,
            kept=tuple(
                replace(event, **changes) if event.event_id == event_id and event.version else event
                for event in observed.kept
            ),
        )

    return change


def _accepted_sent_again(observed: Observed) -> Observed:
    again = next(each for each in observed.submissions if each.events[0].event_id == "skew-1")
    return replace(observed, submissions=(*observed.submissions, replace(again, request_id="whole-batch")))


def _never_ahead(observed: Observed) -> Observed:
    return replace(
        observed, submissions=tuple(each for each in observed.submissions if each.request_id != "skewed")
    )


def _given_to_the_tired(scenario_id: str) -> Callable[[Observed], Observed]:
    def give(observed: Observed) -> Observed:
        (offer,) = offers_of(SCRIPT, scenario_id)
        tired, fresh = offer["candidates"]
        return replace(
            observed,
            submissions=tuple(
                replace(each, events=(replace(each.events[0], worker_id=tired),))
                if each.events[0].order_id == offer["order_id"] and each.events[0].worker_id == fresh
                else each
                for each in observed.submissions
            ),
        )

    return give


FAULTS: dict[str, tuple[str, Callable[[Observed], Observed]]] = {
    "it drops what was cut": ("duplicates", _without_resend),
    "it makes a new request of it": ("duplicates", _resent_under_another_id),
    "it doubles an event": ("duplicates", _doubled),
    "it loses an event": ("duplicates", _lost("dup-")),
    "it restamps what is late": ("late_events", _restamped),
    "it does not correct": ("corrections", _changed("fix-1", distance_m=2_300)),
    "it does not delete": ("corrections", _changed("fix-2", deleted=False)),
    "it deletes what it should correct": ("corrections", _changed("fix-1", deleted=True)),
    "it sends the whole batch again": ("clock_skew", _accepted_sent_again),
    "it never was ahead": ("clock_skew", _never_ahead),
    "it dispatches past the limit": ("advisories", _given_to_the_tired("advisories")),
    "it pushes within the window": ("no_push", _given_to_the_tired("no_push")),
    "it loses what fell into the outage": ("outage", _lost("away-")),
    "it begins the watch anew": (
        "outage",
        lambda observed: replace(observed, watches=(observed.watches[0], Watch(BEGIN_MS + 2_500, ""))),
    ),
    "it watches no more": ("outage", lambda observed: replace(observed, watches=observed.watches[:1])),
    "it never acknowledges": (
        "notice",
        lambda observed: replace(observed, warned=(Warned("notice-1", True, ()),)),
    ),
    "it acknowledges unread": (
        "notice",
        lambda observed: replace(observed, warned=(Warned("notice-1", False, ("ACKNOWLEDGEMENT",)),)),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_fails_its_scenario_and_no_other_and_says_what_to_mend(fault: str) -> None:
    scenario_id, spoil = FAULTS[fault]
    observed = spoil(flawless())
    assert failed(observed) == [scenario_id]
    (verdict,) = (one for one in judge(SCRIPT, observed) if not one.passed)
    for finding in verdict.findings:
        assert finding.en
        assert finding.zh
        assert finding.mend_en
        assert finding.mend_zh


def test_a_platform_that_hears_no_advice_fails_what_rests_on_it() -> None:
    deaf = replace(flawless(), watches=(), advice=())
    assert failed(deaf) == ["advisories", "no_push", "outage"]


@given(st.permutations(range(len(flawless().kept))), st.integers(0, 299_000))
def test_verdicts_rest_on_what_is_kept_not_on_its_order_nor_on_a_clock_that_is_a_little_off(
    order: list[int], off_ms: int
) -> None:
    observed = flawless()
    kept = tuple(replace(observed.kept[at], event_ms=observed.kept[at].event_ms + off_ms) for at in order)
    assert failed(replace(observed, kept=kept)) == []


def test_workers_are_no_ones_elses_and_pseudonyms_in_form() -> None:
    long = script("a" * 40, outage_s=600.0)
    seen: set[str] = set()
    for scenario in SCENARIOS:
        workers = set(workers_of(long, scenario.scenario_id))
        assert seen.isdisjoint(workers | set(workers_of(SCRIPT, scenario.scenario_id)))
        assert all(16 <= len(worker) <= 64 for worker in workers)
        seen |= workers


def test_each_fault_of_the_plan_happens_once() -> None:
    plan = FaultPlan(SCRIPT)
    answered, lost = ([row["event_id"] for row in step["rows"]] for step in steps_of(SCRIPT, "duplicates"))
    away = [row["event_id"] for row in rows_of(SCRIPT, "outage")]
    assert plan.of(["another"]) is Fault.NONE
    assert [plan.of(answered), plan.of(answered)] == [Fault.CUT_AFTER, Fault.NONE]
    assert [plan.of(lost[2:]), plan.of(lost)] == [Fault.CUT_BEFORE, Fault.NONE]
    assert [plan.of([each]) for each in away].count(Fault.GO_AWAY) == 1
    assert plan.of(away) is Fault.NONE
