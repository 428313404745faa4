"""Findings as they come on the log, counted by rule: the relays of all services put them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from google.protobuf.message import DecodeError

from kit.eventlog.port import NewRecord
from kit.eventlog.topics import FINDINGS
from kit.telemetry import metrics
from quzhong.api.events.v1 import findings_pb2


def count_findings(records: Sequence[NewRecord]) -> None:
    """Count the findings among records that were appended."""
    if not metrics.on():
        return
    kinds = Counter(_kind(record.value) for record in records if record.topic == FINDINGS.name)
    for (rule, severity, state), number in kinds.items():
        metrics.count(
            metrics.FINDINGS,
            number,
            {metrics.RULE: rule, metrics.SEVERITY: severity, metrics.STATE: state},
        )


def _kind(value: bytes) -> tuple[str, str, str]:
    """Rule, severity and state of a finding, as the contract names them without their prefixes."""
    try:
        finding = findings_pb2.Finding.FromString(value)
    except DecodeError:
        return "unknown", "unknown", "unknown"
    return (
        finding.rule_id,
        _name(findings_pb2.Severity, finding.severity),
        _name(findings_pb2.FindingState, finding.state),
    )


def _name(enum: type[findings_pb2.Severity] | type[findings_pb2.FindingState], value: int) -> str:
    known = enum.DESCRIPTOR.values_by_number.get(value)
    if known is None:
        return "unknown"
    prefix = "SEVERITY_" if enum.DESCRIPTOR.name == "Severity" else "FINDING_STATE_"
    return known.name.removeprefix(prefix).lower()
