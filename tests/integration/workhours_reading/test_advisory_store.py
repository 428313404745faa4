"""Advisories in the store, over both databases; and the findings of one worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kit.security.sight import Sight
from kit.storage.store import Store
from quzhong.api.workhours.v1 import workhours_pb2 as pb
from services.workhours.adapters.advisories import SqlAdvisories, SqlAdvisoryReading
from services.workhours.adapters.findings import SqlFindings
from services.workhours.adapters.reading import SqlReading
from services.workhours.adapters.tables import METADATA
from services.workhours.core.advisory import advisories
from services.workhours.core.finding import Finding
from services.workhours.ports import EVERYBODY, Caused, Filter, Revision, Whose
from services.workhours.settings import WorkhoursSettings
from services.workhours.wire import Wire
from tests.integration.workhours_reading.test_watching_advisories import LIMIT_MS, breach, prompt

EVERYWHERE = Sight()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty one."""
    store = Store.open(database_url, METADATA)
    yield store
    store.close()


def save(store: Store, later: Finding, earlier: Finding | None = None) -> None:
    told = [Caused(each, 1, 2) for each in advisories(earlier, later)]
    with store.transaction() as connection:
        SqlAdvisories().add(connection, told)


def seen(
    store: Store,
    sight: Sight = EVERYWHERE,
    after: int = 0,
    limit: int = 100,
    whose: Whose = EVERYBODY,
) -> list[tuple[str, str, int]]:
    found = SqlAdvisoryReading(store).after(sight, whose, after, limit)
    messages = [pb.Advisory.FromString(advised.value) for advised in found]
    return [(each.finding_id, each.platform_id[-1], each.revision) for each in messages]


def test_the_latest_of_each_finding_and_platform_is_read_in_the_order_of_commits(store: Store) -> None:
    first, second = prompt("f1"), prompt("f2")
    save(store, first)
    save(store, second)
    save(store, breach(first), first)
    assert seen(store) == [("f2", "0", 1), ("f2", "1", 1), ("f1", "0", 2), ("f1", "1", 2)]
    assert seen(store, limit=1) == [("f2", "0", 1)]
    newest = SqlAdvisoryReading(store).newest()
    assert seen(store, after=newest - 1) == [("f1", "1", 2)]
    assert seen(store, after=newest) == []


def test_sight_limits_platforms_and_areas(store: Store) -> None:
    save(store, prompt("f1"))
    save(store, replace(prompt("f2"), area_code="130202"))
    assert seen(store, Sight("platform-1")) == [("f1", "1", 1), ("f2", "1", 1)]
    assert seen(store, Sight(area_codes=("130202",))) == [("f2", "0", 1), ("f2", "1", 1)]
    assert seen(store, Sight(area_codes=())) == []


def test_nothing_is_saved_of_a_transaction_that_fails(store: Store) -> None:
    def fail() -> None:
        with store.transaction() as connection:
            SqlAdvisories().add(connection, [Caused(each, None, 2) for each in advisories(None, prompt())])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert seen(store) == []
    assert SqlAdvisoryReading(store).newest() == 0


def test_findings_of_one_worker_are_those_whose_stretch_overlaps_the_time(store: Store) -> None:
    first = prompt("f1")
    later = replace(prompt("f2"), spell_start_ms=first.spell_start_ms + 2 * LIMIT_MS)
    later = replace(later, stated_until_ms=later.spell_start_ms + LIMIT_MS)
    other = replace(prompt("f3"), worker_id="another")
    findings = SqlFindings(Wire(WorkhoursSettings().rule_pack))
    with store.transaction() as connection:
        findings.save(connection, [Revision(each, 1, 2) for each in (later, first, other)])

    def found(start_ms: int, end_ms: int) -> list[str]:
        of_worker = SqlReading(store).of_worker(Filter(EVERYWHERE), [first.worker_id], start_ms, end_ms)
        return [stated.finding_id for stated in of_worker]

    assert found(0, 2**62) == ["f1", "f2"]
    assert found(first.stated_until_ms, later.spell_start_ms) == ["f1"]
    assert found(first.stated_until_ms + 1, later.spell_start_ms) == []
    names = [first.worker_id, "another"]
    together = SqlReading(store).of_worker(Filter(EVERYWHERE), names, 0, 2**62)
    assert {stated.finding_id for stated in together} == {"f1", "f2", "f3"}


def test_a_worker_is_shown_their_own_findings_and_advice_under_any_pseudonym_of_theirs(store: Store) -> None:
    mine, before, other = prompt("f1"), prompt("f2"), prompt("f3")
    before, other = replace(before, worker_id="my-earlier"), replace(other, worker_id="somebody")
    findings = SqlFindings(Wire(WorkhoursSettings().rule_pack))
    with store.transaction() as connection:
        findings.save(connection, [Revision(each, 1, 2) for each in (mine, before, other)])
    for each in (mine, before, other):
        save(store, each)
    names = (mine.worker_id, "my-earlier")
    assert {each[0] for each in seen(store, whose=Whose(names, None))} == {"f1", "f2"}
    platforms = {each[1] for each in seen(store, whose=Whose(names, None))}
    assert len(platforms) == 2
    one = Whose((mine.worker_id,), (mine.platform_id,))
    assert {each[0] for each in seen(store, whose=one)} == {"f1"}
    assert len(seen(store, whose=one)) == 1
    assert seen(store, whose=Whose((), None)) == []
    found = SqlReading(store).page(Filter(EVERYWHERE, whose=Whose(names, None)), "", 10)
    assert [each.finding_id for each in found] == ["f1", "f2"]
    assert SqlReading(store).page(Filter(EVERYWHERE, whose=Whose(names, ("nobody",))), "", 10) == []
