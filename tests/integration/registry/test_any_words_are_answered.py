"""Whatever callers write, they are answered: no text, no number makes a use case fall, on either database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.errors import QuzhongError
from kit.holidays import chinese_working_days
from kit.security.caller import Caller, Role
from kit.storage.store import Store
from services.registry.adapters.report_store import SqlReportStore
from services.registry.adapters.rule_store import SqlRuleStore
from services.registry.adapters.store import SqlRegistryStore
from services.registry.adapters.tables import METADATA
from services.registry.adapters.yaml_file import document_in
from services.registry.core.areas import Areas
from services.registry.core.pages import Page
from services.registry.core.parties import Party
from services.registry.core.parties import Role as PartyRole
from services.registry.core.party_history import PATHS, PartyVersion
from services.registry.core.profiles import GivenLicence, GivenProfile
from services.registry.core.report_figures import FIGURES
from services.registry.core.reporting import parse_reporting
from services.registry.core.responsibilities import parse_responsibilities
from services.registry.core.rule_documents import RuleField, Rules
from services.registry.identity.credentials import Credentials
from services.registry.parties.reading import PartyFilter, PartyReading
from services.registry.parties.registration import NewParty, Registration
from services.registry.ports import Request
from services.registry.reports.duties import Duties
from services.registry.reports.handlers import GivenReport, ReportDesk
from services.registry.reports.reading import ReportFilter, ReportReading
from services.registry.rules.handlers import DeclaredRules, RuleFilter
from services.registry.settings import RegistrySettings

NOW_MS = 1_775_500_000_000
RESPONSIBILITIES = parse_responsibilities(
    document_in(RegistrySettings.model_fields["responsibilities_file"].default)
)
REPORTING = parse_reporting(
    document_in(RegistrySettings.model_fields["reporting_file"].default), RESPONSIBILITIES.unit_ids
)
AREAS = Areas([("130200", "唐山市", "Tangshan"), ("130203", "路北区", "Lubei")])

CALLERS = st.sampled_from(
    [
        Caller("platform-a", Role.PLATFORM, ("130200",)),
        Caller("firm-a", Role.PARTNER_FIRM, ("130203",), ("platform-a",)),
        Caller("bureau", Role.REGULATOR, ("130200",)),
        Caller("administrator", Role.ADMINISTRATOR),
    ]
)
WORDS = st.one_of(
    st.sampled_from(
        [
            "",
            "platform-a",
            "firm-a",
            "130200",
            "130203",
            "2026Q1",
            "\x00",
            "platform-a\x00",
            "platform-a.platform-a.130200.2026Q1",
            "platform-a.commission.130200.food_delivery",
            "'; DROP TABLE party; --",
            "2026-03-31",
        ]
    ),
    st.text(max_size=30),
)
NUMBERS = st.integers(-(2**63), 2**63 - 1)
SMALL = st.integers(-2, 12)
IDS = st.uuids().map(str)
CONTENTS = st.uuids().map(lambda content: content.bytes)
NEW_PARTIES = st.builds(
    NewParty,
    WORDS,
    st.sampled_from([1, 2, 3, 6, 7, 8, 9]),
    WORDS,
    WORDS,
    st.lists(WORDS, max_size=3),
    st.lists(WORDS, max_size=3),
    WORDS,
    st.builds(
        GivenProfile,
        WORDS,
        st.lists(st.builds(GivenLicence, SMALL, WORDS, WORDS), max_size=2),
        WORDS,
        WORDS,
        st.lists(SMALL, max_size=3),
        WORDS,
    ),
)
FIGURE_NAMES = st.sampled_from([figure.name for figure in FIGURES])
REPORTS = st.builds(
    GivenReport,
    WORDS,
    WORDS,
    WORDS,
    st.dictionaries(FIGURE_NAMES, NUMBERS, max_size=22),
    st.dictionaries(WORDS, WORDS, max_size=3),
)
VALUES = st.one_of(st.none(), st.floats(), st.booleans(), WORDS)
RULES = st.builds(
    Rules,
    WORDS,
    SMALL,
    WORDS,
    SMALL,
    WORDS,
    WORDS,
    st.lists(st.builds(RuleField, WORDS, WORDS, WORDS, VALUES, WORDS), max_size=3).map(tuple),
    WORDS,
    NUMBERS,
    WORDS,
)
PAGES = st.builds(Page, SMALL, WORDS)


class Published:
    """Nobody waits for the log here."""

    def wait(self) -> bool:
        return True


class Cases:
    """Every use case of parties, reports and rules, over one database."""

    def __init__(self, database: Store) -> None:
        def clock() -> int:
            return NOW_MS

        store, days = SqlRegistryStore(database, clock), chinese_working_days()
        reports, duties = SqlReportStore(database, REPORTING, clock), Duties(days, REPORTING)
        published = Published()
        self.credentials = Credentials(store, published, clock)
        self.registration = Registration(store, published, self.credentials, AREAS, RESPONSIBILITIES, clock)
        self.parties = PartyReading(store, AREAS, RESPONSIBILITIES)
        self.desk = ReportDesk(reports, duties, REPORTING, clock)
        self.reports = ReportReading(reports, days, REPORTING, clock)
        self.rules = DeclaredRules(SqlRuleStore(database, clock), published, AREAS, clock, 7)
        with store.write() as transaction:
            for party in (
                Party("platform-a", PartyRole.PLATFORM, "甲", "A", ("130200",), 1),
                Party("firm-a", PartyRole.PARTNER_FIRM, "企", "F", ("130203",), 1, ("platform-a",)),
            ):
                transaction.put_party(PartyVersion(party, "administrator", 1))


@pytest.fixture
def cases(database_url: str) -> Iterator[Cases]:
    database = Store.open(database_url, METADATA)
    yield Cases(database)
    database.close()


def calls(cases: Cases, draw: Callable[[st.SearchStrategy[Any]], Any]) -> list[Callable[[], object]]:
    """Every use case with words, numbers and things drawn for it."""
    caller = draw(CALLERS)

    def request() -> Request:
        # Of another content each, as of requests of different kinds: the same id twice is then a mistake.
        return Request(caller.party_id, draw(st.one_of(IDS, WORDS)), draw(CONTENTS))

    words, number, page = draw(st.lists(WORDS, min_size=4, max_size=4)), draw(SMALL), draw(PAGES)
    new, report, rules = draw(NEW_PARTIES), draw(REPORTS), draw(RULES)
    paths = draw(st.lists(st.one_of(st.sampled_from(PATHS), WORDS), max_size=3))
    return [
        lambda: cases.registration.register_platform(request(), new),
        lambda: cases.registration.register_partner_firm(request(), new),
        lambda: cases.registration.register_supervisor(request(), new),
        lambda: cases.registration.amend(request(), caller, number, new, paths, words[0]),
        lambda: cases.credentials.issue_credential(request(), words[0]),
        lambda: cases.credentials.revoke_credential(request(), words[0]),
        lambda: cases.parties.party(caller, words[0]),
        lambda: cases.parties.versions(caller, words[0], page),
        lambda: cases.parties.parties(caller, PartyFilter(number, words[0], words[1], words[2]), page),
        lambda: cases.parties.responsible(caller, words[0], words[1], page),
        lambda: cases.desk.save(request(), caller, report),
        lambda: cases.desk.validate(caller, report),
        lambda: cases.desk.submit(request(), caller, words[0], number),
        lambda: cases.desk.acknowledge(request(), caller, words[0], number),
        lambda: cases.desk.send_back(request(), caller, words[0], number, words[1]),
        lambda: cases.reports.report(caller, words[0], number),
        lambda: cases.reports.reports(
            caller, ReportFilter(words[0], words[1], words[2], words[3], number), page
        ),
        lambda: cases.reports.due_dates(
            caller, ReportFilter(words[0], words[1], words[2], words[3], number), page
        ),
        lambda: cases.rules.declare(request(), rules),
        lambda: cases.rules.documents(caller, RuleFilter(words[0], number, words[1], number), page),
        lambda: cases.rules.pair(caller, words[0], number, number),
    ]


@given(st.data())
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
def test_whatever_is_asked_is_answered_or_refused_with_a_field_and_a_way_out(
    cases: Cases, data: st.DataObject
) -> None:
    refusals = list(filter(None, (refusal_of(call) for call in calls(cases, data.draw))))
    assert all(error.reason != "INTERNAL" and error.zh != error.message for error in refusals)
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in error.zh) for error in refusals)


def refusal_of(call: Callable[[], object]) -> QuzhongError | None:
    try:
        call()
    except QuzhongError as error:
        return error
    return None


@pytest.mark.parametrize(
    "word", ["\x00", "platform-a\x00", "\ud7ff", "'; DROP TABLE party; --", "%", "_" * 5_000]
)
def test_a_name_no_database_holds_is_nobodys(cases: Cases, word: str) -> None:
    caller = Caller("administrator", Role.ADMINISTRATOR)
    assert cases.reports.reports(caller, ReportFilter(word), Page(0, ""))[0] == []
    assert cases.rules.documents(caller, RuleFilter(word), Page(0, ""))[0] == []
    for call, reason in (
        (lambda: cases.parties.party(caller, word), "PARTY_UNKNOWN"),
        (lambda: cases.reports.report(caller, word, 0), "REPORT_UNKNOWN"),
        (lambda: cases.rules.pair(caller, word, 0, 0), "DOCUMENT_UNKNOWN"),
        (lambda: cases.credentials.revoke_credential(Request("a", "r", b""), word), "CREDENTIAL_UNKNOWN"),
        (lambda: cases.credentials.issue_credential(Request("a", "r", b""), word), "PARTY_UNKNOWN"),
    ):
        refusal = refusal_of(call)
        assert refusal is not None
        assert refusal.reason == reason
