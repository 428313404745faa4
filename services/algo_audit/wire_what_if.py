"""What-ifs as the contract says them."""

from __future__ import annotations

from quzhong.api.algo_audit.v1 import algo_audit_pb2
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.verdict import Verdict
from services.algo_audit.core.what_if import Answer, Frontier, WhatIf
from services.algo_audit.wire import interval_to_proto


def what_if_to_proto(each: WhatIf) -> algo_audit_pb2.WhatIf:
    """What one threshold does."""
    return algo_audit_pb2.WhatIf(
        threshold=each.threshold,
        attainment=each.attainment,
        attainment_interval=interval_to_proto(each.interval),
        orders=each.orders,
        orders_affected=each.orders_affected,
        workers=each.workers,
        workers_affected=each.workers_affected,
        below_floor=each.below_floor,
        verdict=algo_audit_pb2.Verdict.ValueType(each.verdict),
        penalty_fen=each.penalty_fen,
    )


def what_if_from_proto(message: algo_audit_pb2.WhatIf) -> WhatIf:
    """What ``what_if_to_proto`` was given. Raises ValueError for a verdict there is not."""
    interval = message.attainment_interval
    return WhatIf(
        threshold=message.threshold,
        attainment=message.attainment,
        interval=Interval(interval.low, interval.high),
        orders=message.orders,
        orders_affected=message.orders_affected,
        workers=message.workers,
        workers_affected=message.workers_affected,
        below_floor=message.below_floor,
        verdict=Verdict(message.verdict),
        penalty_fen=message.penalty_fen if message.HasField("penalty_fen") else None,
    )


def answer_to_proto(answer: Answer) -> algo_audit_pb2.GetWhatIfResponse:
    """A threshold beside the one in force."""
    return algo_audit_pb2.GetWhatIfResponse(
        what_if=what_if_to_proto(answer.what_if),
        declared=what_if_to_proto(answer.declared),
        middle=interval_to_proto(answer.marks.middle),
        p50=answer.marks.p50,
        floor=answer.marks.floor or 0.0,
    )


def frontier_to_proto(frontier: Frontier) -> algo_audit_pb2.GetFrontierResponse:
    """The whole range."""
    return algo_audit_pb2.GetFrontierResponse(
        points=[what_if_to_proto(point) for point in frontier.points],
        middle=interval_to_proto(frontier.marks.middle),
        p50=frontier.marks.p50,
        floor=frontier.marks.floor or 0.0,
        declared=frontier.marks.declared,
    )
