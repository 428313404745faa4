"""Use cases: filling an employment report in, by hand or from a file, and handing it in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kit.errors import FailedPreconditionError
from kit.report_files.form import FIGURE_OF, write_reports
from kit.report_files.reading import AMOUNT_EXPECTED, ReportRow, amount, read_reports
from kit.report_files.tables import Limits
from services.portal.core.language import LocalText
from services.portal.core.names import Names
from services.portal.core.report_form import FileFault, Form, Subject, explanations_of, typed_of
from services.portal.core.reports import FIGURES, DueDate, GivenReport, Report
from services.portal.handlers import names
from services.portal.ports import Registry, ReportQuery, Suite

FILE_LIMITS = Limits(rows=500, unpacked=16 * 1024 * 1024)
"""One reporter's: a firm reports to some dozen places. Who has more to hand in uses ``quzhong report``."""
MOST_FAULTS = 100
"""That a page lists."""


@dataclass(frozen=True, slots=True)
class FormView:
    form: Form
    due: DueDate | None
    """None if it is not among what is owed now."""
    last: Report | None
    """The last version there is."""
    names: Names


async def opened(
    suite: Suite, registry: Registry, token: str, reporter_id: str, subject: Subject
) -> FormView:
    """The form with what the last version says.

    Raises InvalidArgumentError (NOT_OWED) for a report that the reader does not owe.
    """
    empty = GivenReport(subject.platform_id, subject.area_code, subject.quarter, {}, {})
    query = ReportQuery(reporter_id, subject.area_code, subject.quarter)
    # The checks of nothing are not shown; the registry says whether it is the reader's to fill in.
    _, due, given, known = await asyncio.gather(
        registry.validate_report(token, empty),
        registry.due_dates(token, query),
        registry.reports(token, query),
        names(suite, token),
    )
    mine = [each for each in given if _is_about(each, reporter_id, subject)]
    last = max(mine, key=lambda each: each.version, default=None)
    form = Form(subject)
    if last is not None:
        form = Form(subject, typed_of(last.figures), explanations_of(last), checks=last.checks)
    return FormView(
        form, next((each for each in due if _is_about(each, reporter_id, subject)), None), last, known
    )


def _is_about(one: Report | DueDate, reporter_id: str, subject: Subject) -> bool:
    return (one.reporter_id, one.platform_id, one.area_code, one.quarter) == (
        reporter_id,
        subject.platform_id,
        subject.area_code,
        subject.quarter,
    )


async def checked(registry: Registry, token: str, form: Form) -> Form:
    """The form with what the checks find of the figures that can be read."""
    read, given = _read(form)
    return replace(read, checks=await registry.validate_report(token, given))


async def saved(registry: Registry, token: str, form: Form, request_id: str) -> Report | Form:
    """The draft; or the form, if something typed is no figure: to leave it out would lose it."""
    read, given = _read(form)
    if read.unreadable:
        return await checked(registry, token, form)
    return await registry.save_report(token, given, request_id)


async def submitted(registry: Registry, token: str, form: Form, request_id: str) -> Report | Form:
    """The report that was handed in; or the form with what blocks it. The draft is kept either way."""
    draft = await saved(registry, token, form, f"{request_id}-draft")
    if isinstance(draft, Form):
        return draft
    try:
        return await registry.submit_report(token, draft.report_id, draft.version, f"{request_id}-submit")
    except FailedPreconditionError as error:
        if error.reason != "REPORT_HAS_ERRORS":
            raise
        return await checked(registry, token, form)


def _read(form: Form) -> tuple[Form, GivenReport]:
    figures, unreadable = {}, {}
    for name in FIGURES:
        text = form.typed.get(name, "").strip()
        if not text:
            continue
        try:
            figures[name] = amount(text, name)
        except ValueError:
            zh, en = AMOUNT_EXPECTED[name.endswith("_fen")]
            unreadable[name] = LocalText(f"“{text[:20]}”{zh}", f"{text[:20]!r} {en}")
    subject, told = form.subject, {name: text for name, text in form.explanations.items() if text.strip()}
    given = GivenReport(subject.platform_id, subject.area_code, subject.quarter, figures, told)
    return replace(form, unreadable=unreadable), given


async def from_file(registry: Registry, token: str, form: Form, name: str, content: bytes) -> Form:
    """The form with what its report's row of the file says; what the file leaves empty stays as typed.

    Raises InvalidArgumentError for a file that cannot be read at all: FILE_UNREADABLE, FILE_TOO_LARGE,
    TOO_MANY_ROWS.
    """
    subject = form.subject
    # First of all, so that files are read for nobody but whoever owes the report.
    empty = GivenReport(subject.platform_id, subject.area_code, subject.quarter, {}, {})
    await registry.validate_report(token, empty)
    found = await asyncio.to_thread(read_reports, name, content, FILE_LIMITS)
    rows = [*found.rows, *found.partial]
    mine = next((row for row in rows if _subject(row) == subject), None)
    faults = [
        FileFault(
            each.row, each.column, each.value, LocalText(each.zh, each.en), FIGURE_OF.get(each.column, "")
        )
        for each in found.faults
    ]
    others = sorted(
        {_subject(row) for row in rows} - {subject}, key=lambda each: (each.quarter, each.area_code)
    )
    filled = replace(form, faults=faults[:MOST_FAULTS], others=others, read_from=name)
    if mine is None:
        return filled
    at_row = int(mine.place.rpartition("!")[2])
    wrong = {
        FIGURE_OF[each.column]: each.value
        for each in found.faults
        if each.row == at_row and each.column in FIGURE_OF
    }
    typed: Mapping[str, str] = {**form.typed, **typed_of(mine.figures), **wrong}
    told = {**form.explanations, **mine.explanations}
    return await checked(registry, token, replace(filled, typed=typed, explanations=told))


def _subject(row: ReportRow) -> Subject:
    return Subject(row.platform_id, row.area_code, row.quarter)


async def template(
    registry: Registry, token: str, reporter_id: str, name: str, readings: Mapping[str, str]
) -> bytes:
    """A file with a row for each report that the reader owes, figures empty; ``name`` tells XLSX from CSV."""
    due = await registry.due_dates(token, ReportQuery(reporter_id))
    rows = [
        [each.platform_id, each.area_code, each.quarter]
        for each in sorted(due, key=lambda each: (each.quarter, each.report_id))
        if each.owed
    ]
    return await asyncio.to_thread(write_reports, name, rows, readings)
