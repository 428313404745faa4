"""Erasures as the contract says them: for answers and for the log."""

from __future__ import annotations

from quzhong.api.registry.v1 import erasures_pb2 as pb
from services.registry.core.erasures import Erasure


def erasure_message(erasure: Erasure) -> pb.Erasure:
    """Whose data go, by hashes, and when; not who had it done."""
    message = pb.Erasure(erasure_id=erasure.erasure_id, worker_sha256=erasure.worker_sha256)
    message.erase_time.FromMilliseconds(erasure.erase_ms)
    message.gone_time.FromMilliseconds(erasure.gone_ms)
    return message
