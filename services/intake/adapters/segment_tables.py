"""A batch of events as an Arrow table, as a segment of the archive holds it, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from kit.columns import EventBatch, Schema
from kit.erasure import Erased

_SINGULAR = {"event_ids": "event_id", "order_ids": "order_id"}
_NAME_OF = {
    "platform": "platform_id",
    "worker": "worker_id",
    "area": "area_code",
    "partner_firm": "partner_firm_id",
}


def as_table(batch: EventBatch) -> pa.Table:
    """A batch as an Arrow table with plain strings; every name in the singular."""
    columns: dict[str, Any] = {}
    for name, values in batch.columns.items():
        if name in batch.dictionaries:
            words = pa.array(list(batch.dictionaries[name]), type=pa.string())
            columns[_NAME_OF[name]] = words.take(pa.array(values))
        else:
            columns[name] = pa.array(values)
    for name, texts in batch.texts.items():
        columns[_SINGULAR[name]] = pa.array(list(texts), type=pa.string())
    return pa.table(columns)


def completed(table: pa.Table, schema: Schema) -> pa.Table:
    """A segment with the columns that came into the contract after it was written, as nobody stated them."""
    for name, dtype in schema.dtypes.items():
        column = _NAME_OF.get(name, name)
        if column not in table.column_names:
            text = name in schema.dictionaries
            value = pa.scalar(
                "" if text else schema.when_empty[name], pa.string() if text else pa.from_numpy_dtype(dtype)
            )
            table = table.append_column(column, pa.repeat(value, len(table)))
    return table


def workers_in(file: Path) -> set[str]:
    """Whose events a segment's file has. Reads the dictionaries of one column, not its rows' values.

    Raises FileNotFoundError.
    """
    column = pq.read_table(file, columns=["worker_id"], read_dictionary=["worker_id"])["worker_id"]
    return {worker for chunk in column.chunks for worker in chunk.dictionary.to_pylist()}


def without(table: pa.Table, erased: Erased) -> pa.Table:
    """The rows but for those that are gone, as ``Erased.without`` has it; the same table if none is."""
    if not erased.all():
        return table
    gone = None
    for worker, entry in erased.among(pc.unique(table["worker_id"]).to_pylist()).items():
        theirs = pc.and_(
            pc.equal(table["worker_id"], worker), pc.less(table["event_time_ms"], entry.erase_ms)
        )
        gone = theirs if gone is None else pc.or_(gone, theirs)
    return table if gone is None else table.filter(pc.invert(gone))


def as_batch(table: pa.Table, schema: Schema) -> EventBatch:
    """The rows of a completed table as a batch."""
    columns: dict[str, NDArray[Any]] = {}
    dictionaries = {}
    for name, dtype in schema.dtypes.items():
        values = table[_NAME_OF.get(name, name)].combine_chunks()
        if name in schema.dictionaries:
            first = [""] if name in schema.optional_dictionaries else []
            words = [*first, *(word for word in pc.unique(values).to_pylist() if word not in first)]
            values = pc.index_in(values, pa.array(words, type=pa.string()))
            dictionaries[name] = words
        columns[name] = np.asarray(values).astype(dtype)
    texts = {name: table[_SINGULAR[name]].to_pylist() for name in schema.texts}
    return EventBatch(schema, dictionaries, texts, columns)
