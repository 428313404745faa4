"""Advisories as the contract says them."""

from __future__ import annotations

from quzhong.api.workhours.v1 import workhours_pb2
from services.workhours.ports import Caused
from services.workhours.wire import duration, local_text, timestamp


def advisory_to_proto(caused: Caused) -> workhours_pb2.Advisory:
    """The message an advisory is in the store and in answers."""
    advisory, advice = caused.advisory, caused.advisory.advice
    left = advice.minutes_left_ms
    return workhours_pb2.Advisory(
        advisory_id=advisory.advisory_id,
        worker_id=advisory.worker_id,
        platform_id=advisory.platform_id,
        rule_id=advisory.rule_id,
        kind=workhours_pb2.AdvisoryKind.ValueType(advice.kind),
        minutes_left=None if left is None else duration(left),
        must_rest_until_time=timestamp(advice.must_rest_until_ms),
        no_push_start_time=timestamp(advice.no_push_start_ms),
        no_push_end_time=timestamp(advice.no_push_end_ms),
        finding_id=advisory.finding_id,
        revision=advisory.revision,
        event_time=timestamp(advice.event_time_ms),
        accept_time=timestamp(caused.accept_time_ms),
        create_time=timestamp(caused.create_time_ms),
        text=local_text(advisory.text),
    )
