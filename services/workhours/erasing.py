"""A worker's data go on request: from what is read of the log, and from what is stored.

Of an erased worker the log's events from before the erasure say nothing any more. In a record of dispatches
their rows stay where they are, blank, as what is kept of other workers' orders names events by their place.
What was stored goes when partitions are restored: when they are assigned, and once an erasure is heard of.
Nothing is withdrawn by it: whoever was told of a finding keeps what says of nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.columns import EventBatch
from kit.columns.records import decode_record
from kit.directory.entries import ErasureEntry
from kit.erasure import Erased
from kit.eventlog.handler import Decode
from kit.eventlog.port import Record
from kit.eventlog.topics import WORK_SESSIONS
from kit.storage import state_blobs
from services.workhours.engine import snapshots
from services.workhours.ports import ErasableFindings

NOBODY = ""
"""Whose the blank rows are; no worker is called so."""

STATE = "order-book/"
"""What the names of an order book's blobs begin with; a pack's id follows."""


def decode_without(erased: Erased) -> Decode[EventBatch]:
    """``decode_record`` without what erased workers did."""

    def decode(record: Record) -> EventBatch:
        batch = decode_record(record)
        gone = erased.rows(batch)
        if gone is None:
            return batch
        return erased.without(batch) if record.topic == WORK_SESSIONS.name else blanked(batch, gone)

    return decode


def blanked(batch: EventBatch, gone: NDArray[np.bool_]) -> EventBatch:
    """The batch with some of its dispatches blank: nobody's, of no kind, and without names.

    Their times stay: time has passed.
    """
    columns = dict(batch.columns)
    for name in ("kind", "version", "deleted", "event_key", "order_key"):
        columns[name] = np.where(gone, 0, columns[name]).astype(columns[name].dtype)
    workers = batch.dictionaries["worker"]
    mine = batch["worker"][~gone]
    kept = np.zeros(len(workers), dtype=np.bool_)
    kept[mine] = True
    names = [name if stays else NOBODY for name, stays in zip(workers, kept.tolist(), strict=True)]
    columns["worker"] = np.where(gone, len(names), columns["worker"]).astype(columns["worker"].dtype)
    texts = {
        field: ["" if blank else text for text, blank in zip(rows, gone.tolist(), strict=True)]
        for field, rows in batch.texts.items()
    }
    dictionaries = {**batch.dictionaries, "worker": [*names, NOBODY]}
    return replace(batch, columns=columns, texts=texts, dictionaries=dictionaries)


class Erasing:
    """What is to go from a store, by whoever owns a partition."""

    def __init__(self, erased: Erased, findings: ErasableFindings) -> None:
        self._erased = erased
        self._findings = findings
        self._heard: Mapping[bytes, ErasureEntry] = {}

    def news(self) -> bool:
        """Whether there are erasures since this was asked last."""
        heard, self._heard = self._heard, self._erased.all()
        return self._heard is not heard

    def erase(self, connection: Any, partition: int, held: Collection[str] = ()) -> bool:
        """Carry out what is asked for and was not: take the workers out of a partition's findings and its
        order book. A book that has orders of theirs from after the erasure goes whole, to be made again from
        the log, which goes back further than what is kept.

        ``held``: of whom something is in memory. Answers whether there was anything of anybody.

        An erasure that another process has carried out, and this one has not heard of, is noted no more: the
        log is read here with the worker's events, and what comes of them has to go once it is heard of.
        """
        asked = {entry.erasure_id for entry in self._erased.all().values()}
        noted = self._findings.carried_out(connection, partition)
        if unheard := noted - asked:
            self._findings.unnote(connection, partition, unheard)
        new = asked - noted
        if not new:
            return False
        workers = {*held, *self._findings.workers(connection, partition)}
        books = {
            name: blob.value
            for name in state_blobs.names(connection, STATE, partition)
            for blob in state_blobs.load(connection, name, partition)
        }
        for book in books.values():
            workers.update(snapshots.workers_of(book))
        found = self._erased.among(workers)
        gone = {worker: entry.erase_ms for worker, entry in found.items() if entry.erasure_id in new}
        if gone:
            self._findings.erase(connection, partition, gone)
            for name, book in books.items():
                rest = snapshots.without(book, gone)
                if rest is None:
                    state_blobs.drop(connection, name, partition)
                else:
                    state_blobs.replace(connection, name, partition, rest)
        self._findings.note(connection, partition, new)
        return bool(gone)
