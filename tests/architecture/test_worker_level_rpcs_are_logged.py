"""Whatever answers with a worker's pseudonym is on the list of what is entered in the access log."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from google.protobuf.descriptor import Descriptor

from kit.grpc.access_log import WORKER_LEVEL_RPCS
from kit.security.permissions import PERMISSIONS

SOURCE = Path(__file__).resolve().parents[2] / "sdk" / "python" / "src"

NAMES_A_WORKER = {"worker_id", "worker_ids"}

ACTS = frozenset(
    {
        "/quzhong.api.algo_audit.v1.AppealService/FileAppeal",
        "/quzhong.api.algo_audit.v1.AppealService/ReplyToAppeal",
    }
)
"""They answer with what the caller sent, or had read by a call that is entered; nobody looks anything up."""

OF_NO_WORKER = frozenset({"/quzhong.api.registry.v1.ReportService/GetDutyFinding"})
"""A duty is a platform's or a firm's: its findings leave the field of the worker empty."""


def _names_a_worker(message: Descriptor, seen: set[str]) -> bool:
    if message.full_name in seen:
        return False
    seen.add(message.full_name)
    return any(
        field.name in NAMES_A_WORKER
        or (field.message_type is not None and _names_a_worker(field.message_type, seen))
        for field in message.fields
    )


def _rpcs_that_name_workers() -> set[str]:
    found = set()
    for path in (SOURCE / "quzhong" / "api").rglob("*_pb2.py"):
        module = import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts))
        for service in module.DESCRIPTOR.services_by_name.values():
            found |= {
                f"/{service.full_name}/{method.name}"
                for method in service.methods
                if _names_a_worker(method.output_type, set())
            }
    return found


def test_the_list_is_that_of_the_contract() -> None:
    assert _rpcs_that_name_workers() - ACTS - OF_NO_WORKER == WORKER_LEVEL_RPCS
    assert set(PERMISSIONS) >= WORKER_LEVEL_RPCS
