"""A day of one platform as rows of JSON, which every client sends alike, and the installation it goes to."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from google.protobuf.timestamp_pb2 import Timestamp
from joserfc.jwk import OKPKey

from cli.connection import Connection, fresh_request_id
from cli.embedded import EmbeddedSuite
from cli.findings import PAGE
from cli.parties import REGULATOR, Name, platform_token, supervisor_token
from quzhong import Client, ObliviousPseudonymiser, PrivateKeyJwt
from quzhong.advisories import SHANGHAI
from quzhong.api.intake.v1 import intake_pb2, intake_pb2_grpc
from quzhong.api.registry.v1 import registry_pb2 as pb
from quzhong.api.workhours.v1 import workhours_pb2
from quzhong.channel import bearer, channel_to
from tools.sdk_vectors.batches import dispatch_row, work_session_row

PLATFORM = "platform-a"
LICENCES = [f"冀B-{number:05}" for number in range(8)]
ORDERS = 10

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Access:
    """What a client and a supervisor get into the installation with."""

    client_id: str
    key_file: Path
    regulator_token: str


def admitted(suite: EmbeddedSuite, folder: Path) -> Access:
    """Register the platform, its key, and a regulator."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key_file = folder / "platform-a.pem"
    key_file.write_bytes(pem)
    with Connection(suite.address, suite.admin_token) as admin:
        platform_token(admin, PLATFORM, Name("甲平台", "Platform A"), ["130200"])
        regulator = supervisor_token(admin, "city", pb.ROLE_REGULATOR, REGULATOR, ["130200"])
        jwk = json.dumps(OKPKey.import_key(pem).as_dict(private=False))
        request = pb.RegisterClientKeyRequest(
            request_id=fresh_request_id(), party_id=PLATFORM, public_jwk=jwk
        )
        client_id = admin.call(admin.registry.RegisterClientKey, request).credential_id
    return Access(client_id, key_file, regulator)


def day(now_ms: int) -> Rows:
    """Yesterday: riders with too little rest, corrections, a deletion, rows sent twice, wrong rows."""
    begin = datetime.fromtimestamp(now_ms / 1_000, SHANGHAI).replace(
        hour=7, minute=0, second=0, microsecond=0
    ) - timedelta(days=1)
    sessions, dispatches = [], []
    for rider, identity in enumerate(LICENCES):

        def row(event_id: str, minute: float, kind: str, who: str = identity, **more: Any) -> dict[str, Any]:
            at = (begin + timedelta(minutes=minute)).isoformat()
            told = {"event_id": event_id, "identity": who, "event_time": at, "kind": kind}
            return told | {"area_code": "130203", "vehicle": "E_BIKE"} | more

        sessions.append(row(f"{rider}-on", 0, "ONLINE"))
        gap = 5 + 5 * rider  # minutes: some rest long enough between orders, some do not
        for order in range(ORDERS):
            more: dict[str, Any] = {
                "order_id": f"{rider}-{order}",
                "service": "FOOD_DELIVERY",
                "distance_m": 1_000 + 100 * order,
            }
            start = 1 + order * (30 + gap)
            took: dict[str, Any] = {"promised": 1_800_000, "estimated": 1_500_000, "pay_fen": 500 + order}
            dispatches.append(row(f"{rider}-{order}-a", start, "ACCEPTED", **more))
            dispatches.append(row(f"{rider}-{order}-c", start + 30 + rider / 7, "COMPLETED", **more, **took))
        sessions.append(row(f"{rider}-off", ORDERS * (30 + gap) + 2, "OFFLINE"))
    corrected = [dispatches[3] | {"corrected": [{"distance_m": 2_450, "pay_fen": None}]}]
    corrected += [dispatches[-1] | {"corrected": [{"weather": "RAIN"}, None]}]
    wrong = [
        dispatches[0] | {"event_id": "wrong-area", "area_code": "999999"},
        dispatches[0] | {"event_id": "a phone number", "order_id": "13812345678"},
    ]
    return {"work_sessions": sessions, "dispatches": dispatches + corrected + dispatches[5:15] + wrong}


def send_with_python(task: dict[str, Any]) -> dict[str, int]:
    """What the programs of the other languages do, with the Python client."""
    credential = PrivateKeyJwt(task["client_id"], Path(task["key_file"]).read_bytes(), task["token_url"])
    with (
        ObliviousPseudonymiser(task["address"], credential) as pseudonyms,
        Client(
            task["address"],
            credential,
            task["platform_id"],
            pseudonymiser=pseudonyms,
            batch_size=task["batch_size"],
            linger_s=task["linger_ms"] / 1_000,
            queue_rows=task["queue_rows"],
        ) as client,
    ):
        for told in task["work_sessions"]:
            client.add_work_session(work_session_row(told))
            time.sleep(task["interval_ms"] / 1_000)
        for told in task["dispatches"]:
            client.add_dispatch(dispatch_row(told))
            time.sleep(task["interval_ms"] / 1_000)
        client.flush()
        totals = client.totals
    return {"accepted": totals.accepted, "duplicate": totals.duplicate, "rejected": totals.rejected}


def task_of(suite_address: str, token_url: str, access: Access, rows: Rows, **more: Any) -> dict[str, Any]:
    """What a client's program reads from its standard input."""
    return {
        "address": suite_address,
        "token_url": token_url,
        "client_id": access.client_id,
        "key_file": str(access.key_file),
        "platform_id": PLATFORM,
        "batch_size": 25,
        "queue_rows": 20_000,
        "interval_ms": 0.0,
        "linger_ms": 200,
    } | {**rows, **more}


def workers(address: str, access: Access, token_url: str) -> list[str]:
    """The pseudonyms of all riders."""
    credential = PrivateKeyJwt(access.client_id, access.key_file.read_bytes(), token_url)
    with ObliviousPseudonymiser(address, credential) as pseudonyms:
        return pseudonyms.pseudonyms(LICENCES)


def accepted_events(address: str, access: Access, worker_ids: Sequence[str]) -> list[bytes]:
    """Every version of every event that was accepted, as bytes, sorted."""
    start, end = Timestamp(seconds=0), Timestamp(seconds=253_402_300_799)
    events = []
    with channel_to(address, None) as channel:
        stub = intake_pb2_grpc.IntakeServiceStub(channel)
        for worker_id in worker_ids:
            page_token = ""
            while True:
                request = intake_pb2.ReadWorkerEventsRequest(
                    worker_id=worker_id,
                    start_time=start,
                    end_time=end,
                    page_size=1_000,
                    page_token=page_token,
                )
                page = stub.ReadWorkerEvents(request, metadata=bearer(access.regulator_token), timeout=60)
                events += [each.SerializeToString(deterministic=True) for each in page.events]
                page_token = page.next_page_token
                if not page_token:
                    break
    return sorted(events)


def findings(address: str, access: Access) -> list[bytes]:
    """Every finding that stands, as bytes, sorted; but for the moment it was made."""
    told = []
    with Connection(address, access.regulator_token) as regulator:
        for page in regulator.pages(
            regulator.workhours.ListFindings,
            lambda token: workhours_pb2.ListFindingsRequest(page_size=PAGE, page_token=token),
            lambda response: response.next_page_token,
        ):
            for finding in page.findings:
                finding.ClearField("create_time")
                told.append(finding.SerializeToString(deterministic=True))
    return sorted(told)
