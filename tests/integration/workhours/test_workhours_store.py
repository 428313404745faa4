"""Findings, revisions and watermarks in the store, over both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kit.security.sight import Sight
from kit.storage.store import Store
from quzhong.api.events.v1 import findings_pb2 as events
from services.workhours.adapters.findings import SqlFindings, SqlWatermarks
from services.workhours.adapters.reading import SqlReading
from services.workhours.adapters.tables import METADATA
from services.workhours.core.finding import Finding, FindingState
from services.workhours.core.verdict import Severity
from services.workhours.ports import Filter, Known, Revision
from services.workhours.settings import WorkhoursSettings
from services.workhours.wire import Wire
from tests.support.dispatches import at

ALL = Filter(Sight(), include_withdrawn=True)
FINDING = Finding(
    finding_id="f1",
    rule_id="cn-food-delivery-2025.continuous-work",
    pack_id="cn-food-delivery-2025",
    pack_version="1.0.0",
    worker_id="w1",
    severity=Severity.BREACH,
    platform_id="swift",
    area_code="130203",
    tier_at_ms=at("12:04"),
    spell_start_ms=at("08:00"),
    stated_until_ms=at("12:04"),
    open=True,
    watermark_ms=at("12:30"),
    measured_ms=4 * 3_600_000,
    limit_ms=4 * 3_600_000,
    limit_at_ms=at("12:04"),
    no_push_start_ms=None,
    no_push_end_ms=None,
    platform_ids=("swift",),
    event_ids=("swift/e1",),
    counter=((at("08:00"), at("12:04"), 4 * 3_600_000),),
)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty one."""
    store = Store.open(database_url, METADATA)
    yield store
    store.close()


@pytest.fixture
def findings() -> SqlFindings:
    return SqlFindings(Wire(WorkhoursSettings().rule_pack))


def save(store: Store, findings: SqlFindings, *stated: Finding, partition: int = 0) -> None:
    with store.transaction() as connection:
        findings.save(connection, [Revision(finding, 2**64 - 1, 5, partition) for finding in stated])


def next_of(finding: Finding, **changed: object) -> Finding:
    return replace(finding, revision=finding.revision + 1, changes=("…",), **changed)  # type: ignore[arg-type]


def test_what_is_saved_is_current_and_known(store: Store, findings: SqlFindings) -> None:
    other = replace(FINDING, finding_id="f2", worker_id="w2")
    save(store, findings, FINDING, other)
    save(store, findings, replace(FINDING, finding_id="f3"), partition=1)
    later = next_of(FINDING, state=FindingState.WITHDRAWN)
    save(store, findings, later)
    with store.transaction() as connection:
        assert findings.current(connection, ["f1", "f2", "f9"]) == {"f1": later, "f2": other}
        known = findings.known(connection, 0, 0)
    assert sorted(known, key=lambda item: item.finding_id) == [
        Known("f1", FINDING.rule_id, "w1", "swift", at("08:00"), at("12:04"), 2**64 - 1, stands=False),
        Known("f2", FINDING.rule_id, "w2", "swift", at("08:00"), at("12:04"), 2**64 - 1, stands=True),
    ]
    values = SqlReading(store).revisions("f1")
    assert [events.Finding.FromString(value).revision for value in values] == [1, 2]


def test_changes_are_told_of_what_is_wanted_or_just_was(store: Store, findings: SqlFindings) -> None:
    fallen = next_of(FINDING, severity=Severity.PROMPT)
    save(store, findings, FINDING)
    save(store, findings, fallen, replace(FINDING, finding_id="f2", severity=Severity.PROMPT))
    save(store, findings, next_of(fallen, measured_ms=1))
    breaches = Filter(Sight(), least_severity=Severity.BREACH)
    told = SqlReading(store).changes(breaches, 0, 10)
    assert [(change.finding_id, change.sequence, change.in_sight) for change in told] == [
        ("f1", 1, True),
        ("f1", 2, True),
    ]


@pytest.mark.parametrize("sight", [Sight("swift"), Sight(area_codes=("130203",))], ids=["platform", "area"])
def test_what_leaves_the_sight_is_told_with_what_was_seen(
    store: Store, findings: SqlFindings, sight: Sight
) -> None:
    save(store, findings, FINDING)
    save(store, findings, next_of(FINDING, platform_id="steady", area_code="130202"))
    first, gone = SqlReading(store).changes(Filter(sight), 0, 10)
    assert (first.in_sight, gone.in_sight) == (True, False)
    assert gone.before == first.value


@pytest.mark.parametrize(
    "sight",
    [
        Sight(),
        Sight("swift"),
        Sight("steady", ("130200",)),
        Sight(area_codes=("130203", "130202")),
        Sight(area_codes=("130000",)),
        Sight(area_codes=()),
    ],
)
def test_the_store_sees_what_sight_sees(store: Store, findings: SqlFindings, sight: Sight) -> None:
    places = [(p, a) for p in ("swift", "steady") for a in ("130203", "130202", "130200", "130300")]
    stated = [
        replace(FINDING, finding_id=f"{p}-{a}", platform_id=p, area_code=a, worker_id=p) for p, a in places
    ]
    save(store, findings, *stated)
    seen = [place.finding_id for place in SqlReading(store).page(Filter(sight), "", 100)]
    expected = [f"{p}-{a}" for p, a in places if sight.sees(p, a)]
    assert seen == sorted(expected)
    counts = SqlReading(store).summary(Filter(sight), Severity.BREACH)
    assert [count.spells for count in counts] == ([len(expected)] if expected else [])


def test_pages_and_standing_pass_over_what_was_withdrawn(store: Store, findings: SqlFindings) -> None:
    stated = [replace(FINDING, finding_id=f"f{number}") for number in range(5)]
    save(store, findings, *stated)
    save(store, findings, next_of(stated[2], state=FindingState.WITHDRAWN))
    reading = SqlReading(store)
    wanted = Filter(Sight())
    assert [each.finding_id for each in reading.page(wanted, "f1", 2)] == ["f3", "f4"]
    assert [each.sequence for each in reading.standing(wanted, 1, 9)] == [2, 4, 5]
    assert [each.sequence for each in reading.standing(ALL, 1, 9)] == [2, 4, 5, 6]
    assert reading.newest() == 6


def test_a_watermark_is_there_again(store: Store) -> None:
    watermarks = SqlWatermarks()
    with store.transaction() as connection:
        assert watermarks.load(connection, 7) == 0
        watermarks.save(connection, 7, 5)
        watermarks.save(connection, 7, 2**41)
        assert watermarks.load(connection, 7) == 2**41
        assert watermarks.load(connection, 8) == 0
