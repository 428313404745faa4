"""The event log as workhours finds it, and leaves it: dispatches in, findings out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bench.work_day import WorkDay
from kit.columns import EventBatch
from kit.eventlog.port import EventLog, NewRecord
from kit.eventlog.topics import DISPATCHES, FINDINGS
from quzhong.api.events.v1 import findings_pb2
from services.intake.restating import by_partition

PARTITIONS = 64
"""Of a city, says ``kit.settings``."""
RULE_ID = "cn-food-delivery-2025.continuous-work"

Flags = set[tuple[str, int]]
"""(worker, start of the spell in epoch ms) of every spell with more than 4 h of order time."""


class Filled(NamedTuple):
    """What was written."""

    events: int
    records: int
    bytes: int

    def __str__(self) -> str:
        return (
            f"{self.records:,} records of {self.events / self.records:,.0f} rows, "
            f"{self.bytes / self.events:.0f} bytes a row"
        )


def fill(log: EventLog, days: Iterable[WorkDay], group_rows: int) -> Filled:
    """Append the days as intake does: each commit group of ``group_rows`` rows cut over the partitions."""
    events = records = size = 0
    for day in days:
        for batch in day.batches(group_rows):
            sizes = append(log, batch)
            records += len(sizes)
            size += sum(sizes)
        events += len(day)
    return Filled(events, records, size)


def append(log: EventLog, batch: EventBatch) -> list[int]:
    """Append one commit group; the bytes of its records."""
    records = [
        NewRecord(DISPATCHES.name, part.encode(), partition=number)
        for number, part in by_partition(batch, PARTITIONS)
    ]
    log.append(records)
    return [len(record.value) for record in records]


def flagged(log: EventLog, since: Mapping[int, int]) -> Flags:
    """The breaches that stand, as the last revision of each finding tells them; offsets from ``since`` on."""
    ends, last = log.end_offsets(FINDINGS.name), dict[str, findings_pb2.Finding]()
    reader = log.reader(FINDINGS.name)
    while any(reader.position().get(number, 0) < end for number, end in ends.items()):
        for record in reader.poll(1.0):
            if record.offset >= since.get(record.partition, 0):
                finding = findings_pb2.Finding.FromString(record.value)
                last[finding.finding_id] = finding
    reader.close()
    return {
        (finding.worker_id, finding.working_time.spell_start_time.ToMilliseconds())
        for finding in last.values()
        if finding.rule_id == RULE_ID
        and finding.severity == findings_pb2.SEVERITY_BREACH
        and finding.state == findings_pb2.FINDING_STATE_STANDS
    }
