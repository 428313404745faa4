"""Every role asks every route of the portal's HTTP API, about its own and about foreign things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, replace
from http import HTTPStatus
from typing import Any
from zlib import crc32

import httpx
import pytest

from kit.security.caller import EVERYWHERE, Role
from kit.security.http_api_permissions import HTTP_API
from services.portal.app import PortalServer
from services.portal.settings import PortalSettings
from tests.integration.authorisation.conftest import City, Things

ROLES = list(Role)

JUDGED = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
"""Admitted, and refused for what was asked: a letter nobody wrote, a cohort too small to be told."""


@pytest.fixture(scope="module")
def portal(city: City) -> Iterator[httpx.Client]:
    server = PortalServer(PortalSettings(suite_address=city.suite.host.address, portal_port=0))
    server.start()
    with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as client:
        yield client
    server.stop()


def asked(portal: httpx.Client, route: str, token: str, of: Things) -> httpx.Response:
    method, _, path = route.partition(" ")
    path = path.format(
        case_id=of.case_id,
        finding_id=of.duty_id if "/duties/" in path else of.finding_id,
        worker_id=of.worker_id,
        audit_id=of.audit_id,
        consultation_id=of.consultation_id,
        document_id=of.document_id,
        report_id=of.given_report_id,
        appeal_id=of.union_appeal_id,
        notice_id="notice-none",
        attachment_id="attachment-none",
        operation_id="operation-none",
        platform_id=of.platform_id,
        party_id=of.platform_id,
        period="2026-03",
    )
    params: dict[str, Any] = {}
    if "what-if" in path or "frontier" in path:
        params = {"platform_id": of.platform_id, "cohort": "1000-2000", "threshold": 600}
    if path.endswith(("timeline", "record")):
        params = {"start_time": "2026-03-15T00:00:00Z", "end_time": "2026-03-17T00:00:00Z"}
    if path.endswith("agenda"):
        params = {"first_date": "2026-03-01", "last_date": "2026-04-01"}
    body = {"kind": "acknowledgement"} if path.endswith("replies") else None
    if path.endswith("disputes"):
        body = {"finding_id": of.finding_id, "grounds": "已按规定停推"}
    if path.endswith("event-checks"):
        body = {"platform_id": of.platform_id}
    if path.endswith("integration"):
        params = {"platform_id": of.platform_id}
    headers = {"authorization": f"Bearer {token}"} if token else {}
    if method == "POST":
        headers["idempotency-key"] = f"api-{crc32((route + of.platform_id).encode())}"
    return portal.request(method, path, params=params, json=body, headers=headers)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name.lower())
def test_a_role_may_ask_what_its_rows_say(city: City, portal: httpx.Client, role: Role) -> None:
    # What the partner firm reports on swift is what everybody may see who may see a report.
    own = replace(city.own, given_report_id=city.firm_report_id)
    mistaken = []
    for route, roles in HTTP_API.items():
        answer = asked(portal, route, city.as_(role).token, own)
        if role not in roles:
            right = answer.status_code == HTTPStatus.FORBIDDEN
        elif role is Role.PARTNER_FIRM and route.endswith("/disputes"):
            right = answer.status_code == HTTPStatus.FORBIDDEN  # of its own duties only
        else:
            right = answer.is_success or answer.status_code in JUDGED
        if not right:
            mistaken.append((route, answer.status_code, answer.text[:200]))
    assert mistaken == []


ABOUT_ONE = tuple(
    route
    for route in HTTP_API
    if any(
        f"{{{name}_id}}" in route
        for name in ("case", "finding", "consultation", "report", "appeal", "party", "platform")
    )
)
"""Routes about something that may be foreign; a worker's time and audits are for supervision and for all."""


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name.lower())
def test_what_is_foreign_is_answered_as_what_does_not_exist(
    city: City, portal: httpx.Client, role: Role
) -> None:
    mistaken = []
    for route in ABOUT_ONE:
        if role not in HTTP_API[route]:
            continue
        foreign, missing = (
            asked(portal, route, city.as_(role).token, of) for of in (city.foreign, city.missing)
        )
        if role in EVERYWHERE:
            right = foreign.is_success or foreign.status_code in JUDGED
        else:
            told = [_masked(each.text, of) for each, of in ((foreign, city.foreign), (missing, city.missing))]
            right = foreign.status_code == missing.status_code >= HTTPStatus.BAD_REQUEST
            right = right and told[0] == told[1]
        if not right:
            mistaken.append((route, foreign.status_code, foreign.text[:200], missing.text[:200]))
    assert mistaken == []


def _masked(text: str, of: Things) -> str:
    for value in sorted(filter(None, astuple(of)), key=len, reverse=True):
        text = text.replace(value, "…")
    return text


@pytest.mark.parametrize(
    "role", [role for role in ROLES if role not in EVERYWHERE], ids=lambda role: role.name
)
def test_no_list_holds_anything_foreign(city: City, portal: httpx.Client, role: Role) -> None:
    of = city.foreign
    foreign = (
        of.case_id,
        of.finding_id,
        of.duty_id,
        of.consultation_id,
        of.union_appeal_id,
        of.given_report_id,
    )
    for route, roles in HTTP_API.items():
        if role in roles and "{" not in route:
            text = asked(portal, route, city.as_(role).token, city.own).text
            assert [each for each in foreign if each in text] == [], route


def test_without_a_credential_there_is_nothing(city: City, portal: httpx.Client) -> None:
    for route in HTTP_API:
        answer = asked(portal, route, "", city.own)
        assert (answer.status_code, answer.json()["reason"]) == (401, "CREDENTIAL_MISSING"), route
