"""Appeals as the contract says them."""

from __future__ import annotations

from quzhong.api.algo_audit.v1 import appeals_pb2 as pb
from quzhong.api.algo_audit.v1 import consultation_pb2
from services.algo_audit.core.appeal import Appeal, AppealCounts
from services.algo_audit.wire import timestamp


def appeal_to_proto(appeal: Appeal, *, overdue: bool) -> pb.Appeal:
    """An appeal, as its caller may see it."""
    message = pb.Appeal(
        appeal_id=appeal.appeal_id,
        platform_id=appeal.penalty.platform_id,
        worker_id=appeal.penalty.worker_id,
        order_id=appeal.penalty.order_id,
        penalty_fen=appeal.penalty.penalty_fen,
        grounds=appeal.grounds,
        filed_by=appeal.filed_by,
        create_time=timestamp(appeal.create_ms),
        due_time=timestamp(appeal.due_ms),
        state=pb.AppealState.ValueType(appeal.state),
        reply=appeal.reply,
        overdue=overdue,
    )
    if appeal.reply_ms is not None:
        message.reply_time.CopyFrom(timestamp(appeal.reply_ms))
    return message


def counts_to_proto(counts: AppealCounts) -> consultation_pb2.AppealCounts:
    """The counts of a pack."""
    return consultation_pb2.AppealCounts(
        filed=counts.filed,
        upheld=counts.upheld,
        rejected=counts.rejected,
        overdue=counts.overdue,
        suppressed=counts.suppressed,
    )
