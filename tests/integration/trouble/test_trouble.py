"""Clocks that jump, stores and records of a newer release, partitions that move: what is seen then."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from google.protobuf.timestamp_pb2 import Timestamp

from kit.clock import system_clock
from kit.eventlog.loop import ConsumerLoop, Step
from kit.eventlog.memory import MemoryEventLog
from kit.eventlog.port import NewRecord, TopicPartition
from kit.eventlog.topics import FINDINGS
from kit.storage import positions
from kit.storage.store import Store
from quzhong.api.events.v1 import findings_pb2
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.workhours.v1 import workhours_pb2
from services.algo_audit.consumer import decode_consumed
from services.algo_audit.held import Held
from services.algo_audit.ports import OverHoursSpan
from services.workhours.adapters.schema import SCHEMA
from tests.contract.eventlog.conftest import a_topic
from tests.contract.eventlog.effects import EFFECTS, Service, decode, seen
from tests.contract.eventlog.waiting import until, until_drained
from tests.support.dispatches import at, order
from tests.support.observed import observed
from tests.support.suite import Suite, intake, running_suite, workhours

HOUR_MS = 3_600_000


class JumpingClock:
    """The machine's, and what it is off by."""

    def __init__(self) -> None:
        self.off_ms = 0

    def __call__(self) -> int:
        return system_clock() + self.off_ms


def half_hours(first: int, count: int) -> list[Any]:
    """A worker's orders, one after the other, from the first'th half hour of the day on."""
    return [
        row
        for half in range(first, first + count)
        for row in order(f"o-{half}", at("08:00") + half * 1_800_000, at("08:29") + half * 1_800_000)
    ]


def facts(suite: Suite) -> dict[str, bytes]:
    """What stands, without when it was said."""
    told = {}
    found = suite.as_("swift").workhours.ListFindings(workhours_pb2.ListFindingsRequest(page_size=1_000))
    for finding in found.findings:
        for name in ("revision", "changes", "create_time"):
            finding.ClearField(name)
        finding.working_time.ClearField("watermark_time")
        told[finding.finding_id] = finding.SerializeToString(deterministic=True)
    return told


def test_a_clock_that_jumps_an_hour_changes_no_finding_and_stops_nothing(tmp_path: Path) -> None:
    clock = JumpingClock()
    with running_suite(tmp_path / "jumping", intake, workhours, clock=clock) as suite:
        suite.platform("swift")
        for part, off_ms in enumerate((0, HOUR_MS, -HOUR_MS, 0)):
            clock.off_ms = off_ms
            suite.submit("swift", half_hours(3 * part, 3))
            if off_ms < 0:  # what happens now is in our future
                (now,) = order("now", system_clock(), system_clock(), worker=9)[:1]
                request = intake_pb2.SubmitDispatchesRequest(
                    request_id=suite.request_id(), platform_id="swift", dispatches=[now]
                )
                answer = suite.as_("swift").intake.SubmitDispatches(request).answer
                (refused,) = [each.reason for each in answer.rejections]
        jumping = facts(suite)
    with running_suite(tmp_path / "steady", intake, workhours) as suite:
        suite.platform("swift")
        suite.submit("swift", half_hours(0, 12))
        steady = facts(suite)
    assert steady
    assert jumping == steady
    assert refused == "EVENT_TIME_IN_FUTURE"
    observed(
        "clock-jump",
        "Nothing stops, and what is found is the same as with a steady clock, byte for byte: verdicts read "
        "the events' times alone. While our clock is an hour late, events of now are refused row by row as "
        f"`{refused}`, and the platform sends them again",
    )


class Spans:
    """Spans in memory."""

    def __init__(self) -> None:
        self.held: list[OverHoursSpan] = []

    def all(self, connection: Any) -> list[OverHoursSpan]:
        return []

    def save(self, connection: Any, spans: Sequence[OverHoursSpan]) -> None:
        self.held += spans

    def forget_before(self, connection: Any, moment_ms: int) -> None: ...


