"""The portal's routes: HTTP in, a handler, a page out.

| path               | what                                                   | file             |
|--------------------|--------------------------------------------------------|------------------|
| /                  | live alert feed                                        | pages/feed.py    |
| /feed/events       | the same as Server-Sent Events                         | pages/feed.py    |
| /cases, /cases/ID  | cases; one case with evidence, letters and timeline    | pages/cases.py   |
| /findings/ID       | one finding judged again from the log                  | pages/findings.py|
| /audit, /audit/run | the latest audit of an area; run one                   | pages/audit.py   |
| /rules, /rules/ID  | rules platforms declare; one version and what changed    | pages/rules.py   |
| /consultations/ID  | the consultation that agreed on one                    | pages/consultations.py |
| /reports, …/ID     | employment reports: owed, late, given; receiving one   | pages/reports.py |
| /sign-in, /sign-out| credential in, credential out                          | pages/sign_in.py |
| /sign-in/account   | with a local account; /sign-in/enrol sets its password   | pages/account.py |
| /sign-in/provider  | to the identity provider, and back (OpenID Connect)    | pages/provider.py|
| /healthz           | whether the portal itself runs (not the suite behind)  | here             |
"""

from __future__ import annotations

from fastapi import APIRouter

from services.portal.pages import (
    account,
    audit,
    cases,
    consultations,
    feed,
    findings,
    provider,
    reports,
    rules,
    sign_in,
)

router = APIRouter()
for _pages in (feed, cases, findings, audit, rules, consultations, reports, sign_in, account, provider):
    router.include_router(_pages.router)


@router.get("/healthz")
async def health() -> dict[str, str]:
    """Alive. A suite that is away is no reason to restart the portal, so it is not asked."""
    return {"status": "SERVING"}
