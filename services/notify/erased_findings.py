"""What stays of a finding once the data of the worker it is about are gone.

| of a finding                                                               | stays                     |
|----------------------------------------------------------------------------|---------------------------|
| id, revision, state, severity, rule, pack, platform, area, title, citation | as it is                  |
| when it was reached, and when it was made                                  | the day, in Asia/Shanghai |
| worker                                                                     | the erasure's id          |
| changes                                                                    | one, which says why       |
| evidence                                                                   | none                      |

It is the same whether a finding was kept before the erasure was heard of or is read from the log after it: so
cases count the same, whatever came first.
"""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp

from kit.directory.entries import ErasureEntry
from kit.erasure import Erased
from quzhong.api.events.v1 import findings_pb2
from services.notify.core.findings import first_ms, local_day, without_worker
from services.notify.ports import Report

STAYS = (
    "finding_id",
    "revision",
    "state",
    "severity",
    "rule_id",
    "pack_id",
    "pack_version",
    "platform_id",
    "area_code",
    "title",
    "citation",
)
"""What says nothing of the worker: a list of what may stay, so that a new field of the contract goes."""

CHANGE = "worker_id: 应劳动者本人要求，其数据已删除 / the worker's data were erased on their request"
"""In the form of every change: a field of the contract, and what became of it."""


def erasure_of(report: Report, erased: Erased) -> ErasureEntry | None:
    """The erasure by which a finding's worker is to go from it; None if there is none.

    What counts is when the evidence begins: a spell that ran on past the erasure rests on events from before.
    """
    erasure = erased.of(report.finding.worker_id) if report.finding.worker_id else None
    if erasure is None or _begins_ms(report) >= erasure.erase_ms:
        return None
    return erasure


def stripped(report: Report, erasure_id: str) -> Report:
    """What stays of it."""
    said = findings_pb2.Finding.FromString(report.message)
    stays = findings_pb2.Finding(
        **{name: getattr(said, name) for name in STAYS}, worker_id=erasure_id, changes=[CHANGE]
    )
    for name in ("event_time", "create_time"):
        if said.HasField(name):
            getattr(stays, name).CopyFrom(_day_of(getattr(said, name)))
    return Report(without_worker(report.finding, erasure_id), stays.SerializeToString(deterministic=True))


def _begins_ms(report: Report) -> int:
    evidence = findings_pb2.Finding.FromString(report.message).working_time
    moment: int = report.finding.event_time_ms
    if evidence.HasField("spell_start_time"):
        moment = min(moment, evidence.spell_start_time.ToMilliseconds())
    return moment


def _day_of(moment: Timestamp) -> Timestamp:
    day = Timestamp()
    day.FromMilliseconds(first_ms(local_day(moment.ToMilliseconds())))
    return day
