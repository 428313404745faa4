"""Appeals as the contract says them."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

from quzhong.api.algo_audit.v1 import appeals_pb2 as pb
from quzhong.api.algo_audit.v1 import consultation_pb2
from services.algo_audit.core.appeal import Appeal, AppealCounts


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
        create_time=_timestamp(appeal.create_ms),
        due_time=_timestamp(appeal.due_ms),
        state=pb.AppealState.ValueType(appeal.state),
        reply=appeal.reply,
        overdue=overdue,
    )
    if appeal.reply_ms is not None:
        message.reply_time.CopyFrom(_timestamp(appeal.reply_ms))
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


def _timestamp(epoch_ms: int) -> Timestamp:
    moment = Timestamp()
    moment.FromMilliseconds(epoch_ms)
    return moment
