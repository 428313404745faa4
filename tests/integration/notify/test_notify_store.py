"""What is kept and read back, over SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kit.storage.store import Store
from services.notify.adapters.book import SqlBook
from services.notify.adapters.reading import SqlReading
from services.notify.core.alerts import Alert, AlertKind, Audience
from services.notify.core.cases import CaseStep, Tally, new_case
from services.notify.core.findings import Finding, Place, Severity
from services.notify.core.letters import Notice, NoticeKind
from services.notify.core.text import Text
from services.notify.core.transitions import CaseState, Trigger
from services.notify.ports import Report

PLACE = Place("swift", "r1", "130203")
TEXT = Text("中文", "English")


def alert(number: int, severity: Severity = Severity.BREACH) -> Alert:
    return Alert(
        f"alert-{number}", AlertKind.FINDING, severity, PLACE, TEXT, 1, 100 + number, "case-1", f"f{number}"
    )


def add_alerts(store: Store, *alerts: Alert) -> None:
    with store.transaction() as connection:
        SqlBook(connection).add_alerts(alerts)


def test_a_case_with_its_steps_and_notice_is_read_back_as_it_was(store: Store) -> None:
    case = replace(
        new_case(PLACE, TEXT),
        state=CaseState.WARNED,
        openings=2,
        tally=Tally(3, 2, Severity.BREACH, 77),
        rate_per_thousand=1000 / 3,
        deadline=date(2026, 3, 16),
        extendable_to=date(2026, 3, 30),
        watched_from=date(2026, 3, 11),
        warned_from=date(2026, 3, 1),
        warned_to=date(2026, 3, 7),
        settled_through=date(1969, 12, 31),
        summonses=1,
        ordered=True,
        taken=4,
        step_time_ms=20,
        department_ids=("hr", "transport"),
        create_time_ms=10,
        update_time_ms=20,
    )
    steps = [
        CaseStep(case.case_id, 10, CaseState.NEW, CaseState.OPEN, Trigger.FINDING_STANDS, "policy:p@1", TEXT),
        CaseStep(
            case.case_id,
            20,
            CaseState.OPEN,
            CaseState.WARNED,
            Trigger.WARNING_SENT,
            "policy:p@1",
            TEXT,
            clause=Text("二.14", "2.14"),
            workers=3,
            openings=2,
        ),
    ]
    notice = Notice(
        "notice-1",
        NoticeKind.WARNING,
        case.case_id,
        PLACE,
        TEXT,
        TEXT,
        (TEXT, Text("二", "2")),
        "p",
        "1",
        20,
        workers=3,
        signed_by="li",
        deadline=date(2026, 3, 16),
        talk_id="talk-1",
    )
    finding = Finding("f1", 2, True, Severity.BREACH, PLACE, "w1", 77, TEXT, TEXT)
    with store.transaction() as connection:
        book = SqlBook(connection)
        book.save_case(replace(case, state=CaseState.OPEN))
        book.save_case(case)
        for step in steps:
            book.add_step(step, case)
        book.add_notice(notice)
        book.save_findings([Report(finding, b"old")])
        book.save_findings([Report(finding, b"new")])
        assert book.findings({"f1", "f2"}) == {"f1": finding}
        assert book.case(PLACE) == case
        assert book.citations(PLACE, Severity.PROMPT, date.min) == [TEXT]
        assert book.standing(PLACE, Severity.PROMPT, date.min) == [(date(1970, 1, 1), "w1", Severity.BREACH)]
    file = SqlReading(store).case_file(case.case_id, 10, lambda _: Severity.BREACH)
    assert file is not None
    assert (file.case, file.findings, file.notices, file.steps) == (case, [b"new"], [notice], steps)
    numbered, newest = SqlReading(store).steps_after(Audience(), 0, 10)
    assert [(each.sequence, each.step, each.case) for each in numbered] == [
        (1, steps[0], case),
        (2, steps[1], case),
    ]
    assert newest == SqlReading(store).newest_step() == 2
    assert SqlReading(store).case_file("case-x", 10, lambda _: Severity.BREACH) is None


def test_alerts_are_numbered_in_order_and_a_reader_learns_how_far_there_is_nothing_for_it(
    store: Store,
) -> None:
    add_alerts(store, *(alert(n, Severity.PROMPT if n % 2 else Severity.BREACH) for n in range(6)))
    reading = SqlReading(store)
    whole, end = reading.alerts_after(Audience(), 0, 10)
    assert [(each.sequence, each.alert.alert_id) for each in whole] == [
        (n + 1, f"alert-{n}") for n in range(6)
    ]
    assert end == 6
    grave, seen = reading.alerts_after(Audience(least_severity=3), 0, 2)
    assert ([each.sequence for each in grave], seen) == ([1, 3], 3)
    assert reading.alerts_after(Audience(least_severity=3), 5, 2) == ([], 6)
    latest = reading.latest_alerts(Audience(least_severity=3), 5, 10)
    assert ([each.sequence for each in latest.alerts], latest.newest) == ([3, 1], 6)
