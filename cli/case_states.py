"""What the states of a case are called."""

from __future__ import annotations

from collections.abc import Mapping

from quzhong.api.notify.v1 import notify_pb2

CASE_STATES: Mapping[notify_pb2.CaseState.ValueType, tuple[str, str]] = {
    notify_pb2.CASE_STATE_OPEN: ("立案", "open"),
    notify_pb2.CASE_STATE_WARNED: ("已警示", "warned"),
    notify_pb2.CASE_STATE_WITHDRAWN: ("已撤销", "withdrawn"),
    notify_pb2.CASE_STATE_ANSWERED: ("已答复", "answered"),
    notify_pb2.CASE_STATE_SUMMONS_PROPOSED: ("拟约谈，待批准", "summons proposed"),
    notify_pb2.CASE_STATE_SUMMONS_APPROVED: ("约谈已批准", "summons approved"),
    notify_pb2.CASE_STATE_SUMMONS_SCHEDULED: ("已通知约谈", "summoned"),
    notify_pb2.CASE_STATE_TALK_HELD: ("已约谈", "talk held"),
    notify_pb2.CASE_STATE_FAILED_TO_APPEAR: ("未到场", "failed to appear"),
    notify_pb2.CASE_STATE_RECTIFYING: ("整改中", "rectifying"),
    notify_pb2.CASE_STATE_RECHECKING: ("复查中", "rechecking"),
    notify_pb2.CASE_STATE_CLOSED: ("已结案", "closed"),
    notify_pb2.CASE_STATE_ESCALATED: ("已升级", "escalated"),
}
"""In Chinese and English, in the order of the ladder."""


def state_name(state: notify_pb2.CaseState.ValueType) -> str:
    """As in JSON: ``WARNED``."""
    return notify_pb2.CaseState.Name(state).removeprefix("CASE_STATE_")
