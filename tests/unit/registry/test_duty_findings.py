"""What is said about duties day by day, and when it falls."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.holidays import chinese_working_days
from services.registry.adapters.yaml_file import document_in
from services.registry.core.duty_findings import DutyFinding, Severity, revisions, wanted
from services.registry.core.parties import Party, Role
from services.registry.core.profiles import Licence, LicenceKind, Profile
from services.registry.core.quarters import Quarter
from services.registry.core.reporting import (
    Reporting,
    Subject,
    due_day,
    local_day,
    parse_reporting,
    quarters_owed,
    start_ms,
    subjects_of,
)
from services.registry.settings import RegistrySettings

SHIPPED: Path = RegistrySettings.model_fields["reporting_file"].default
UNITS = ("human-resources", "industry", "market-supervision")
REPORTING: Reporting = parse_reporting(document_in(SHIPPED), UNITS)
DAYS = chinese_working_days()
REGISTERED_MS = start_ms(date(2022, 11, 1))
FIRM = Party("firm-a", Role.PARTNER_FIRM, "甲", "A", ("130203",), REGISTERED_MS, ("platform-a",))
PLATFORM = Party("platform-a", Role.PLATFORM, "平台", "P", ("130202", "130203"), REGISTERED_MS)
Q4 = Quarter(2022, 4)


def test_who_reports_to_which_level_is_what_the_notice_says() -> None:
    assert subjects_of(PLATFORM, REPORTING) == [Subject("platform-a", "platform-a", "130200")]
    assert subjects_of(FIRM, REPORTING) == [
        Subject("firm-a", "platform-a", "130200"),
        Subject("firm-a", "platform-a", "130203"),
    ]
    everywhere = replace(FIRM, area_codes=("130000", "130200"), platform_ids=("p-1", "p-2"))
    assert subjects_of(everywhere, REPORTING) == [
        Subject("firm-a", "p-1", "130200"),
        Subject("firm-a", "p-2", "130200"),
    ]
    for role in (Role.REGULATOR, Role.UNION, Role.OFFICIAL):
        assert subjects_of(replace(FIRM, role=role), REPORTING) == []


def said(day: date, party: Party = PLATFORM, delivered: set[Any] | None = None) -> dict[str, DutyFinding]:
    found = wanted(party, day, delivered or set(), DAYS, REPORTING)
    return {finding.finding_id: finding for finding in found}


def test_reminders_and_what_is_overdue_come_on_their_days_across_the_spring_festival() -> None:
    # The last quarter of 2022 is due on 28 January 2023, a Saturday that is worked for the festival.
    assert due_day(Q4, DAYS, REPORTING) == date(2023, 1, 28)
    day = date(2023, 1, 1)
    first: dict[str, date] = {}
    while day < date(2023, 2, 5):
        for finding_id in said(day):
            first.setdefault(finding_id, day)
        day += timedelta(days=1)
    report = "platform-a.platform-a.130200.2022Q4"
    assert first == {
        f"registry.report-due/{report}/10": date(2023, 1, 9),
        f"registry.report-due/{report}/3": date(2023, 1, 18),
        f"registry.report-overdue/{report}": date(2023, 1, 29),
    }
    overdue = said(date(2023, 1, 29))[f"registry.report-overdue/{report}"]
    assert overdue.severity is Severity.BREACH
    assert overdue.event_ms == start_ms(date(2023, 1, 29))
    assert overdue.title_zh == "平台：2022 年第四季度用工报告逾期未报送，期限为 2023-01-28"


@given(st.dates(date(2022, 11, 1), date(2024, 12, 31)), st.sets(st.integers(0, 9)))
def test_what_is_said_is_what_a_plain_reading_of_the_rules_says(day: date, given_at: set[int]) -> None:
    quarters = []
    quarter = Q4
    while quarter.last_day < day:
        quarters.append(quarter)
        quarter = quarter.next
    delivered = {
        (subject, quarters[at])
        for at in given_at
        if at < len(quarters)
        for subject in subjects_of(FIRM, REPORTING)
    }
    expected = set()
    for owed in quarters:
        due = due_day(owed, DAYS, REPORTING)
        for subject in subjects_of(FIRM, REPORTING):
            if (subject, owed) in delivered:
                continue
            for before in (10, 3):
                left = [due - timedelta(days=n) for n in range(60)]
                if day >= [each for each in left if DAYS.is_working(each)][before]:
                    expected.add(f"registry.report-due/{subject.report_id(owed)}/{before}")
            if day > due:
                expected.add(f"registry.report-overdue/{subject.report_id(owed)}")
    assert set(said(day, FIRM, delivered)) == expected
    assert quarters_owed(FIRM, day, REPORTING) == quarters[::-1]


def licensed(expiry: date | None, party: Party = FIRM) -> Party:
    licence = Licence(LicenceKind.LABOUR_DISPATCH, "冀-001", expiry)
    return replace(party, create_ms=start_ms(date(2026, 7, 1)), profile=Profile(licences=(licence,)))


def test_a_licence_is_warned_of_before_it_ends_and_charged_after() -> None:
    ends = date(2026, 9, 30)
    party = licensed(ends)
    rules = {
        day: sorted(finding.rule_id for finding in said(day, party).values())
        for day in (date(2026, 7, 31), date(2026, 8, 1), ends, date(2026, 10, 1))
    }
    assert rules == {
        date(2026, 7, 31): [],
        date(2026, 8, 1): ["registry.licence-expiring"],
        ends: ["registry.licence-expiring"],
        date(2026, 10, 1): ["registry.licence-expired"],
    }
    (expired,) = said(date(2026, 10, 1), party).values()
    assert (expired.platform_id, expired.area_code, expired.severity) == ("platform-a", "130200", 3)
    assert expired.title_zh == "甲：劳务派遣经营许可证 冀-001 已于 2026-09-30 到期"
    assert said(date(2026, 10, 1), licensed(None)) == {}
    assert said(date(2026, 10, 1), licensed(ends, replace(FIRM, role=Role.UNION))) == {}


SAID = st.lists(
    st.dates(date(2023, 1, 1), date(2023, 12, 31)).flatmap(
        lambda day: st.tuples(
            st.just(day), st.sets(st.sampled_from([Q4, Quarter(2023, 1), Quarter(2023, 2)]))
        )
    ),
    min_size=1,
    max_size=6,
)


@given(SAID)
def test_after_each_revision_what_stands_is_what_is_wanted_and_nothing_is_said_twice(
    looks: list[tuple[date, set[Quarter]]],
) -> None:
    held: dict[str, DutyFinding] = {}
    (subject,) = subjects_of(PLATFORM, REPORTING)
    for day, quarters in looks:
        now = wanted(PLATFORM, day, {(subject, quarter) for quarter in quarters}, DAYS, REPORTING)
        for finding in revisions(held, now, "report: submitted"):
            before = held.get(finding.finding_id)
            assert finding.revision == (before.revision + 1 if before else 1)
            assert before is None or finding.changes
            held[finding.finding_id] = finding
        assert {each.finding_id for each in held.values() if each.stands} == {each.finding_id for each in now}
        assert revisions(held, now, "again") == []


def test_a_due_date_that_moves_with_the_announced_holidays_amends_what_was_said() -> None:
    later = replace(REPORTING, due_working_days=16)
    day = date(2023, 2, 20)
    before = {finding.finding_id: finding for finding in wanted(PLATFORM, day, set(), DAYS, REPORTING)}
    amended = revisions(before, wanted(PLATFORM, day, set(), DAYS, later), "none")
    overdue = next(one for one in amended if one.rule_id == "registry.report-overdue")
    assert overdue.changes[0] == "due_date: 2023-01-28 → 2023-01-29"
    assert (overdue.revision, overdue.stands) == (2, True)


def test_a_new_name_amends_nothing() -> None:
    day = date(2023, 2, 20)
    held = said(day)
    renamed = replace(PLATFORM, name_zh="新名")
    assert revisions(held, wanted(renamed, day, set(), DAYS, REPORTING), "none") == []


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_begins_at_midnight_in_shanghai(day: date) -> None:
    assert local_day(start_ms(day)) == day
    assert local_day(start_ms(day) - 1) == day - timedelta(days=1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"due_working_days": 0}, "due_working_days: 0 is no whole number 1–60"),
        ({"due_working_days": True}, "due_working_days"),
        ({"remind_working_days": 3}, "remind_working_days"),
        ({"remind_working_days": [61]}, "remind_working_days"),
        ({"receivers": [{"reporter": "union", "level": "city"}]}, r"receivers\[0\]"),
        ({"receivers": []}, "receivers"),
        ({"receiving_units": ["police"]}, "receiving_units: .*known are human-resources"),
        ({"first_quarter": "2022"}, "first_quarter"),
        ({"checks": {"change_factor": 0.5}}, "change_factor"),
        ({"basis": {"zh": "据"}}, "en: is no text"),
        ({"licence_warn_days": "60"}, "licence_warn_days"),
    ],
)
def test_parameters_that_make_no_sense_are_refused_with_their_place(
    change: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        parse_reporting({**document_in(SHIPPED), **change}, UNITS)
