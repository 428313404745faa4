"""A partition's part of an engine as one blob of the store, with the offset up to which it is in it.

The log itself is the delta: what was committed after the snapshot is read from it again. A blob is a NumPy
archive (``.npz``, no pickles), compressed with LZ4.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.lib.npyio import NpzFile
from numpy.typing import NDArray

from kit.eventlog.port import TopicPartition
from services.workhours.core.docket import LONG_AGO
from services.workhours.core.order_book import STORED
from services.workhours.core.work_events import Int64s
from services.workhours.engine.activity import Seen
from services.workhours.engine.engine import Engine
from services.workhours.engine.records import ROW_BITS, ROW_MASK
from services.workhours.ports import Activity

_CODEC = "lz4"
_RECORDS = tuple(name for name in STORED if name.endswith("_record"))
_NAMED = ("platform", "area")


def snapshot(engine: Engine, partition: int, next_offset: int) -> bytes:
    """All that is known of a partition's workers; its log is in it up to ``next_offset``."""
    workers, book, names = engine.workers, engine.book, engine.workers.names
    codes = workers.of_partition(partition)
    local = np.full(len(workers) + 1, -1)
    local[codes] = np.arange(len(codes))
    rows = np.flatnonzero(local[book["worker"]] >= 0)
    columns: dict[str, NDArray[Any]] = {name: book[name][rows] for name in STORED}
    columns["worker"] = local[columns["worker"]].astype(np.int32)
    seen = engine.activity.seen(partition)._asdict()
    seen["worker"] = local[seen["worker"]]
    dictionaries = {"worker": [names["worker"][code] for code in codes.tolist()]}
    for name in _NAMED:
        used = np.union1d(columns[name], seen[name])
        columns[name], seen[name] = (np.searchsorted(used, each) for each in (columns[name], seen[name]))
        dictionaries[name] = [names[name][code] for code in used.tolist()]
    numbers = np.unique(np.concatenate([columns[name] >> ROW_BITS for name in _RECORDS]))
    for name in _RECORDS:
        columns[name] = _moved(columns[name], np.searchsorted(numbers, columns[name] >> ROW_BITS))
    told = {
        "next_offset": next_offset,
        "dictionaries": dictionaries,
        "activity": [
            (each.platform_id, each.area_code, each.local_date, each.workers)
            for each in engine.activity.counts(partition)
        ],
        "active_since": engine.activity.since(partition),
        "corrections": engine.corrections.stated(partition),
    }
    arrays: dict[str, NDArray[Any]] = {
        "key": book.key(rows),
        "record_offsets": engine.records.offsets(numbers),
        "latest": workers.latest[codes],
        "kept_since": workers.kept_since[codes],
        "day_starts": engine.days.starts,
        "base": engine.days.base(codes),
        "seen": np.stack(list(seen.values())),
    }
    return _packed(told, columns | arrays)


def workers_of(blob: bytes) -> list[str]:
    """Of whom a blob tells."""
    workers: list[str] = json.loads(opened(blob)["told"].tobytes())["dictionaries"]["worker"]
    return workers


def without(blob: bytes, before_ms: Mapping[str, int]) -> bytes | None:
    """A blob without what it says of some workers; None if it says anything of one of them from a moment on:
    orders of before and after cannot be told apart in it.

    How many workers were active stays as it was told, and so do corrections, which are hashes of events.
    """
    archive = opened(blob)
    told = json.loads(archive["told"].tobytes())
    workers = told["dictionaries"]["worker"]
    latest = dict(zip(workers, archive["latest"].tolist(), strict=True))
    if any(latest.get(worker, LONG_AGO) >= moment_ms for worker, moment_ms in before_ms.items()):
        return None
    stays = np.array([worker not in before_ms for worker in workers], dtype=np.bool_)
    local = np.cumsum(stays) - 1
    arrays: dict[str, NDArray[Any]] = {name: archive[name] for name in archive.files if name != "told"}
    rows = stays[arrays["worker"]]
    for name in (*STORED, "key"):
        arrays[name] = arrays[name][rows]
    arrays["worker"] = local[arrays["worker"]].astype(np.int32)
    for name in ("latest", "kept_since", "base"):
        arrays[name] = arrays[name][stays]
    seen = Seen(*arrays["seen"])
    of_others = stays[seen.worker]
    seen = Seen(*(column[of_others] for column in seen))
    arrays["seen"] = np.stack(list(seen._replace(worker=local[seen.worker])))
    told["dictionaries"]["worker"] = [worker for worker in workers if worker not in before_ms]
    return _packed(told, arrays)


def restore(engine: Engine, source: TopicPartition, blob: bytes) -> int:
    """Give an engine what a blob says of a partition; the offset from which on the log is to be read."""
    archive = opened(blob)
    told = json.loads(archive["told"].tobytes())
    partition, workers, names = source.partition, engine.workers, engine.workers.names
    codes = workers.enrol(partition, told["dictionaries"]["worker"])
    workers.hear(codes, archive["latest"])
    workers.keep_since(codes, archive["kept_since"])
    columns = {name: archive[name] for name in STORED}
    columns["worker"] = codes[columns["worker"]]
    seen = Seen(*archive["seen"])._asdict()
    seen["worker"] = codes[seen["worker"]]
    for name in _NAMED:
        code = names[name].codes(told["dictionaries"][name])
        columns[name], seen[name] = code[columns[name]], code[seen[name]]
    numbers = np.array(
        [engine.records.note(source, offset) for offset in archive["record_offsets"].tolist()], dtype=np.int64
    )
    for name in _RECORDS:
        columns[name] = _moved(columns[name], numbers[columns[name] >> ROW_BITS])
    engine.book.restore(archive["key"], columns)
    engine.days.add_base(codes, archive["day_starts"], archive["base"])
    engine.corrections.restore(partition, [tuple(each) for each in told["corrections"]])
    engine.activity.restore(
        partition,
        [Activity(platform, area, day, partition, count) for platform, area, day, count in told["activity"]],
        Seen(**seen),
        told["active_since"],
    )
    return int(told["next_offset"])


def _packed(told: Mapping[str, object], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    archive = io.BytesIO()
    text = np.frombuffer(json.dumps(told).encode(), dtype=np.uint8)
    np.savez(archive, allow_pickle=False, told=text, **arrays)
    raw = archive.getvalue()
    packed: bytes = pa.compress(raw, codec=_CODEC, asbytes=True)
    return len(raw).to_bytes(8, "little") + packed


def opened(blob: bytes) -> NpzFile:
    """A blob's arrays by name; ``told`` is JSON."""
    raw = pa.decompress(blob[8:], int.from_bytes(blob[:8], "little"), codec=_CODEC, asbytes=True)
    archive: NpzFile = np.load(io.BytesIO(raw), allow_pickle=False)
    return archive


def _moved(places: Int64s, numbers: Int64s) -> Int64s:
    """The places, if their records had these numbers."""
    moved: Int64s = numbers << ROW_BITS | places & ROW_MASK
    return moved
