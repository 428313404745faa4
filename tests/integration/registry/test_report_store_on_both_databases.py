"""Reports, findings and counted workers on SQLite and on a real PostgreSQL: what goes in comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from kit.errors import StorageUnavailableError
from kit.ledger import Act
from kit.storage.store import Store
from services.registry.adapters.report_store import SqlReportStore
from services.registry.adapters.report_tables import ACTIVITY, ACTIVITY_REVISION
from services.registry.adapters.tables import METADATA
from services.registry.adapters.yaml_file import document_in
from services.registry.core.duty_findings import DutyFinding, Severity
from services.registry.core.parties import Party, Role
from services.registry.core.party_history import PartyVersion
from services.registry.core.quarters import Quarter
from services.registry.core.report_checks import Check, CheckSeverity
from services.registry.core.reporting import Subject, parse_reporting
from services.registry.core.reports import Report, ReportState
from services.registry.reports.ports import ActivityCount
from services.registry.settings import RegistrySettings

NOW_MS = 4_000_000_000_000
REPORTING = parse_reporting(
    document_in(RegistrySettings.model_fields["reporting_file"].default),
    ["human-resources", "industry", "market-supervision"],
)
REPORT = Report(
    Subject("platform-a", "platform-a", "130200"),
    Quarter(2026, 1),
    1,
    ReportState.SUBMITTED,
    {"workers_total": 2**40, "injuries": 0},
    {"workers_total.previous_quarter": "春节后招工"},
    NOW_MS,
    NOW_MS + 1,
    submit_ms=NOW_MS + 1,
    checks=(Check("workers_total.previous_quarter", CheckSeverity.WARNING, "变化大", "leap", "春节后招工"),),
)
FINDING = DutyFinding(
    "registry.report-overdue/x",
    "registry.report-overdue",
    Severity.BREACH,
    "platform-a",
    "platform-a",
    "130200",
    NOW_MS,
    date(2026, 4, 22),
    REPORT.report_id,
    "逾期",
    "overdue",
)


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    database = Store.open(database_url, METADATA)
    yield database
    database.close()


@pytest.fixture
def store(database: Store) -> SqlReportStore:
    store = SqlReportStore(database, REPORTING, lambda: NOW_MS)
    with store.write() as transaction:
        assert transaction.party_changes() == 0
        platform = Party("platform-a", Role.PLATFORM, "甲", "A", ("130200",), NOW_MS)
        transaction.put_party(PartyVersion(platform, "administrator", NOW_MS))
        assert transaction.party_changes() == 1
    return store


def test_a_report_comes_out_as_it_went_in_and_a_version_replaces_itself_only(store: SqlReportStore) -> None:
    returned = replace(
        REPORT, state=ReportState.RETURNED, receiver_id="bureau", receive_ms=NOW_MS + 2, return_reason="有误"
    )
    second = replace(REPORT, version=2, state=ReportState.DRAFT, amends_version=1, submit_ms=None, checks=())
    with store.write() as transaction:
        transaction.put_report(REPORT)
        assert transaction.delivered(["platform-a", "platform-b"]) == {(REPORT.subject, REPORT.quarter)}
        transaction.put_report(returned)
        transaction.put_report(second)
    with store.read() as view:
        versions = sorted(view.report_versions(REPORT.report_id), key=lambda one: one.version)
        assert versions == [returned, second]
        assert len(view.reports(reporter_id="platform-a")) == len(view.reports(quarter="2026Q1")) == 2
        assert view.reports(reporter_id="platform-b") == view.reports(quarter="2026Q2") == []
        assert view.delivered(["platform-a"]) == set()


def test_the_last_revision_of_a_finding_is_what_is_held(store: SqlReportStore) -> None:
    fallen = replace(FINDING, revision=2, stands=False, changes=("state: STANDS → WITHDRAWN", "why"))
    with store.write() as transaction:
        transaction.put_findings([FINDING])
        transaction.put_findings([fallen])
        assert transaction.duty_findings(["platform-a"]) == [fallen]
        assert transaction.duty_findings(["platform-b"]) == []


class Kept:
    """A recorder that keeps acts in memory, or has no room."""

    def __init__(self, *, full: bool = False) -> None:
        self.acts: list[Act] = []
        self._full = full

    def record(self, connection: Connection, *acts: Act) -> None:
        if self._full:
            raise StorageUnavailableError("the disk is full", zh="磁盘已满")
        self.acts += acts


def test_what_is_said_of_a_duty_is_entered_with_whose_and_why(database: Store, store: SqlReportStore) -> None:
    ledger = Kept()
    fallen = replace(
        FINDING, revision=2, stands=False, changes=("state: STANDS → WITHDRAWN", "report: submitted")
    )
    again = replace(FINDING, revision=3, changes=("state: WITHDRAWN → STANDS",))
    with SqlReportStore(database, REPORTING, lambda: NOW_MS, ledger).write() as transaction:
        for revision in (FINDING, fallen, again):
            transaction.put_findings([revision])
    assert [(act.action, act.reason) for act in ledger.acts] == [
        ("duty.found", "overdue"),
        ("duty.withdrawn", "state: STANDS → WITHDRAWN; report: submitted"),
        ("duty.amended", "state: WITHDRAWN → STANDS"),
    ]
    first = ledger.acts[0]
    assert (first.subject, first.actor) == ("finding/registry.report-overdue/x", "registry")
    assert first.details.items() >= {
        "rule_id": "registry.report-overdue", "party_id": "platform-a", "due": "2026-04-22", "revision": 1,
    }.items()  # fmt: skip


def test_nothing_is_said_of_a_duty_that_the_ledger_does_not_hold(
    database: Store, store: SqlReportStore
) -> None:
    full = SqlReportStore(database, REPORTING, lambda: NOW_MS, Kept(full=True))
    with pytest.raises(StorageUnavailableError), full.write() as transaction:
        transaction.put_findings([FINDING])
    with store.read() as view:
        assert view.duty_findings(["platform-a"]) == []


COUNTS = st.lists(
    st.builds(
        ActivityCount,
        st.sampled_from(["platform-a", "platform-b"]),
        st.sampled_from(["130202", "130203", "130200", "130300"]),
        st.sampled_from([date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1)]),
        st.integers(0, 2),
        st.integers(0, 50),
        st.integers(0, 3),
    ),
    max_size=30,
)


@given(COUNTS, COUNTS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_busiest_day_is_what_a_plain_count_gives(
    store: SqlReportStore, database: Store, one: list[ActivityCount], other: list[ActivityCount]
) -> None:
    with database.transaction() as connection:
        connection.execute(sa.delete(ACTIVITY))
        connection.execute(sa.delete(ACTIVITY_REVISION))
    for batch in (one, other, one):  # the first comes again, as records may
        with store.write() as transaction:
            transaction.take_activity(batch)
    greatest: dict[tuple[str, str, date, int], tuple[int, int]] = {}
    for count in [*one, *other]:
        key = (count.platform_id, count.area_code, count.day, count.partition)
        greatest[key] = max(greatest.get(key, (0, 0)), (count.revision, count.workers))
    days: dict[date, int] = {}
    for (platform_id, area_code, day, _), (_, workers) in greatest.items():
        if platform_id == "platform-a" and area_code.startswith("1302") and day <= date(2026, 3, 31):
            days[day] = days.get(day, 0) + workers
    with store.read() as view:
        busiest = view.busiest_day("platform-a", "130200", date(2026, 1, 1), date(2026, 3, 31))
    assert busiest == max(days.values(), default=None)
