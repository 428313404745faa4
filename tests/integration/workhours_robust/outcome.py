"""What workhours found, as its store and its topic have it."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

import pytest

from kit.clock import system_clock
from kit.eventlog.port import EventLog, NewRecord, Record
from kit.eventlog.topics import DISPATCHES, FINDINGS
from quzhong.api.events.v1 import findings_pb2
from services.workhours.app import WorkhoursUnit
from services.workhours.settings import WorkhoursSettings
from tests.support.suite import eventually

CONTINUOUS_WORK = "cn-food-delivery-2025.continuous-work"
WEEKLY_REST_DAY = "cn-food-delivery-2025.weekly-rest-day"
LONGEST_S = 120.0

Revisions = dict[tuple[str, int], bytes]
"""(finding, revision) → the ``Finding`` message."""
Findings = dict[str, findings_pb2.Finding]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a group is in the dispatches."""

    records: int
    claims: dict[int, int]
    """By partition: how many owners it has had."""


def undisturbed(log: EventLog, settings: WorkhoursSettings, more: Iterable[Sequence[NewRecord]] = ()) -> None:
    """Judge all there is in the log, in this process, and then each of some portions more."""
    unit = WorkhoursUnit(settings, log, system_clock)
    unit.start()
    try:

        def drained() -> bool:
            assert unit.healthy()
            return unit.drained()

        eventually(drained, LONGEST_S)
        for records in more:
            log.append(records)
            eventually(drained, LONGEST_S)
    finally:
        unit.stop()


def progress(folder: Path) -> Progress:
    """As the store has it now."""
    store = folder / "workhours.db"
    if not store.exists():
        return Progress(0, {})
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=10)) as connection:
        try:
            rows = connection.execute(
                "SELECT partition, next_offset, epoch FROM consumer_position WHERE topic = ?",
                (DISPATCHES.name,),
            ).fetchall()
        except sqlite3.OperationalError:  # its tables are being made
            return Progress(0, {})
    return Progress(sum(row[1] for row in rows), {row[0]: row[2] for row in rows})


def stored(folder: Path) -> Revisions:
    """Every revision in the store; that none is there twice is looked at on the way."""
    with closing(sqlite3.connect(folder / "workhours.db")) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        rows = connection.execute("SELECT finding_id, revision, value FROM finding_revision").fetchall()
    found = {(finding_id, revision): value for finding_id, revision, value in rows}
    assert len(found) == len(rows)
    return found


def snapshots(folder: Path) -> int:
    """How many partitions have one."""
    with closing(sqlite3.connect(folder / "workhours.db")) as connection:
        (count,) = connection.execute("SELECT COUNT(DISTINCT partition) FROM state_blob").fetchone()
    return int(count)


def standing(revisions: Revisions) -> Findings:
    """What stands in the end, without the way by which it came about."""
    last = {finding_id: value for (finding_id, _), value in sorted(revisions.items())}
    findings = {name: findings_pb2.Finding.FromString(value) for name, value in last.items()}
    for finding in findings.values():
        for field in ("revision", "changes", "create_time"):
            finding.ClearField(field)
        finding.working_time.ClearField("watermark_time")
    return {
        name: finding
        for name, finding in findings.items()
        if finding.state == findings_pb2.FINDING_STATE_STANDS
    }


def require_same(expected: Findings, found: Findings) -> None:
    """The same findings stand and state the same; else say, by rule, how many do not, and of some how."""
    names = sorted(expected.keys() | found.keys())
    differing = [name for name in names if expected.get(name) != found.get(name)]
    if differing:
        rules = Counter((expected.get(name) or found[name]).rule_id for name in differing)
        shown = "\n".join(_difference(name, expected.get(name), found.get(name)) for name in differing[:4])
        pytest.fail(
            f"{len(differing)} of {len(names)} findings differ: {dict(rules)}\n{shown}", pytrace=False
        )


def _difference(name: str, expected: findings_pb2.Finding | None, found: findings_pb2.Finding | None) -> str:
    if expected is None or found is None:
        said = (expected or found or "").__str__().replace("\n", " ")
        return f"{name} is {'missing' if found is None else 'there'}: {said[:600]}"
    lines = unified_diff(str(expected).splitlines(), str(found).splitlines(), n=0, lineterm="")
    return f"{name} ({expected.rule_id}): {' '.join(lines)[:600]}"


def over_the_limit(findings: Findings) -> tuple[int, int]:
    """(spells beyond the limit of continuous work, workers who have one)."""
    over = [
        finding.worker_id
        for finding in findings.values()
        if finding.rule_id == CONTINUOUS_WORK and finding.severity == findings_pb2.SEVERITY_BREACH
    ]
    return len(over), len(set(over))


def require_unbroken(revisions: Revisions) -> None:
    """Every finding's revisions count from 1, none skipped."""
    of_finding: dict[str, list[int]] = defaultdict(list)
    for finding_id, revision in sorted(revisions):
        of_finding[finding_id].append(revision)
    for finding_id, numbers in of_finding.items():
        assert numbers == list(range(1, len(numbers) + 1)), finding_id


def require_published(log: EventLog, revisions: Revisions) -> int:
    """The topic has each stored revision, as it is stored, and nothing else; how many came again.

    A finding's revisions come in order, but for what a kill made the outbox append again.
    """
    published: dict[tuple[str, int], bytes] = {}
    highest: dict[str, int] = defaultdict(int)
    records = read_all(log, FINDINGS.name)
    for record in records:
        finding = findings_pb2.Finding.FromString(record.value)
        one = finding.finding_id, finding.revision
        assert published.setdefault(one, record.value) == record.value
        assert finding.revision <= highest[finding.finding_id] + 1, f"{one} comes before the one before it"
        highest[finding.finding_id] = max(highest[finding.finding_id], finding.revision)
    assert published == revisions
    return len(records) - len(published)


def read_all(log: EventLog, topic: str) -> list[Record]:
    """All records of a topic."""
    ends, reader, records = log.end_offsets(topic), log.reader(topic), list[Record]()
    while any(reader.position().get(number, 0) < end for number, end in ends.items()):
        records += reader.poll(1.0)
    reader.close()
    return records
