"""What is told when a finding changes, and to whom."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from services.notify.core.alerts import Alert, AlertKind, Audience, alert_of_step, alerts_of_change
from services.notify.core.cases import Tally, new_case
from services.notify.core.findings import Finding, Place, Severity, replaces
from services.notify.core.text import Text
from services.notify.core.transitions import Trigger

A = Place("swift", "r.continuous-work", "130203")
B = Place("steady", "r.continuous-work", "130203")
STANDS = Finding(
    finding_id="f1",
    revision=1,
    stands=True,
    severity=Severity.BREACH,
    place=A,
    worker_id="w-7f3a",
    event_time_ms=1_000,
    title=Text("连续接单超过 4 小时", "More than 4 h"),
    citation=Text("", ""),
)
WITHDRAWN = replace(STANDS, revision=2, stands=False)


def told(before: Finding | None, after: Finding) -> list[tuple[AlertKind, Place, Severity]]:
    alerts = alerts_of_change(before, after, case_id_at=lambda place: f"case of {place}", at_ms=9)
    assert all(alert.case_id == f"case of {alert.place}" for alert in alerts)
    return [(alert.kind, alert.place, alert.severity) for alert in alerts]


def test_a_new_finding_is_told_once_from_a_prompt_on() -> None:
    prompt = replace(STANDS, severity=Severity.PROMPT)
    assert told(None, prompt) == [(AlertKind.FINDING, A, Severity.PROMPT)]


def test_a_revision_that_changes_neither_severity_nor_state_is_not_told() -> None:
    assert told(STANDS, replace(STANDS, revision=2, event_time_ms=2_000)) == []


def test_an_amended_severity_is_told_at_the_graver_of_the_two() -> None:
    milder = replace(STANDS, revision=2, severity=Severity.PROMPT)
    assert told(STANDS, milder) == [(AlertKind.FINDING_AMENDED, A, Severity.BREACH)]
    assert told(milder, replace(STANDS, revision=3)) == [(AlertKind.FINDING_AMENDED, A, Severity.BREACH)]


def test_a_graver_finding_is_headed_as_a_rise_and_any_other_amendment_as_one() -> None:
    milder = replace(STANDS, revision=2, severity=Severity.PROMPT)

    def headed(before: Finding, after: Finding) -> Text:
        (alert,) = alerts_of_change(before, after, case_id_at=lambda _: "", at_ms=9)
        return alert.title

    assert headed(milder, replace(STANDS, revision=3)) == Text(
        "升级：连续接单超过 4 小时", "Now: More than 4 h"
    )
    assert headed(STANDS, milder) == Text("更正：连续接单超过 4 小时", "Amended: More than 4 h")


def test_a_withdrawal_is_told_at_the_severity_that_was_told_before() -> None:
    assert told(STANDS, replace(WITHDRAWN, severity=Severity.PROMPT)) == [
        (AlertKind.FINDING_AMENDED, A, Severity.BREACH)
    ]


def test_a_finding_that_nobody_heard_of_is_not_told_when_it_comes_withdrawn() -> None:
    assert told(None, WITHDRAWN) == []
    assert told(WITHDRAWN, replace(WITHDRAWN, revision=3)) == []


def test_a_finding_that_stands_again_is_told_as_an_amendment() -> None:
    assert told(WITHDRAWN, replace(STANDS, revision=3)) == [(AlertKind.FINDING_AMENDED, A, Severity.BREACH)]


def test_a_finding_that_moves_is_told_at_both_places() -> None:
    assert told(STANDS, replace(STANDS, revision=2, place=B)) == [
        (AlertKind.FINDING_AMENDED, A, Severity.BREACH),
        (AlertKind.FINDING, B, Severity.BREACH),
    ]


def test_alert_ids_are_functions_of_the_change() -> None:
    def ids(after: Finding) -> list[str]:
        return [
            a.alert_id for a in alerts_of_change(STANDS, after, case_id_at=lambda _: "", at_ms=after.revision)
        ]

    moved = replace(STANDS, revision=2, place=B)
    assert ids(moved) == ids(moved)
    assert len({*ids(moved), *ids(replace(WITHDRAWN, revision=4)), *ids(replace(moved, revision=3))}) == 5


def test_a_case_tells_of_each_state_it_reaches() -> None:
    case = replace(new_case(A, Text("超限", "beyond")), openings=1, tally=Tally(1, 1, Severity.BREACH, 77))
    alerts = [
        alert_of_step(replace(case, taken=at), trigger, Severity.BREACH, at_ms=99)
        for at, trigger in enumerate(
            (Trigger.FINDING_STANDS, Trigger.WARNING_SENT, Trigger.ALL_WITHDRAWN), start=1
        )
    ]
    assert [alert.kind for alert in alerts] == [
        AlertKind.CASE_OPENED,
        AlertKind.WARNING_SENT,
        AlertKind.CASE_WITHDRAWN,
    ]
    assert {alert.event_time_ms for alert in alerts} == {77}
    assert alerts[1].title == Text("已发出警示函：超限", "Warning sent: beyond")


def test_the_highest_revision_holds_in_any_order_of_arrival() -> None:
    revisions = [STANDS, WITHDRAWN, replace(STANDS, revision=3), replace(WITHDRAWN, revision=4), STANDS]
    for order in permutations(revisions):
        held: Finding | None = None
        for revision in order:
            if replaces(revision, held):
                held = revision
        assert held == replace(WITHDRAWN, revision=4)


def test_the_same_revision_again_changes_nothing() -> None:
    assert not replaces(STANDS, STANDS)
    assert not replaces(STANDS, WITHDRAWN)
    assert replaces(WITHDRAWN, STANDS)


# Audiences


@given(
    st.builds(
        Audience,
        platform_id=st.sampled_from(["", "swift", "steady"]),
        area_prefixes=st.lists(st.sampled_from(["", "13", "1302", "130203", "1101"]), max_size=2).map(tuple),
        area_prefix=st.sampled_from(["", "1302", "130204"]),
        rule_id=st.sampled_from(["", "r.continuous-work"]),
        least_severity=st.integers(0, 3),
        aggregates_only=st.booleans(),
    ),
    st.sampled_from(["130203", "130204", "110105"]),
    st.sampled_from(["swift", "steady"]),
    st.sampled_from(Severity),
    st.booleans(),
)
def test_an_audience_hears_exactly_what_passes_each_of_its_conditions(
    audience: Audience, area: str, platform: str, severity: Severity, about_worker: bool
) -> None:
    place = Place(platform, "r.continuous-work", area)
    alert = Alert("a", AlertKind.FINDING, severity, place, Text("", ""), 0, 0, about_worker=about_worker)
    expected = all(
        (
            audience.platform_id in ("", platform),
            any(area[: len(prefix)] == prefix for prefix in audience.area_prefixes),
            area[: len(audience.area_prefix)] == audience.area_prefix,
            audience.least_severity <= severity,
            not audience.aggregates_only or not about_worker,
        )
    )
    assert audience.hears(alert) == expected
