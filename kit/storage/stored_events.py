"""A partition's set of events, kept as blobs of the store: a delta a commit, now and then a snapshot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from kit.columns import EventBatch, EventSet, Names, Schema, concat, decode
from kit.storage import state_blobs

DELTAS_BEFORE_SNAPSHOT = 200
"""Fewer blobs than this are read at a hand-over in some milliseconds, however short they are."""

SNAPSHOT_AT = 0.5
"""Share of all events that has to be in deltas: so each event is written about three times in all, however
many there are, and a hand-over reads no event twice."""


class StoredEvents:
    """An ``EventSet`` and its blobs. Call it in the transaction that advances the position.

    A blob is what ``EventBatch.encode`` gives, the same bytes as a record of the log: there is one decoder.
    """

    def __init__(
        self,
        name: str,
        partition: int,
        schema: Schema,
        names: dict[str, Names],
        columns: Sequence[str],
        texts: Sequence[str] = (),
    ) -> None:
        """``name`` tells a service's states apart; the last three are those of ``EventSet``."""
        self.events = EventSet(names, columns, texts)
        self._names = names
        self._columns = columns
        self._texts = texts
        self._name = name
        self._partition = partition
        self._schema = schema
        self._deltas = 0
        self._rows_in_deltas = 0

    def load(self, connection: Connection) -> None:
        """Read the blobs into the (empty) set."""
        for blob in state_blobs.load(connection, self._name, self._partition):
            batch = decode(self._schema, blob.value)
            self.events.add(batch)
            if blob.kind is state_blobs.Kind.DELTA:
                self._deltas += 1
                self._rows_in_deltas += len(batch)

    def add(self, connection: Connection, batch: EventBatch) -> EventBatch:
        """Add the batch's events that are new, to the set and to the store, and answer them."""
        new = self.events.add(batch)
        if not len(new):
            return new
        state_blobs.append_delta(connection, self._name, self._partition, new.encode())
        self._deltas += 1
        self._rows_in_deltas += len(new)
        if self._deltas > DELTAS_BEFORE_SNAPSHOT and self._rows_in_deltas >= SNAPSHOT_AT * len(self.events):
            self._snapshot(connection)
        return new

    def forget_before(self, connection: Connection, moment_ms: int) -> int:
        """Drop the events before a moment, from the set and from the store; how many.

        Of an event with versions on both sides of the moment all stay: else a lower one would hold again.
        Costs as much as reading and writing all that stays, so do it when much has to go.
        """
        whole = self._whole(connection)
        if whole is None:
            return 0
        stays = whole["event_time_ms"] >= moment_ms
        if whole["version"].any():
            stays |= np.isin(whole["event_key"], whole["event_key"][stays])
        self._keep(connection, whole, stays)
        return int(np.count_nonzero(~stays))

    def drop(self, connection: Connection, gone: NDArray[np.bool_]) -> None:
        """Drop rows of the set, shape ``(len(events),)``, from it and from the store.

        Those that stay keep their order; what is said again of one that went is new. Costs as
        ``forget_before``.
        """
        whole = self._whole(connection)
        if whole is not None and gone.any():
            self._keep(connection, whole, ~gone)

    def _keep(self, connection: Connection, whole: EventBatch, stays: NDArray[np.bool_]) -> None:
        """Let some rows be all there are."""
        rest = whole.take(np.flatnonzero(stays))
        events = EventSet(self._names, self._columns, self._texts)
        events.add(rest)
        self.events = events
        self._replace(connection, rest)

    def _snapshot(self, connection: Connection) -> None:
        """One blob for all. Read back from the store: memory holds only the columns that are asked for."""
        if (whole := self._whole(connection)) is not None:
            self._replace(connection, whole)

    def _whole(self, connection: Connection) -> EventBatch | None:
        """All rows with all columns, as they are numbered; None if there never were any."""
        blobs = state_blobs.load(connection, self._name, self._partition)
        return concat([decode(self._schema, blob.value) for blob in blobs]) if blobs else None

    def _replace(self, connection: Connection, whole: EventBatch) -> None:
        state_blobs.replace(connection, self._name, self._partition, whole.encode())
        self._deltas = self._rows_in_deltas = 0
