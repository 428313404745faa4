"""The rows of one kind that a commit group brings, as one table, whoever sent them.

Each request's rows are a slice of it, so that checks and columns cost once a group, not once a request.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.columns import DISPATCH, WORK_SESSION, EventBatch, Schema, statement_keys
from kit.eventlog.port import NewRecord
from kit.eventlog.topics import DISPATCHES, WORK_SESSIONS, Topic
from services.intake.core.accepted import Standing, Statements, subjects
from services.intake.core.event_index import Keys, content_digests
from services.intake.core.rows import Fault, Rows
from services.intake.hashing import hashes, interned
from services.intake.ports import Answer
from services.intake.restating import by_partition, under_successors
from services.intake.succession import Successions


class Verdict(IntEnum):
    """Per row; the values equal ``quzhong.api.intake.v1.RowVerdict``."""

    ACCEPTED = 1
    DUPLICATE = 2
    REJECTED = 3


_VERDICT_OF = np.full(len(Standing), Verdict.REJECTED, dtype=np.uint8)
"""Indexed by ``Standing``."""
_VERDICT_OF[[Standing.NEW, Standing.DUPLICATE]] = Verdict.ACCEPTED, Verdict.DUPLICATE

_COLUMN_OF = {"promised_duration": "promised_ms", "estimated_duration": "estimated_ms"}
"""Row fields whose column has another name, because the column fixes the unit."""


@dataclass(frozen=True, slots=True)
class EventKind:
    """One of the two kinds of event intake takes."""

    topic: Topic
    schema: Schema
    most_choices: dict[str, int]
    """Enumeration fields of the row's message → greatest value of the contract."""


_DISPATCH_CHOICES = {
    "kind": 7,
    "service": 3,
    "vehicle": 5,
    "weather": 4,
    "employment_form": 3,
    "tenure_band": 4,
}
WORK_SESSION_EVENTS = EventKind(WORK_SESSIONS, WORK_SESSION, {"kind": 4, "vehicle": 5})
DISPATCH_EVENTS = EventKind(DISPATCHES, DISPATCH, _DISPATCH_CHOICES)


@dataclass(frozen=True, slots=True, eq=False)
class Submission:
    """One batch of one platform."""

    platform_id: str
    request_id: str
    digest: int
    """64 bits of the request as it was sent: a resent one has the same."""
    kind: EventKind
    rows: Rows
    dead_letter: Callable[[Fault], NewRecord]
    """What is kept of a rejected row."""


Aliases = Callable[[EventBatch], Keys]
"""A 64-bit digest of each row's worker."""

Check = Callable[[EventKind, Rows], list[Fault]]
"""The faults of rows, at most one a row, by row."""