def test_a_store_that_is_ahead_is_used_and_of_newer_records_what_is_known(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = Store.open(url, SCHEMA)
    with store.transaction() as connection:
        for name in ("kit", "workhours"):
            connection.execute(sa.text(f"UPDATE schema_version_{name} SET version_num = '9999'"))
    store.close()
    evidence = findings_pb2.WorkingTimeEvidence(
        limit_time=Timestamp(seconds=1), spell_end_time=Timestamp(seconds=2)
    )
    known = findings_pb2.Finding(finding_id="f", worker_id="w", working_time=evidence)
    newer = known.SerializeToString() + b"\xc2\xb8\x02\x03new"  # field 5000, which nobody here knows
    unreadable = b"\xff\xff\xff"
    log = MemoryEventLog()
    log.ensure_topics([FINDINGS], 1)
    log.append([NewRecord(FINDINGS.name, value, key=b"p") for value in (newer, unreadable, newer)])
    spans, store = Spans(), Store.open(url, SCHEMA)
    loop = ConsumerLoop(
        log=log, store=store, group="g", topics=[FINDINGS.name], decode=decode_consumed, handler=Held(spans),
        poll_timeout_s=0.1,
    )  # fmt: skip
    loop.start()
    until(loop.caught_up, "all is read")
    loop.stop()
    assert loop.failed is None
    assert len(spans.held) == 2
    assert loop.dead_letters == 1
    store.close()
    observed(
        "newer-schema",
        "A store whose revision this release does not know is opened and used as it is (revisions expand "
        "first); of records with fields it does not know it takes what it knows. One that it cannot read "
        f"goes to `{FINDINGS.dead_letter_name}` as it is, with reason `MALFORMED_RECORD`; the rest goes on",
    )


def test_a_partition_that_moves_in_the_middle_of_a_commit_has_each_effect_once(postgres_url: str) -> None:
    topic = a_topic("moving")
    log = MemoryEventLog()
    log.ensure_topics([topic], 2)
    log.append([NewRecord(topic.name, b"%d" % n, partition=n % 2) for n in range(40)])
    sources = [TopicPartition(topic.name, number) for number in range(2)]
    store, other = Store.open(postgres_url, EFFECTS), Store.open(postgres_url)
    took: dict[Step, dict[TopicPartition, positions.Position]] = {}
    waiting: list[threading.Thread] = []

    def claim(step: Step) -> None:
        with other.transaction() as connection:
            took[step] = positions.claim(connection, "g", sources)

    def move(step: Step) -> None:
        if step in took:
            return
        if step is Step.BEGUN:  # the other one is first: we are fenced
            claim(step)
        elif step is Step.ADVANCED:  # we are first: the other one's claim waits for our commit
            took[step] = {}
            waiting.append(threading.Thread(target=claim, args=(step,)))
            waiting[0].start()
            waiting[0].join(0.3)
            assert waiting[0].is_alive()

    loop = ConsumerLoop(
        log=log, store=store, group="g", topics=[topic.name], decode=decode, handler=Service(),
        max_records=10, poll_timeout_s=0.1, after_step=move,
    )  # fmt: skip
    loop.start()
    until_drained(loop)
    loop.stop()
    waiting[0].join()
    assert loop.failed is None
    assert all(position.next_offset == 0 for position in took[Step.BEGUN].values()), "nothing was committed"
    committed = sum(position.next_offset for position in took[Step.ADVANCED].values())
    assert committed == 10, "the batch that was in hand was"
    effects = seen(store)
    assert effects == sorted((n % 2, n // 2, str(n)) for n in range(40))
    store.close()
    other.close()
    observed(
        "partition-moved",
        "Claimed before the owner's transaction has moved the position: the owner's batch is rolled back as "
        "`FENCED`, and the new owner reads it again. Claimed after: the claim waits for the commit, and the "
        f"new owner begins behind it. {len(effects)} of 40 records have their effect, each once",
    )
