"""Every role opens every page of a real portal, its own and foreign ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from zlib import crc32

import httpx
import pytest

from kit.security.caller import EVERYWHERE, Role
from kit.security.http_api_permissions import HTTP_API, OPEN_DOCUMENTS
from kit.security.permissions import OPEN_PAGES, PAGES
from services.portal.app import PortalServer, create_app
from services.portal.core.language import Language
from services.portal.settings import PortalSettings
from services.portal.web import Reader
from tests.integration.authorisation.conftest import ACCOUNT, QUARTER, City, Things
from tests.support.suite import CITY

WHAT_IF = {"cohort": "1000-2000", "unit": "s", "threshold": "10"}
"""Of the band that all orders are in."""


@pytest.fixture(scope="module")
def portal(city: City) -> Iterator[str]:
    server = PortalServer(PortalSettings(suite_address=city.suite.host.address, portal_port=0))
    server.start()
    yield server.url
    server.stop()


def opened(portal: str, page: str, token: str, of: Things) -> tuple[HTTPStatus, str]:
    """The status of a page, and its text; of a stream, its beginning."""
    method, _, path = page.partition(" ")
    path = path.format(
        case_id=of.case_id,
        finding_id=of.duty_id if path.startswith("/duties/") else of.finding_id,
        document_id=of.document_id,
        consultation_id=of.consultation_id,
        report_id=of.given_report_id,
        account_id=ACCOUNT,
        appeal_id=of.union_appeal_id,
        area_code=of.area_code,
        department_id="lubei",
        kind="csv",
        name="close",
        notice_id="notice-none",
        attachment_id="attachment-none",
        credential_id="credential-none",
        platform_id=of.platform_id,
        period="2026-01",
    )
    headers = {"authorization": f"Bearer {token}"} if token else {}
    form = {
        "area": of.area_code,
        "form_key": Reader(token, Language.CHINESE).form_key,
        "request_id": f"page-{of.area_code}-{crc32(page.encode())}",
        "reason": "请补正后再报",
        "platform": of.platform_id,
        "quarter": QUARTER,
        "account_id": "page-account",
        "party_id": "lubei",
        # Of a consultation, an offer, an appeal: on something else than what there is already.
        "union": "lubei-union",
        "topic": "hours_and_rest",
        "effective": "2099-01-01",
        "number": "9",
        "worker": of.worker_id,
        "batch": '{"dispatches": [{"eventId": "one"}]}',
        "order": "order-7",
        "penalty": "5",
        "grounds": "暴雨封路",
        # Of a talk.
        "day": "2099-03-02",
        "start": "10:00",
        "end": "11:00",
    }
    if path.startswith("/consultations"):
        form["metric"] = "daily_orders"
    asked = WHAT_IF | {"audit": of.audit_id, "platform": of.platform_id} if path.endswith(".json") else form
    with httpx.stream(
        method,
        portal + path,
        headers=headers,
        data=form if method == "POST" else None,
        params=asked if method == "GET" and path in ("/reports/form", "/thresholds/what-if.json") else None,
        timeout=20,
        trust_env=False,
    ) as answer:
        endless = answer.headers.get("content-type", "").startswith("text/event-stream")
        text = next(answer.iter_text(), "") if endless else answer.read().decode(errors="replace")
        return HTTPStatus(answer.status_code), text


def test_every_page_has_a_row_and_every_row_a_page() -> None:
    paths = create_app(PortalSettings()).openapi()["paths"]
    served = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert served == set(PAGES) | OPEN_PAGES | set(HTTP_API) | OPEN_DOCUMENTS
    assert not (set(PAGES) | set(HTTP_API)) & (OPEN_PAGES | OPEN_DOCUMENTS)


@pytest.mark.parametrize("page", sorted(PAGES))
@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
def test_a_role_opens_what_its_row_says(city: City, portal: str, role: Role, page: str) -> None:
    # What the partner firm reports on swift is what everybody may see who may see a report.
    own = replace(city.own, given_report_id=city.firm_report_id)
    if role is Role.PLATFORM and page.endswith("/reports/form"):
        own = replace(own, area_code=CITY)  # where platforms report to
    status, text = opened(portal, page, city.as_(role).token, own)
    if role in PAGES[page]:
        # A form without the version it was decided on is one that came too late: admitted, and a conflict. So
        # is a step of a consultation that another role has taken; one that says too little is a bad request.
        late: tuple[HTTPStatus, ...] = ()
        if page.startswith("POST /reports/"):
            late = (HTTPStatus.CONFLICT,)
        if page.startswith(("POST /consultations", "POST /appeals")):
            late = (HTTPStatus.CONFLICT, HTTPStatus.BAD_REQUEST)
        if page.startswith(("POST /cases/", "GET /notices/", "GET /attachments/")):
            # Steps that the case's state does not allow, forms that say too little, letters nobody wrote.
            late = (HTTPStatus.CONFLICT, HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)
        if role is Role.PARTNER_FIRM and page.endswith("/appeal"):
            late = (HTTPStatus.FORBIDDEN,)  # of its own duties only, and this case is about riders
        if page.endswith("/revoke") or (page == "POST /sandbox" and role is Role.ADMINISTRATOR):
            late = (HTTPStatus.NOT_FOUND,)  # a credential there is not; a batch that names no platform
        if page.endswith("/commend"):
            late = (HTTPStatus.CONFLICT,)  # nobody worked in that month, so nobody is on the list
        if page.endswith("/what-if.json"):
            late = (HTTPStatus.NOT_FOUND,)  # a day's audit of one county may have no cohort of that name
        assert status in (HTTPStatus.OK, HTTPStatus.SEE_OTHER, *late), text
    else:
        assert status is HTTPStatus.FORBIDDEN, text


OF_ONE = (
    "GET /cases/{case_id}",
    "GET /findings/{finding_id}",
    "GET /duties/{finding_id}",
    "GET /rules/{document_id}",
    "GET /rules/{document_id}/document.json",
    "GET /consultations/{consultation_id}",
    "GET /consultations/{consultation_id}/pack/{kind}",
    "GET /appeals/{appeal_id}",
    "GET /reports/{report_id}",
)


@pytest.mark.parametrize(
    ("role", "page"),
    [(role, page) for role in Role for page in OF_ONE if role in PAGES[page]],
    ids=lambda value: value.name.lower() if isinstance(value, Role) else value,
)
def test_a_foreign_page_is_one_that_does_not_exist(city: City, portal: str, role: Role, page: str) -> None:
    token = city.as_(role).token
    (status, text), (missing_status, missing) = (
        opened(portal, page, token, of) for of in (city.foreign, city.missing)
    )
    if role in EVERYWHERE:
        assert status is HTTPStatus.OK
    else:
        assert status is missing_status is HTTPStatus.NOT_FOUND
        assert _without_ids(text, city.foreign) == _without_ids(missing, city.missing)


def _without_ids(text: str, of: Things) -> str:
    ids = (
        of.case_id,
        of.finding_id,
        of.document_id,
        of.consultation_id,
        of.union_appeal_id,
        of.given_report_id,
        of.duty_id,
        of.platform_id,
    )
    for value in ids:
        text = text.replace(value, "…")
    return text


@pytest.mark.parametrize("page", sorted(PAGES))
@pytest.mark.parametrize("token", ["", "qz_0000_unknown"], ids=["none", "unknown"])
def test_nobody_opens_a_page_without_a_credential(city: City, portal: str, page: str, token: str) -> None:
    status, text = opened(portal, page, token, city.own)
    assert status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.SEE_OTHER), text


@pytest.mark.parametrize("page", sorted(OPEN_PAGES - {"POST /sign-out"}))
def test_open_pages_tell_nothing_of_the_data(city: City, portal: str, page: str) -> None:
    status, text = opened(portal, page, "", city.own)
    # Not found: this city has no identity provider.
    assert status in (HTTPStatus.OK, HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)
    assert not any(secret in text for secret in (city.own.case_id, city.own.finding_id, "swift"))
