"""The portal's routes: HTTP in, a handler, a page out.

| path               | what                                                   | file             |
|--------------------|--------------------------------------------------------|------------------|
| /                  | the reader's first page (core/readers.py)              | pages/feed.py    |
| /feed              | live alert feed                                        | pages/feed.py    |
| /feed/events       | the same as Server-Sent Events                         | pages/feed.py    |
| /feeds/….atom      | alerts of an area, or of a department, as Atom         | pages/atom_feeds.py |
| /cases, /cases/ID  | cases; one case with evidence, letters and timeline    | pages/cases.py   |
| /cases/ID/…        | the next lawful step, replies, appeals                 | pages/casework.py|
| /notices/ID/…      | a letter as PDF, the invitation of a summons           | pages/casework.py|
| /agenda            | what is to be done by when                             | pages/agenda.py  |
| /areas             | where each area stands: seven days, cases in hand      | pages/areas.py   |
| /platforms, …/ID   | platforms, all there is of one; admitting it           | pages/platforms.py |
| /period-reports, …/PERIOD | what a month or a quarter came to               | pages/period_reports.py |
| /exports/…, /agenda.ics | lists as CSV, XLSX, PDF; the agenda as iCalendar  | pages/exports.py |
| /standing          | a platform's own: what it owes, its cases, its rules   | pages/standing.py|
| /duties/ID         | a duty that is due or late: whose, since when, its end | pages/duties.py  |
| /findings/ID       | one finding judged again from the log                  | pages/findings.py|
| /audit, /audit/run | the latest audit of an area; run one                   | pages/audit.py   |
| /rules, /rules/ID  | rules platforms declare; one version and what changed    | pages/rules.py   |
| /thresholds        | declared thresholds against the middle                 | pages/thresholds.py |
| /thresholds/one    | one of them: what-if, history; …/groups: groups, pay   | pages/threshold.py |
| /consultations     | consultations, opening one, the yearly duty            | pages/consultations.py |
| /consultations/ID  | its room: offers, pack, agreement, course              | pages/room.py    |
| /appeals, …/ID     | appeals against penalties                              | pages/penalty_appeals.py |
| /reports, …/ID     | employment reports: owed, late, given; receiving one   | pages/reports.py |
| /reports/form      | filling a report in, by hand or from a file            | pages/report_form.py |
| /record            | a worker's own record; …/sign-in: with a one-time code | pages/record.py  |
| /worker-codes      | issuing such a code                                    | pages/record.py  |
| /advisories        | advice for a platform's workers, live                  | pages/integration.py |
| /integration       | how a platform's events arrive, its credentials        | pages/integration.py |
| /sandbox           | what intake would say of a batch                       | pages/integration.py |
| /accounts, …/ID    | people's accounts: opened, amended, recovered, closed  | pages/accounts.py|
| /sign-in, /sign-out| credential in, credential out                          | pages/sign_in.py |
| /sign-in/account   | with a local account; /sign-in/enrol sets its password   | pages/account.py |
| /sign-in/provider  | to the identity provider, and back (OpenID Connect)    | pages/provider.py|
| /glossary, /methods | what words mean; how figures come about                | pages/glossary.py|
| /api/v1/…          | the same for programs, as JSON                         | http_api/        |
| /docs, /docs/…     | what programs may ask, and the topics of the log       | http_api/documents.py |
| /healthz           | whether the portal itself runs (not the suite behind)  | here             |
"""

from __future__ import annotations

from fastapi import APIRouter, Depends

from services.portal.foreign_sites import forms_are_ours
from services.portal.http_api import documents
from services.portal.http_api.router import router as http_api
from services.portal.pages import (
    account,
    accounts,
    agenda,
    areas,
    atom_feeds,
    audit,
    cases,
    casework,
    consultations,
    duties,
    exports,
    feed,
    findings,
    glossary,
    integration,
    penalty_appeals,
    period_reports,
    platforms,
    provider,
    record,
    report_form,
    reports,
    room,
    rules,
    sign_in,
    standing,
    threshold,
    thresholds,
)
from services.portal.web import know_reader

router = APIRouter(dependencies=[Depends(know_reader), Depends(forms_are_ours)])
for _pages in (
    feed,
    atom_feeds,
    standing,
    cases,
    casework,
    agenda,
    areas,
    platforms,
    period_reports,
    exports,
    findings,
    duties,
    audit,
    rules,
    thresholds,
    threshold,
    consultations,  # before room: /consultations/new is no consultation's id
    room,
    penalty_appeals,
    report_form,  # before reports: /reports/form is no report's id
    reports,
    accounts,
    record,
    integration,
    sign_in,
    account,
    provider,
    glossary,
):
    router.include_router(_pages.router)
router.include_router(documents.router)
router.include_router(http_api)


@router.get("/healthz")
async def health() -> dict[str, str]:
    """Alive. A suite that is away is no reason to restart the portal, so it is not asked."""
    return {"status": "SERVING"}
