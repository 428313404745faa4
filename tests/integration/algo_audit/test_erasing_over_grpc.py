"""Removing a worker's data over the wire: what was told stays told, the rest is computed without."""

from __future__ import annotations

from pathlib import Path

from quzhong.api.algo_audit.v1 import appeals_pb2
from quzhong.api.registry.v1 import erasures_pb2
from tests.integration.algo_audit.conftest import declare
from tests.integration.algo_audit.test_algo_audit_over_grpc import DAY, row, run
from tests.support.dispatches import worker_id
from tests.support.suite import Suite, eventually, refusal

GONE = worker_id(2_000)
"""Of steady's, whose orders swift's limit is held against."""


def _in_files(folder: Path) -> bool:
    """Whether any file of the service names the worker."""
    return any(GONE.encode() in file.read_bytes() for file in folder.glob("algo_audit.db*"))


def test_a_worker_is_gone_from_the_store_and_from_audits_and_what_was_told_is_not_told_anew(
    suite: Suite, tmp_path: Path
) -> None:
    declare(suite, "swift", 9)
    told = run(suite, "city-union", **DAY)
    before = run(suite, **DAY)
    union = suite.as_("city-union")
    filed = union.appeals.FileAppeal(
        appeals_pb2.FileAppealRequest(
            request_id="a-1", platform_id="swift", worker_id=GONE, penalty_fen=500, grounds="当时已送达"
        )
    ).appeal
    assert _in_files(tmp_path)
    suite.admin.erasures.EraseWorker(
        erasures_pb2.EraseWorkerRequest(request_id="e-1", worker_id=GONE, reason="本人书面申请")
    )
    eventually(lambda: not _in_files(tmp_path))

    after = run(suite, **DAY)
    assert row(after, "swift").verdict == row(before, "swift").verdict
    orders = [row(audit, "swift").figures.orders for audit in (before, after)]
    assert orders == [120, 110]
    refused = refusal(lambda: run(suite, "city-union", **DAY))
    assert refused.reason == "PERIOD_TOLD_BEFORE"
    kept = union.appeals.GetAppeal(appeals_pb2.GetAppealRequest(appeal_id=filed.appeal_id)).appeal
    assert GONE not in (kept.worker_id, kept.grounds)
    assert (kept.state, kept.create_time, kept.penalty_fen) == (filed.state, filed.create_time, 500)
    assert told.audit_id == before.audit_id != after.audit_id
