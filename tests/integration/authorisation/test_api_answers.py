"""What programs look up over HTTP is what the services have, of a city that runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from kit.security.caller import Role
from quzhong.api.intake.v1 import intake_pb2
from services.portal.app import PortalServer
from services.portal.settings import PortalSettings
from tests.integration.authorisation.conftest import City
from tests.support.dispatches import at, order

DAYS = {"start_time": "2026-03-15T00:00:00Z", "end_time": "2026-03-17T00:00:00Z"}


@pytest.fixture(scope="module")
def portal(city: City) -> Iterator[httpx.Client]:
    server = PortalServer(PortalSettings(suite_address=city.suite.host.address, portal_port=0))
    server.start()
    with httpx.Client(base_url=f"{server.url}/api/v1", timeout=30, trust_env=False) as client:
        yield client
    server.stop()


def _got(city: City, portal: httpx.Client, role: Role, path: str, **params: Any) -> Any:
    headers = {"authorization": f"Bearer {city.as_(role).token}"}
    return portal.get(path, params=params, headers=headers).raise_for_status().json()


def test_what_was_said_of_a_worker_is_read_part_by_part(city: City, portal: httpx.Client) -> None:
    address, found = f"/workers/{city.own.worker_id}/events?page_size=7", []
    headers = {"authorization": f"Bearer {city.as_(Role.REGULATOR).token}"}
    while address:
        answer = portal.get(address, headers=headers).raise_for_status()
        found += [each["dispatch"] or each["work_session"] for each in answer.json()["events"]]
        address = answer.links.get("next", {}).get("url", "").removeprefix("/api/v1")
    assert len(found) > 7
    assert {each["worker_id"] for each in found} == {city.own.worker_id}
    times = [each["event_time"] for each in found]
    assert times == sorted(times)
    assert len({(each["event_id"], each["version"]) for each in found}) == len(found)


def test_an_accepted_event_is_checked_as_a_duplicate_and_a_wrong_one_by_its_field(
    city: City, portal: httpx.Client
) -> None:
    events = _got(city, portal, Role.REGULATOR, f"/workers/{city.own.worker_id}/events")["events"]
    known = next(each["dispatch"] for each in events if each["dispatch"])
    batch = {"platform_id": city.own.platform_id, "dispatches": [known, known | {"event_id": ""}]}
    headers = {"authorization": f"Bearer {city.as_(Role.PLATFORM).token}"}
    rows = portal.post("/event-checks", json=batch, headers=headers).raise_for_status().json()["rows"]
    assert [(row["number"], row["verdict"], row["field"]) for row in rows] == [
        (1, "duplicate", ""),
        (2, "rejected", "event_id"),
    ]
    assert rows[1]["message"]["zh"]


def test_a_platform_reads_how_its_events_arrive_and_how_it_was_admitted(
    city: City, portal: httpx.Client
) -> None:
    nameless = order("nameless", at("09:00"), at("09:10"), worker=1, area=city.own.area_code)[0]
    nameless.event_id = ""
    city.suite.as_(city.own.platform_id).intake.SubmitDispatches(
        intake_pb2.SubmitDispatchesRequest(
            request_id=city.suite.request_id(), platform_id=city.own.platform_id, dispatches=[nameless]
        )
    )
    arrived = _got(city, portal, Role.PLATFORM, "/integration", window_ms=7 * 86_400_000)
    assert arrived["accepted"] > 0
    assert (arrived["last_batch"]["accepted"], arrived["last_batch"]["rejected"]) == (0, 1)
    assert "event_id" in {each["field"] for each in arrived["rejections"]}
    admitted = _got(city, portal, Role.PLATFORM, f"/admissions/{city.own.platform_id}")
    assert admitted["admission"]["state"] == "admitted"
    assert admitted["history"][-1] == admitted["admission"]
    credentials = _got(city, portal, Role.PLATFORM, "/credentials")["credentials"]
    assert {each["party_id"] for each in credentials} == {city.own.platform_id}


def test_a_party_is_told_with_its_profile_and_its_versions(city: City, portal: httpx.Client) -> None:
    path = f"/parties/{city.own.platform_id}"
    party = _got(city, portal, Role.REGULATOR, path)
    versions = _got(city, portal, Role.REGULATOR, f"{path}/versions")["versions"]
    assert party["profile"]["licences"][0]["expiry_date"] == "2099-12-31"
    assert versions[-1]["registered"]["party"] == party["party"]
    assert "profile.licences" in versions[-1]["changed_fields"]


def test_supervision_reads_what_stands_and_where(city: City, portal: httpx.Client) -> None:
    counts = _got(city, portal, Role.REGULATOR, "/finding-counts", platform_id=city.own.platform_id)["rules"]
    listed = _got(
        city, portal, Role.REGULATOR, "/findings", platform_id=city.own.platform_id, least_severity="breach"
    )["findings"]
    assert sum(each["spells"] for each in counts) == len(listed) > 0
    areas = _got(city, portal, Role.REGULATOR, "/area-figures", last_date="2026-03-16")["areas"]
    assert city.own.area_code in {each["area_code"] for each in areas}
    report = _got(city, portal, Role.REGULATOR, "/period-reports/2026-03")
    assert {"cases_opened", "warnings", "closed"} <= report["rows"][0]["steps"].keys()


def test_a_worker_reads_their_own_record_and_nobody_else_does(city: City, portal: httpx.Client) -> None:
    record = _got(city, portal, Role.WORKER, "/record", **DAYS)
    assert record["timeline"]["intervals"]
    assert {each["worker_id"] for each in record["findings"]} <= {city.own.worker_id}
    assert record["codes"][0]["redeem_time"]
    headers = {"authorization": f"Bearer {city.as_(Role.REGULATOR).token}"}
    assert portal.get("/record", params=DAYS, headers=headers).status_code == 403
