"""Thirty firms report for a year while the clock moves: what is said of them, day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pytest
import sqlalchemy as sa

from kit.holidays import chinese_working_days
from kit.security.caller import Caller
from kit.security.caller import Role as CallerRole
from kit.storage.store import Store
from kit.storage.tables import OUTBOX
from quzhong.api.events.v1 import findings_pb2
from services.registry.adapters.report_store import SqlReportStore
from services.registry.adapters.tables import METADATA
from services.registry.adapters.yaml_file import document_in
from services.registry.agreements import AgreementDeclarer
from services.registry.consumer import RegistryConsumer
from services.registry.core.areas import Areas
from services.registry.core.parties import Party, Role
from services.registry.core.party_history import PartyVersion
from services.registry.core.profiles import Profile
from services.registry.core.quarters import Quarter
from services.registry.core.report_figures import FIGURES
from services.registry.core.reporting import parse_reporting, start_ms
from services.registry.ports import Request
from services.registry.reports.duties import Duties
from services.registry.reports.handlers import GivenReport, ReportDesk
from services.registry.settings import RegistrySettings

pytestmark = pytest.mark.on_one_database

REPORTING = parse_reporting(
    document_in(RegistrySettings.model_fields["reporting_file"].default),
    ["human-resources", "industry", "market-supervision"],
)
DAY = timedelta(days=1)
FIRST, LAST = date(2022, 12, 20), date(2023, 12, 20)
QUARTERS = {
    # Due on the fifteenth working day, reminded of ten and three before; counted by hand on the announced
    # calendars: Spring Festival 21–27 January with 28 and 29 worked, 5 April, 23 April worked, 1–6 October
    # with 7 and 8 worked.
    Quarter(2022, 4): (date(2023, 1, 9), date(2023, 1, 18), date(2023, 1, 28)),
    Quarter(2023, 1): (date(2023, 4, 10), date(2023, 4, 19), date(2023, 4, 23)),
    Quarter(2023, 2): (date(2023, 7, 7), date(2023, 7, 18), date(2023, 7, 21)),
    Quarter(2023, 3): (date(2023, 10, 11), date(2023, 10, 20), date(2023, 10, 25)),
}
LATENESS = (None, -99, -14, -5, -1, 0, 0, 1, 7, 40)
"""Days after the due date; None: never."""
FIRMS = [f"firm-{number:02}" for number in range(30)]
COUNTIES = ("130202", "130203", "130204")
AREAS = Areas([(code, "名", "name") for code in ("130200", *COUNTIES)])


class Clock:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.now_ms = start_ms(FIRST)

    def __call__(self) -> int:
        return self.now_ms


class Registry(NamedTuple):
    """What reports go through, without sockets."""

    database: Store
    store: SqlReportStore
    desk: ReportDesk
    consumer: RegistryConsumer
    clock: Clock

    def tick(self) -> None:
        """What the loop does once a second."""
        with self.database.transaction() as connection:
            self.consumer.tick(connection)
        self.consumer.committed()

    def findings(self, after: int = 0) -> list[findings_pb2.Finding]:
        """What went out to topic findings, but for the first ones."""
        query = sa.select(OUTBOX.c.value).where(OUTBOX.c.topic == "findings").order_by(OUTBOX.c.id)
        with self.database.read() as connection:
            values = connection.scalars(query.offset(after).limit(100_000))
            return [findings_pb2.Finding.FromString(bytes(value)) for value in values]


@pytest.fixture
def registry(database_url: str) -> Iterator[Registry]:
    clock, database = Clock(), Store.open(database_url, METADATA)
    store = SqlReportStore(database, REPORTING, clock)
    duties = Duties(chinese_working_days(), REPORTING)
    consumer = RegistryConsumer(AgreementDeclarer(AREAS), duties, store.within, lambda: None, clock)
    with store.write() as transaction:
        platform = Party("platform-a", Role.PLATFORM, "平台", "P", ("130200",), clock())
        transaction.put_party(PartyVersion(platform, "administrator", clock()))
        labour = Profile(unit_id="human-resources")
        bureau = Party("bureau", Role.REGULATOR, "人社局", "B", ("130203",), clock(), profile=labour)
        transaction.put_party(PartyVersion(bureau, "administrator", clock()))
        for number, firm in enumerate(FIRMS):
            areas = (COUNTIES[number % 3],)
            party = Party(firm, Role.PARTNER_FIRM, f"企业{number}", firm, areas, clock(), ("platform-a",))
            transaction.put_party(PartyVersion(party, "administrator", clock()))
    yield Registry(database, store, ReportDesk(store, duties, REPORTING, clock), consumer, clock)
    database.close()


def test_reminders_and_what_is_overdue_come_and_fall_on_the_right_days(registry: Registry) -> None:
    chance = np.random.default_rng(20_230_121)
    plan: dict[date, list[tuple[str, str, Quarter]]] = defaultdict(list)
    """By day, who submits for which area and quarter: early, on time, late, or (missing here) never."""
    given: dict[tuple[str, str, Quarter], date] = {}
    reporters = [("platform-a", "130200")] + [
        (firm, area) for number, firm in enumerate(FIRMS) for area in ("130200", COUNTIES[number % 3])
    ]
    for quarter, (_, _, due) in QUARTERS.items():
        for reporter, area in reporters:
            late = LATENESS[chance.integers(len(LATENESS))]
            if late is not None:
                day = max(quarter.last_day + DAY, due + late * DAY)
                plan[day].append((reporter, area, quarter))
                given[reporter, area, quarter] = day
    expected: dict[date, set[tuple[str, bool]]] = defaultdict(set)
    for quarter, (first_reminder, second_reminder, due) in QUARTERS.items():
        for reporter, area in reporters:
            report_id = f"{reporter}.platform-a.{area}.{quarter}"
            day_given = given.get((reporter, area, quarter), date.max)
            for finding_id, since in (
                (f"registry.report-due/{report_id}/10", first_reminder),
                (f"registry.report-due/{report_id}/3", second_reminder),
                (f"registry.report-overdue/{report_id}", due + DAY),
            ):
                # Reports are handed in at noon, and the day's first look is at midnight.
                if since <= day_given and since <= LAST:
                    expected[since].add((finding_id, True))
                    if day_given <= LAST:
                        expected[day_given].add((finding_id, False))

    said: dict[date, set[tuple[str, bool]]] = defaultdict(set)
    day, told = FIRST, 0
    while day <= LAST:
        registry.clock.now_ms = start_ms(day)
        registry.tick()
        registry.clock.now_ms += 12 * 3_600_000
        for reporter, area, quarter in plan[day]:
            submit(registry, reporter, area, quarter)
        registry.tick()
        findings = registry.findings(told)
        for finding in findings:
            said[day].add((finding.finding_id, finding.state == findings_pb2.FINDING_STATE_STANDS))
        told += len(findings)
        day += DAY
    assert dict(said) == {day: found for day, found in expected.items() if found}
    assert {finding.platform_id for finding in registry.findings()} == {"platform-a"}


def submit(registry: Registry, reporter: str, area: str, quarter: Quarter, version: int = 1) -> None:
    role = CallerRole.PLATFORM if reporter == "platform-a" else CallerRole.PARTNER_FIRM
    caller = Caller(reporter, role, (area,))
    figures = dict.fromkeys((figure.name for figure in FIGURES), 0)
    request_id = f"{reporter}-{area}-{quarter}-{version}"
    given = GivenReport("platform-a", area, str(quarter), figures, {})
    draft = registry.desk.save(Request(reporter, f"save-{request_id}", b"1"), caller, given)
    assert draft.version == version
    sent = Request(reporter, f"submit-{request_id}", b"1")
    registry.desk.submit(sent, caller, draft.report_id, draft.version)


def test_a_returned_report_is_owed_again_and_a_further_version_settles_it(registry: Registry) -> None:
    quarter = Quarter(2022, 4)
    registry.clock.now_ms = start_ms(date(2023, 2, 1))
    registry.tick()
    submit(registry, "firm-01", "130203", quarter)
    report_id = f"firm-01.platform-a.130203.{quarter}"
    bureau = Caller("bureau", CallerRole.REGULATOR, ("130203",))
    registry.desk.send_back(Request("bureau", "r1", b"1"), bureau, report_id, 1, "人数有误，请核对")
    submit(registry, "firm-01", "130203", quarter, version=2)
    states = [
        (finding.revision, finding.state == findings_pb2.FINDING_STATE_STANDS, list(finding.changes))
        for finding in registry.findings()
        if finding.finding_id == f"registry.report-overdue/{report_id}"
    ]
    assert states == [
        (1, True, []),
        (2, False, ["state: STANDS → WITHDRAWN", "report: submitted"]),
        (3, True, ["state: WITHDRAWN → STANDS"]),
        (4, False, ["state: STANDS → WITHDRAWN", "report: submitted"]),
    ]
    with registry.store.read() as view:
        versions = {one.version: one for one in view.report_versions(report_id)}
    assert versions[1].return_reason == "人数有误，请核对"
    assert versions[2].amends_version == 1


def test_a_crash_between_tick_and_commit_says_nothing_twice_and_forgets_nothing(registry: Registry) -> None:
    registry.clock.now_ms = start_ms(date(2023, 2, 1))

    def fall() -> None:
        with registry.database.transaction() as connection:
            registry.consumer.tick(connection)
            raise RuntimeError("the power goes")

    with pytest.raises(RuntimeError):
        fall()
    assert registry.findings() == []
    registry.tick()
    once = registry.findings()
    assert len({finding.finding_id for finding in once}) == len(once) == 3 * 61
    registry.tick()
    assert registry.findings() == once


def test_many_parties_are_looked_at_by_and_by_and_newcomers_keep_nobody_waiting(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.registry.reports.duties.PARTIES_A_TICK", 7)
    registry.clock.now_ms = start_ms(date(2023, 2, 1))
    for number in range(5):  # 31 parties, seven a tick, and a new one each time
        registry.tick()
        assert len(registry.findings()) <= 7 * 6 * (number + 1)
        newcomer = Party(f"new-{number}", Role.UNION, "新", "N", ("130200",), registry.clock())
        with registry.store.write() as transaction:
            transaction.put_party(PartyVersion(newcomer, "administrator", registry.clock()))
    everything = registry.findings()
    assert len({finding.finding_id for finding in everything}) == len(everything) == 3 * 61
    for _ in range(10):
        registry.tick()
    assert registry.findings() == everything