class Lot:
    """The table. ``batch`` holds the rows without fault, in the columns of the log."""

    def __init__(self, kind: EventKind, submissions: Sequence[Submission], check: Check) -> None:
        self.kind = kind
        self.submissions = submissions
        self._rows = Rows.joined([submission.rows for submission in submissions])
        self._starts = np.cumsum([0, *(len(submission.rows) for submission in submissions)]).tolist()
        self._faults = check(kind, self._rows)
        self._good = np.delete(np.arange(len(self._rows)), [fault.row for fault in self._faults])
        self.batch = self._columns()

    def __len__(self) -> int:
        """Rows without fault."""
        return len(self.batch)

    def statements(self, aliases: Aliases | None = None) -> Statements:
        """What is remembered of each row of ``batch``; the same whatever batch the row stands in.

        ``aliases``: where there are links of pseudonyms, whom each row is remembered as a statement about.
        """
        batch = self.batch
        columns = {
            name: self._hashes(name)[batch[name]] if name in batch.dictionaries else batch[name]
            for name in batch.schema.dtypes
        }
        if aliases is not None:
            columns["worker"] = aliases(batch)
        return Statements(
            event_keys=batch["event_key"],
            keys=statement_keys(batch["event_key"], batch["version"]),
            contents=content_digests(list(columns.values())),
            subjects=subjects(columns["worker"], columns.get("order_key")),
        )

    def _hashes(self, column: str) -> Keys:
        """Of the words of a dictionary; 0 for "not stated", which adds nothing to a digest."""
        hashed = hashes(self.batch.dictionaries[column])
        if column in self.kind.schema.optional_dictionaries:
            hashed[0] = 0
        return hashed

    def answers(self, standing: NDArray[np.uint8]) -> Iterator[Answer]:
        """What each submission is answered. ``standing``: a ``Standing`` for each row of ``batch``."""
        verdicts = np.full(len(self._rows), Verdict.REJECTED, dtype=np.uint8)
        verdicts[self._good] = _VERDICT_OF[standing]
        refused = np.flatnonzero(standing > Standing.DUPLICATE)
        faults = [
            *self._faults,
            *map(self._refused, self._good[refused].tolist(), standing[refused].tolist()),
        ]
        faults.sort(key=lambda fault: fault.row)
        for start, end in pairwise(self._starts):
            first, last = (bisect_left(faults, row, key=lambda fault: fault.row) for row in (start, end))
            mine = [replace(fault, row=fault.row - start) for fault in faults[first:last]]
            yield Answer(verdicts[start:end], mine)

    def records(
        self, new: NDArray[np.bool_], partitions: int, successions: Successions | None = None
    ) -> Iterator[NewRecord]:
        """The rows of ``batch`` that are ``new``, under their workers' successors: one record a partition."""
        batch = self.batch if new.all() else self.batch.take(np.flatnonzero(new))
        if successions:
            batch = under_successors(batch, successions)
        for partition, part in by_partition(batch, partitions):
            yield NewRecord(topic=self.kind.topic.name, value=part.encode(), partition=partition)

    def _refused(self, row: int, standing: int) -> Fault:
        """Why a row without a fault of its own is rejected."""
        rows = self._rows
        event_id, version = rows.event_ids[row], int(rows.version[row])
        if standing == Standing.OTHER_WORKER:
            return _moved(row, "worker_id", rows.worker_ids[row], event_id)
        if standing == Standing.OTHER_ORDER and rows.order_ids is not None:
            return _moved(row, "order_id", rows.order_ids[row], event_id)
        return _reused(row, event_id, version)

    def _columns(self) -> EventBatch:
        rows, everything = self._rows, len(self._good) == len(self._rows)
        chosen = slice(None) if everything else self._good

        def texts_of(values: Sequence[str]) -> Sequence[str]:
            return values if everything else list(map(values.__getitem__, self._good.tolist()))

        platforms, platform = interned([submission.platform_id for submission in self.submissions])
        workers, worker = interned(texts_of(rows.worker_ids))
        areas, area = interned(texts_of(rows.area_codes))
        dictionaries = {"platform": platforms, "worker": workers, "area": areas}
        texts = {"event_ids": texts_of(rows.event_ids)}
        columns: dict[str, NDArray[Any]] = {
            "platform": np.repeat(platform, np.diff(self._starts))[chosen],
            "worker": worker,
            "area": area,
            "event_key": self._identities(texts["event_ids"]),
            "event_time_ms": rows.event_time_ms[chosen],
        }
        versioned = {"version": rows.version, "deleted": rows.deleted}
        for field, values in {**rows.choices, **rows.numbers, **versioned}.items():
            columns[_COLUMN_OF.get(field, field)] = values[chosen]
        if rows.order_ids is not None:
            texts["order_ids"] = texts_of(rows.order_ids)
            columns["order_key"] = self._identities(texts["order_ids"])
        schema = self.kind.schema
        if rows.partner_firm_ids is not None:
            firms, columns["partner_firm"] = interned(texts_of(rows.partner_firm_ids), [""])
            dictionaries["partner_firm"] = firms
        for name in schema.optional_dictionaries - dictionaries.keys():
            dictionaries[name], columns[name] = [""], np.zeros(len(self._good), dtype=np.int64)
        typed = {name: columns[name].astype(dtype, copy=False) for name, dtype in schema.dtypes.items()}
        return EventBatch(schema, dictionaries, texts, typed)

    def _identities(self, names: Sequence[str]) -> Keys:
        """What the log knows events and orders by: unique within the platform, so hashed with it."""
        bounds = np.searchsorted(self._good, self._starts).tolist()
        return np.concatenate(
            [
                hashes(names[start:end], prefix=f"{submission.platform_id}\n")
                for submission, (start, end) in zip(self.submissions, pairwise(bounds), strict=True)
            ]
        )


def _reused(row: int, event_id: str, version: int) -> Fault:
    return Fault(
        row,
        "event_id",
        "EVENT_ID_REUSED",
        f"event_id: {event_id!r} was accepted before with other content than this version {version}; correct "
        "that event with a higher version, or draw a new event_id for another",
        f"event_id：{event_id!r} 此前已受理，内容与此处的版本 {version} 不同；更正请用更高的版本号，"
        "另一事件请用新的 event_id",
    )


def _moved(row: int, field: str, value: str, event_id: str) -> Fault:
    return Fault(
        row,
        field,
        "CORRECTION_MOVES_EVENT",
        f"{field}: {value!r} is not that of event {event_id!r}, and every version keeps it; delete the event "
        "(a higher version with deleted, otherwise as accepted) and send a new event_id",
        f"{field}：{value!r} 与事件 {event_id!r} 原有的不同，各版本均不得更改；"
        "请删除该事件（以更高版本原样报送并置 deleted），再以新的 event_id 报送",
    )
