"""Nothing can be called that nobody decided on."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from google.longrunning import operations_pb2

from kit.security.caller import AGGREGATES_ONLY, Role
from kit.security.permissions import OPEN_RPCS, PERMISSIONS

OPERATIONS = operations_pb2.DESCRIPTOR.services_by_name["Operations"]
"""Of others, served by algo_audit."""
SOURCE = Path(__file__).resolve().parents[2] / "sdk" / "python" / "src"


def _rpcs_of_the_contract() -> set[str]:
    """``/package.Service/Method`` of every RPC of the generated code."""
    rpcs = set()
    for path in (SOURCE / "quzhong" / "api").rglob("*_pb2.py"):
        module = import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts))
        for service in module.DESCRIPTOR.services_by_name.values():
            rpcs |= {f"/{service.full_name}/{method.name}" for method in service.methods}
    rpcs |= {f"/{OPERATIONS.full_name}/{method.name}" for method in OPERATIONS.methods}
    return rpcs


def test_every_rpc_has_a_row_and_every_row_an_rpc() -> None:
    rpcs = _rpcs_of_the_contract()
    assert len(rpcs) > 20
    assert set(PERMISSIONS) | OPEN_RPCS == rpcs
    assert not OPEN_RPCS & set(PERMISSIONS)


def test_nothing_but_a_code_is_taken_without_a_credential() -> None:
    assert {path.rpartition("/")[2] for path in OPEN_RPCS} == {"RedeemWorkerCode"}


def test_a_worker_changes_nothing() -> None:
    allowed = {path.rpartition("/")[2] for path, roles in PERMISSIONS.items() if Role.WORKER in roles}
    reading = ("Get", "List", "Watch", "Who", "Explain")
    assert {method for method in allowed if not method.startswith(reading)} == set()


@pytest.mark.parametrize("rpc", sorted(PERMISSIONS))
def test_somebody_may_call_it(rpc: str) -> None:
    assert PERMISSIONS[rpc]


@pytest.mark.parametrize("rpc", sorted(rpc for rpc in PERMISSIONS if ".workhours." in rpc))
def test_who_sees_aggregates_sees_no_single_worker(rpc: str) -> None:
    assert not AGGREGATES_ONLY & PERMISSIONS[rpc]


@pytest.mark.parametrize(
    "rpc", sorted(rpc for rpc in PERMISSIONS if "IntakeService/Submit" in rpc or "/Upload" in rpc)
)
def test_only_platforms_and_administrators_hand_in_events(rpc: str) -> None:
    assert PERMISSIONS[rpc] == {Role.PLATFORM, Role.ADMINISTRATOR}
