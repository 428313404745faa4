"""After a restore beside a log that went on: what the store has said since the backup is its own again.

On Kafka the log is not part of a backup. What workhours published after it lies on the topic of findings, and
whoever reads it keeps the highest revision of each. A store that had forgotten them would count from its own
older number, and what it says next would be passed over as known.
"""

from __future__ import annotations

import sqlalchemy as sa
from google.protobuf.message import DecodeError

from kit.errors import NotFoundError
from kit.eventlog.partitioner import partition_of
from kit.eventlog.port import EventLog
from kit.eventlog.topics import DISPATCHES, FINDINGS
from kit.storage.store import Store
from quzhong.api.events.v1 import findings_pb2
from services.workhours.adapters.tables import CARRIED_OUT, CURRENT, REVISION

NO_FACTS = bytes(8)
"""A signature that no facts have: they are looked at again, and stated only if they differ."""


def adopt(store_url: str, log: EventLog) -> int:
    """Take into workhours' store what its topic has beyond it; how many revisions."""
    try:
        partitions, newest = log.partition_count(DISPATCHES.name), _published(log)
    except NotFoundError:
        return 0  # a cluster that has nothing of ours yet
    store = Store.open(store_url)
    try:
        with store.transaction() as connection:
            known = {
                row.finding_id: row.revision
                for row in connection.execute(
                    sa.select(
                        REVISION.c.finding_id, sa.func.max(REVISION.c.revision).label("revision")
                    ).group_by(REVISION.c.finding_id)
                )
            }
            ahead = [each for each in newest.values() if each.revision > known.get(each.finding_id, 0)]
            for finding in ahead:
                number = partition_of(finding.worker_id.encode(), partitions)
                at = connection.scalar(
                    sa.insert(REVISION).values(_row(finding, number)).returning(REVISION.c.sequence)
                )
                connection.execute(sa.delete(CURRENT).where(CURRENT.c.finding_id == finding.finding_id))
                connection.execute(
                    sa.insert(CURRENT).values(finding_id=finding.finding_id, partition=number, sequence=at)
                )
            # The topic still has findings of workers whom the backup had nothing of any more: the service is
            # to look again whose data go. A backup of an earlier release has no such table.
            if sa.inspect(connection).has_table(CARRIED_OUT.name):
                connection.execute(sa.delete(CARRIED_OUT))
            return len(ahead)
    finally:
        store.close()


def _published(log: EventLog) -> dict[str, findings_pb2.Finding]:
    """The highest revision of each working-time finding on the topic."""
    newest: dict[str, findings_pb2.Finding] = {}
    ends, reader = log.end_offsets(FINDINGS.name), log.reader(FINDINGS.name)
    try:
        while any(reader.position().get(number, 0) < end for number, end in ends.items()):
            for record in reader.poll(1.0):
                try:
                    finding = findings_pb2.Finding.FromString(record.value)
                except DecodeError:
                    continue  # nobody has understood it
                if not finding.HasField("working_time"):
                    continue
                before = newest.get(finding.finding_id)
                if before is None or finding.revision > before.revision:
                    newest[finding.finding_id] = finding
    finally:
        reader.close()
    return newest


def _row(finding: findings_pb2.Finding, partition: int) -> dict[str, object]:
    spell = finding.working_time
    return {
        "finding_id": finding.finding_id,
        "revision": finding.revision,
        "partition": partition,
        "platform_id": finding.platform_id,
        "area_code": finding.area_code,
        "rule_id": finding.rule_id,
        "worker_id": finding.worker_id,
        "spell_start_ms": spell.spell_start_time.ToMilliseconds(),
        "stated_until_ms": spell.spell_end_time.ToMilliseconds(),
        "severity": finding.severity,
        "state": finding.state,
        "signature": NO_FACTS,
        "value": finding.SerializeToString(),
    }
