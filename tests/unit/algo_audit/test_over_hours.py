"""What workhours' findings say of workers over their hours: the last revision replaces the earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from kit.eventlog.port import Record
from kit.eventlog.topics import FINDINGS
from quzhong.api.events.v1 import findings_pb2
from services.algo_audit.consumer import decode_consumed
from services.algo_audit.held import Held
from services.algo_audit.ports import OverHoursSpan

STANDS, WITHDRAWN = findings_pb2.FINDING_STATE_STANDS, findings_pb2.FINDING_STATE_WITHDRAWN


class Spans:
    """Spans in memory."""

    def __init__(self) -> None:
        self.held: dict[str, OverHoursSpan] = {}

    def all(self, connection: Any) -> list[OverHoursSpan]:
        return list(self.held.values())

    def save(self, connection: Any, spans: Sequence[OverHoursSpan]) -> None:
        for span in spans:
            self.held.pop(span.finding_id, None)
            if span.stands:
                self.held[span.finding_id] = span

    def forget_before(self, connection: Any, moment_ms: int) -> None: ...


def revision(
    limit_s: int | None, end_s: int, state: findings_pb2.FindingState.ValueType = STANDS
) -> findings_pb2.Finding:
    """A worker's spell until ``end_s``, past its limit at ``limit_s`` (None: short of it)."""
    evidence = findings_pb2.WorkingTimeEvidence(spell_end_time=Timestamp(seconds=end_s))
    if limit_s is not None:
        evidence.limit_time.seconds = limit_s
    return findings_pb2.Finding(finding_id="f", worker_id="w", state=state, working_time=evidence)


@pytest.mark.parametrize(
    ("revisions", "held"),
    [
        ([revision(100, 200)], (100, 200)),
        ([revision(100, 200), revision(100, 300)], (100, 300)),
        ([revision(None, 90), revision(100, 200)], (100, 200)),
        ([revision(100, 200), revision(None, 90)], None),  # a correction: the limit is not reached after all
        ([revision(100, 200), revision(100, 200, WITHDRAWN)], None),
    ],
)
def test_the_last_revision_holds_also_if_it_reaches_no_limit_any_more(
    revisions: list[findings_pb2.Finding], held: tuple[int, int] | None
) -> None:
    spans = Spans()
    handler = Held(spans)
    for number, finding in enumerate(revisions):
        record = Record(FINDINGS.name, 0, number, finding.SerializeToString(), b"p", {}, 0)
        handler.handle(None, [(record, decode_consumed(record))])
    found = [(span.start_ms // 1000, span.end_ms // 1000) for span in spans.held.values()]
    assert found == ([] if held is None else [held])


def test_findings_of_no_worker_say_nothing_of_hours() -> None:
    finding = findings_pb2.Finding(finding_id="f", audit=findings_pb2.AuditEvidence())
    assert decode_consumed(Record(FINDINGS.name, 0, 0, finding.SerializeToString(), b"p", {}, 0)) is None
