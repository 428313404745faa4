"""Past findings and activity to run a policy over: from a file, or from the store of a data folder.

A file has one JSON object a line. Each is a ``quzhong.api.events.v1.Finding`` or a ``WorkforceActivity`` as
JSON (what ``WatchFindings`` or a consumer of the topics writes down), told apart by ``finding_id`` and
``local_date``. Or the whole file is the one document of ``quzhong check --json``: its violations, of a
platform and an area that the reader names.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from google.protobuf import json_format
from google.protobuf.message import Message

from kit.errors import MalformedRecordError
from kit.storage.store import Store
from quzhong.api.events.v1 import findings_pb2
from services.notify.adapters.casework_tables import SET_ASIDE
from services.notify.adapters.tables import ACTIVITY, FINDINGS
from services.notify.core.findings import SHANGHAI
from services.notify.messages import activity_of, report_of
from services.notify.ports import ActivityCount, Report
from services.notify.simulation.running import Past

STORE = "notify.db"
"""Of a data folder: the store in which notify keeps what it was told."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that could not be taken."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Assumed:
    """What a file does not say."""

    platform_id: str = ""
    area_code: str = ""
    rule_ids: Mapping[str, str] = field(default_factory=dict)
    """By a rule's code, which ``quzhong check`` tells, the id that policies name."""
    active: int = 0
    """Active workers a day of each platform and area without activity of its own; 0: none."""


@dataclass(slots=True)
class ReadPast:
    """What was read, and what was not."""

    reports: list[Report] = field(default_factory=list)
    counts: list[ActivityCount] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def past(self, assumed: Assumed) -> Past:
        """With the activity that is assumed where none is known."""
        known = {(count.platform_id, count.area_code) for count in self.counts}
        days = {
            (each.finding.place.platform_id, each.finding.place.area_code, each.finding.day)
            for each in self.reports
        }
        more = [
            ActivityCount(platform_id, area_code, day, 0, assumed.active)
            for platform_id, area_code, day in sorted(days)
            if assumed.active and (platform_id, area_code) not in known
        ]
        return Past(self.reports, [*self.counts, *more])


def read_past(path: Path, assumed: Assumed) -> ReadPast:
    """From a file, or a folder with ``notify.db`` in it.

    Raises:
        FileNotFoundError: if a folder has no such store.
        UnicodeDecodeError: if a file is no text in UTF-8.
    """
    return _from_store(path / STORE) if path.is_dir() else _from_file(path, assumed)


def _from_store(path: Path) -> ReadPast:
    if not path.is_file():
        raise FileNotFoundError(f"{path} is not there")
    found = ReadPast()
    store = Store.open_to_read(f"sqlite:///{path}")
    try:
        with store.read() as connection:
            aside = sa.select(SET_ASIDE.c.finding_id)
            standing = sa.select(FINDINGS.c.message).where(FINDINGS.c.finding_id.not_in(aside))
            for number, message in enumerate(connection.scalars(standing), start=1):
                _take(found, number, findings_pb2.Finding.FromString(bytes(message)))
            names = ("platform_id", "area_code", "day", "partition", "workers")
            rows = connection.execute(sa.select(*(ACTIVITY.c[name] for name in names)))
            found.counts += [ActivityCount(*row) for row in rows]
    finally:
        store.close()
    return found


def _from_file(path: Path, assumed: Assumed) -> ReadPast:
    text = path.read_text(encoding="utf-8-sig")
    found = ReadPast()
    try:
        document = json.loads(text)
    except json.JSONDecodeError:
        document = None
    if isinstance(document, dict) and "violations" in document:
        _take_checked(found, document, assumed)
        return found
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                _take(found, number, _message_of(json.loads(line)))
            except json.JSONDecodeError:
                found.unread.append(Unread(number, "no JSON"))
            except (json_format.ParseError, ValueError, RecursionError) as error:
                found.unread.append(Unread(number, str(error)))
    return found


def _message_of(told: Any) -> Message:
    if not isinstance(told, dict):
        raise ValueError("no JSON object")
    kind: Message
    if "finding_id" in told or "findingId" in told:
        kind = findings_pb2.Finding()
    elif "local_date" in told or "localDate" in told:
        kind = findings_pb2.WorkforceActivity()
    else:
        raise ValueError("neither a finding (finding_id) nor activity (local_date)")
    return json_format.ParseDict(told, kind, ignore_unknown_fields=True)


def _take(found: ReadPast, line: int, message: Message) -> None:
    try:
        if isinstance(message, findings_pb2.Finding):
            found.reports.append(report_of(message.SerializeToString()))
        else:
            found.counts.append(activity_of(message.SerializeToString()))
    except MalformedRecordError as error:
        found.unread.append(Unread(line, error.message))


def _take_checked(found: ReadPast, document: dict[str, Any], assumed: Assumed) -> None:
    """Each violation is a breach at the moment its spell began."""
    for number, (violation, moment) in enumerate(_violations(document), start=1):
        if moment is None:
            found.unread.append(Unread(number, f"violation {number}: no start to take its day from"))
            continue
        worker = str(violation.get("worker", "")) or "worker"
        rule = str(violation.get("rule", ""))
        message = findings_pb2.Finding(
            finding_id=f"check-{number}",
            revision=1,
            state=findings_pb2.FINDING_STATE_STANDS,
            severity=findings_pb2.SEVERITY_BREACH,
            rule_id=assumed.rule_ids.get(rule, rule),
            platform_id=assumed.platform_id,
            area_code=assumed.area_code,
            worker_id=worker,
        )
        message.event_time.FromDatetime(moment)
        _take(found, number, message)


def _violations(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], datetime | None]]:
    listed = document["violations"]
    for violation in listed if isinstance(listed, list) else ():
        if isinstance(violation, dict):
            try:
                moment = datetime.fromisoformat(str(violation.get("start")))
            except ValueError:
                yield violation, None
                continue
            yield violation, moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def unread_by_reason(unread: list[Unread]) -> list[tuple[str, int, int]]:
    """Reason, how many lines, and the first of them: the commonest reason first."""
    counts = Counter(each.reason for each in unread)
    first = {each.reason: each.line for each in reversed(unread)}
    return [(reason, count, first[reason]) for reason, count in counts.most_common()]
