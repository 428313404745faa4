"""What-ifs as the contract says them."""

from __future__ import annotations

from kit.errors import FailedPreconditionError, InvalidArgumentError, NotFoundError
from quzhong.api.algo_audit.v1 import algo_audit_pb2
from services.algo_audit.cohort_what_ifs import InCohort
from services.algo_audit.core.intervals import Interval
from services.algo_audit.core.verdict import Verdict
from services.algo_audit.core.what_if import Frontier, WhatIf
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


def answer_to_proto(answer: InCohort) -> algo_audit_pb2.GetWhatIfResponse:
    """A threshold beside the one in force, if one is."""
    return algo_audit_pb2.GetWhatIfResponse(
        what_if=what_if_to_proto(answer.what_if),
        declared=None if answer.declared is None else what_if_to_proto(answer.declared),
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
        declared=frontier.marks.declared or 0.0,
    )


def no_threshold(value: float) -> InvalidArgumentError:
    """The refusal of a threshold that is none."""
    return InvalidArgumentError(
        f"threshold: {value:g} is no threshold; send a positive number in the metric's unit",
        zh=f"threshold：{value:g} 不是有效的标准；请填写以指标单位计的正数",
        field="threshold",
    )


def no_cohort(cohort: algo_audit_pb2.CohortRef) -> NotFoundError:
    """The refusal of a cohort that the audit does not have."""
    return NotFoundError(
        f"cohort: {cohort.cohort[:60]!r} of platform {cohort.platform_id[:40]!r} is no cohort of this audit, "
        "its service and its detail; GetAudit lists those in which something is declared, ListBaselines all",
        zh=f"cohort：该审计（所选服务与分组粒度）中没有平台 {cohort.platform_id[:40]!r} 的分组 "
        f"{cohort.cohort[:60]!r}；有申报标准的分组见 GetAudit，全部分组见 ListBaselines",
        field="cohort",
        reason="COHORT_NOT_FOUND",
    )


def suppressed(cohort: algo_audit_pb2.CohortRef) -> FailedPreconditionError:
    """The refusal of a cohort that is too small to be told of."""
    return FailedPreconditionError(
        f"cohort: {cohort.cohort[:60]!r} has too few workers or orders to say anything; "
        "ask for a coarser detail",
        zh=f"cohort：{cohort.cohort[:60]!r} 样本过少，不予公布；请选择更粗的分组",
        reason="COHORT_SUPPRESSED",
    )
